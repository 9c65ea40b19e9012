// Bad moments of this machine in a real Electron: it sleeps under a stream, and its disk is full.
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { startApp, statesOf, threeGenerations } from '../integration/pause/app-tree';
import { processTree, signalProcess } from '../peers/process-tree';
import { startSshServer } from '../peers/ssh-server';
import { startVncServer } from '../peers/vnc-server';
import { clientsOf } from './client-processes';
import { launchAthena, type RunningAthena } from './electron-app';
import { prepareProfile } from './profile';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function keep<T extends { stop(): Promise<void> }>(thing: T): T {
  cleanUps.push(() => thing.stop());
  return thing;
}

async function stream({ window }: RunningAthena): Promise<void> {
  await window.getByRole('button', { name: /Desk/ }).first().click();
  await window.locator('.hero__title').getByText('Streaming', { exact: true }).waitFor();
}

function say(athena: RunningAthena, word: 'suspend' | 'resume'): Promise<unknown> {
  return athena.app.evaluate(({ powerMonitor }, event) => powerMonitor.emit(event as 'suspend'), word);
}

describe('a machine that sleeps under a stream', () => {
  it('finds the app paused by its host, blames nobody, and comes back through the gate', async () => {
    const app = keep(await startApp(threeGenerations, 5));
    const vnc = keep(await startVncServer());
    const ssh = keep(await startSshServer());
    const entry = { id: 'desk', name: 'Desk', protocol: 'vnc', port: vnc.port, appToken: app.token, resumeCountdownS: 1 } as const;
    const profile = keep(await prepareProfile({ entries: [entry], ssh }));
    profile.keepPassword('desk', vnc.password);
    const athena = keep(await launchAthena({ profileDirectory: profile.directory }));
    const { window } = athena;
    await stream(athena);
    await sleep(2_500); // for the watchdog to be there
    const [viewer] = clientsOf(athena, 'xtigervncviewer');

    // As seen from the host: nothing of this machine moves any more.
    await say(athena, 'suspend');
    const asleep = processTree(athena.app.process().pid ?? 0);
    for (const one of asleep) signalProcess(one, 'SIGSTOP');
    cleanUps.push(async () => asleep.forEach((one) => signalProcess(one, 'SIGCONT')));
    await expect.poll(() => statesOf(app.pids()), { timeout: 10_000 }).toMatch(/^T+$/);
    await sleep(2_000);
    for (const one of asleep) signalProcess(one, 'SIGCONT');
    await say(athena, 'resume');

    await window.getByText(/This machine slept for \d+ s/).first().waitFor();
    await window.getByText('The host paused the app by itself').first().waitFor();
    await window.locator('.hero__title').getByText('Streaming', { exact: true }).waitFor({ timeout: 30_000 });
    await expect.poll(() => statesOf(app.pids())).not.toContain('T');
    expect(await window.locator('.journey').textContent()).not.toMatch(/stood still|crashed|Nothing came through/);
    const again = clientsOf(athena, 'xtigervncviewer');
    expect(again).toHaveLength(1);
    expect(again).not.toEqual([viewer]);
  });
});

describe.runIf(process.getuid?.() === 0)('a disk that is full', () => {
  it('hinders no stream, is told once, and is forgotten when there is room again', async () => {
    const vnc = keep(await startVncServer());
    const profile = keep(await prepareProfile({ entries: [{ id: 'desk', name: 'Desk', protocol: 'vnc', port: vnc.port }] }));
    profile.keepPassword('desk', vnc.password);
    const place = await mkdtemp(join(tmpdir(), 'athena-full-'));
    cleanUps.push(() => rm(place, { recursive: true, force: true }));
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', place]).status).toBe(0);
    cleanUps.push(async () => spawnSync('umount', ['-l', place]));
    await mkdir(join(place, 'athena'), { recursive: true });
    for (const size of [65_536, 32_768, 16_384, 4_096, 4_096, 4_096, 4_096]) {
      await writeFile(join(place, `ballast-${Math.random()}`), 'x'.repeat(size)).catch(() => undefined); // until nothing more fits
    }
    const athena = keep(await launchAthena({ profileDirectory: profile.directory, env: { XDG_STATE_HOME: place } }));
    const { window } = athena;
    await stream(athena);
    const bar = window.getByText('Athena can’t save what happens now');
    await bar.waitFor();
    expect(await bar.count()).toBe(1);
    await window.getByText('No space is left on its disk.').waitFor();
    await athena.screenshot('disk-full');
    expect(clientsOf(athena, 'xtigervncviewer')).toHaveLength(1);

    expect(spawnSync('mount', ['-o', 'remount,size=16m', place]).status).toBe(0);
    // What ends is written down at once; a stream that goes on would be within half a minute.
    await window.getByRole('button', { name: 'Stop', exact: true }).click();
    await bar.waitFor({ state: 'detached' });
  });
});
