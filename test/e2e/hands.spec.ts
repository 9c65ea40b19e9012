// The whole journey without a mouse, by gamepad alone and by keyboard alone: found, paired, set up, streamed, lost, back, resumed, quit.
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startApp, statesOf, threeGenerations } from '../integration/pause/app-tree';
import { startSshServer } from '../peers/ssh-server';
import { clientsOf } from './client-processes';
import { setGameStreamScene } from './gamestream-scene';
import { bothHands, has, moveTo } from './hands';

const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function keep<T extends { stop(): Promise<void> }>(thing: T): T {
  cleanUps.push(() => thing.stop());
  return thing;
}

/** A home whose owner logs in to the host by key already: nothing of that has to be typed. */
async function homeWithKey({ privateKeyFile, knownHostsFile }: { readonly privateKeyFile: string; readonly knownHostsFile: string }): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'athena-e2e-home-'));
  cleanUps.push(() => rm(home, { recursive: true, force: true }));
  await mkdir(join(home, '.ssh'), { mode: 0o700 });
  await copyFile(privateKeyFile, join(home, '.ssh', 'id_ed25519'));
  await copyFile(knownHostsFile, join(home, '.ssh', 'known_hosts'));
  await writeFile(join(home, '.ssh', 'config'), '');
  return home;
}

describe.each(bothHands)('by $name alone', (hands) => {
  it('a host is found and paired, a pause set up, and a stream begun, lost, brought back, resumed and quit', async () => {
    const app = keep(await startApp(threeGenerations, 5));
    const ssh = keep(await startSshServer());
    const scene = keep(await setGameStreamScene({ HOME: await homeWithKey(ssh), SSH_AUTH_SOCK: '' }));
    const { athena, host } = scene;
    const { window } = athena;
    const picture = (name: string): Promise<void> => athena.screenshot(`hands-${hands.name}-${name}`);
    await window.getByText('Rig', { exact: true }).first().waitFor();
    await hands.takeUp(window);

    // First run: the host has announced itself, and is one press from its pairing.
    await moveTo(hands, window, 'up', /^Rig/);
    await picture('1-first-run');
    await hands.confirm(window);
    await has(window, 'Show a PIN');
    await hands.confirm(window);
    const pin = (await window.locator('.pin').innerText()).replace(/\D/g, '');
    await expect.poll(() => host.events.some(({ event }) => event === 'pin-wanted')).toBe(true);
    await host.order({ do: 'pin', pin });
    await window.getByText('Paired with Rig').waitFor();
    await picture('2-paired');
    await has(window, 'Open the library');
    await hands.confirm(window);

    // The way of pausing, on the app's own page.
    await has(window, 'Desktop');
    await hands.options(window);
    await moveTo(hands, window, 'down', 'When the stream breaks');
    await hands.confirm(window);
    await has(window, /^Pause the app over SSH/);
    await hands.confirm(window);
    await moveTo(hands, window, 'down', 'SSH user');
    await hands.type(window, ssh.user);
    await moveTo(hands, window, 'right', 'SSH port');
    await hands.type(window, String(ssh.port));
    await moveTo(hands, window, 'down', 'Command pattern');
    await hands.type(window, app.token);
    await picture('3-pause-form');
    await moveTo(hands, window, 'down', 'Save');
    await hands.confirm(window);

    await has(window, 'Desktop');
    await hands.confirm(window);
    await window.locator('.hero__title').getByText('Streaming', { exact: true }).waitFor();
    await window.getByText('App running').waitFor();
    expect(clientsOf(athena, 'practice-moonlight')).toHaveLength(1);
    await picture('4-streaming');

    // The host drops the stream and takes no new one for a while.
    await host.order({ do: 'refuse-streams', refused: true });
    await host.order({ do: 'fault', fault: { kind: 'disconnect' } });
    await has(window, 'Reconnect now');
    await expect.poll(() => statesOf(app.pids())).toMatch(/^T+$/);
    await window.getByText('App paused').first().waitFor();
    await picture('5-reconnecting');
    await host.order({ do: 'refuse-streams', refused: false });

    // Back: the count-down can be held, and the app let go later.
    await has(window, 'Resume now');
    await picture('6-counting-down');
    await moveTo(hands, window, 'down', 'Stay paused');
    await hands.confirm(window);
    await has(window, 'Resume app');
    expect(statesOf(app.pids())).toMatch(/^T+$/);
    await hands.confirm(window);
    await expect.poll(() => statesOf(app.pids())).not.toContain('T');

    await moveTo(hands, window, 'right', 'Quit app');
    await hands.confirm(window);
    await moveTo(hands, window, 'left', /^Really quit/);
    await hands.confirm(window);
    await window.getByText('Stopped', { exact: true }).first().waitFor();
    await expect.poll(() => host.events.filter(({ event }) => event === 'app-ended')).toHaveLength(1);
    await expect.poll(() => clientsOf(athena, 'practice-moonlight')).toEqual([]);
    await picture('7-quit');
    await hands.back(window);
    await has(window, 'Desktop');
  }, 120_000);
});
