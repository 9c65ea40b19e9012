// Hosts that misbehave or are not there, sessions beside each other, and hands without a mouse, in a real Electron.
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { connectLimitMs } from '../../electron/domain/session/session-machine';
import { garbage, startHostileServer } from '../integration/clients/hostile-server';
import { startApp, statesOf, threeGenerations } from '../integration/pause/app-tree';
import { installFakePad, padIsRead, pressPad } from '../renderer/fake-pad';
import { isRunning } from '../peers/process-tree';
import { startSshServer } from '../peers/ssh-server';
import { startVncServer } from '../peers/vnc-server';
import { clientsOf, onlyClientOf, processesOf } from './client-processes';
import { launchAthena, type RunningAthena } from './electron-app';
import { focusedLabel } from './focused-label';
import { prepareProfile, type ProfileParts } from './profile';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function keep<T extends { stop(): Promise<void> }>(thing: T): T {
  cleanUps.push(() => thing.stop());
  return thing;
}

/** @param passwords by entry */
async function launchWith(parts: ProfileParts, passwords: Readonly<Record<string, string>> = {}): Promise<RunningAthena> {
  const profile = keep(await prepareProfile(parts));
  for (const [id, password] of Object.entries(passwords)) profile.keepPassword(id, password);
  return keep(await launchAthena({ profileDirectory: profile.directory }));
}

/** The page's big sentence: the sidebar and what happened before tell the same words. */
async function seesState(window: Page, words: string, timeout = 30_000): Promise<void> {
  await window.locator('.hero__title').getByText(words, { exact: true }).waitFor({ timeout });
}

async function launchTile(window: Page, name: string): Promise<void> {
  await window.getByRole('button', { name: 'Library', exact: true }).click();
  await window.locator('.tile').filter({ hasText: name }).first().getByRole('button').first().click();
}

async function stopSession(athena: RunningAthena): Promise<void> {
  await athena.window.getByRole('button', { name: 'Stop', exact: true }).click();
  await seesState(athena.window, 'Stopped');
  await expect.poll(() => clientsOf(athena, 'xtigervncviewer')).toEqual([]);
}

describe('a host that misbehaves', () => {
  it('with garbage for a greeting, is told in words', async () => {
    const server = keep(await startHostileServer((socket) => socket.write(garbage(4_096))));
    const athena = await launchWith({ entries: [{ id: 'odd', name: 'Odd', protocol: 'vnc', port: server.port }] });
    const { window } = athena;
    await launchTile(window, 'Odd');
    await seesState(window, 'The client gave up');
    await window.getByRole('group', { name: 'The client gave up' }).getByRole('button', { name: 'Try again' }).waitFor();
    await window.locator('.session__output').getByText(/not an RFB server/).waitFor();
    await athena.screenshot('hostile-1-garbage');
    expect(clientsOf(athena, 'xtigervncviewer')).toEqual([]);
    await stopSession(athena);
  });

  it('with silence, is given up on within the limit, and can be stopped before and after', async () => {
    const server = keep(await startHostileServer(() => undefined));
    const athena = await launchWith({ entries: [{ id: 'mute', name: 'Mute', protocol: 'vnc', port: server.port }] });
    const { window } = athena;
    await launchTile(window, 'Mute');
    await seesState(window, 'Connecting');
    await athena.screenshot('hostile-2-silence');
    await stopSession(athena);

    await window.getByRole('button', { name: 'Launch again' }).click();
    await seesState(window, 'Connecting');
    await seesState(window, 'Reconnecting', connectLimitMs + 15_000);
    await window.getByText('Nothing answers at the host').first().waitFor();
    await athena.screenshot('hostile-3-silence-given-up');
    await stopSession(athena);
  });

  it('with a name nobody knows, is asked about', async () => {
    const athena = keep(await launchAthena());
    const { window } = athena;
    await window.getByRole('button', { name: 'Add an entry' }).click();
    await window.getByRole('radio', { name: /VNC/ }).click();
    await window.getByLabel('Name', { exact: true }).fill('Nowhere');
    await window.getByLabel('Host', { exact: true }).fill('nowhere.invalid');
    await window.getByRole('button', { name: 'Add and launch' }).click();
    await seesState(window, 'Host name not found');
    await window.getByText('Check the spelling').waitFor();
    await athena.screenshot('hostile-4-unknown-name');
    await window.getByRole('button', { name: 'Try again' }).click();
    await seesState(window, 'Host name not found');
    await stopSession(athena);
  });
});

describe('two sessions', () => {
  it('have nothing to do with each other', async () => {
    const left = keep(await startVncServer());
    const right = keep(await startVncServer());
    const entries = [
      { id: 'left', name: 'Left', protocol: 'vnc', port: left.port },
      { id: 'right', name: 'Right', protocol: 'vnc', port: right.port },
    ] as const;
    const athena = await launchWith({ entries }, { left: left.password, right: right.password });
    const { window } = athena;
    await launchTile(window, 'Left');
    await seesState(window, 'Streaming');
    await launchTile(window, 'Right');
    await window.locator('.hero__name').getByText('Right').waitFor();
    await seesState(window, 'Streaming');
    const leftViewer = onlyClientOf(athena, 'xtigervncviewer', left.port);
    const rightViewer = onlyClientOf(athena, 'xtigervncviewer', right.port);

    // Seen from the page of the other: its server hangs, so that it does not come back at once.
    left.signal('SIGSTOP');
    process.kill(leftViewer, 'SIGKILL');
    await window.getByRole('navigation').getByText('Reconnecting').waitFor();
    await athena.screenshot('hostile-5-two-sessions');
    expect(await window.locator('.hero__title').textContent()).toBe('Streaming');
    expect(clientsOf(athena, 'xtigervncviewer', right.port)).toEqual([rightViewer]);
    const happened = await window.locator('.journey__text').allTextContents();
    expect(happened.filter((text) => /lost|crash/i.test(text))).toEqual([]);

    left.signal('SIGCONT');
    await window.getByRole('navigation').getByText('Reconnecting').waitFor({ state: 'detached' });
    await expect.poll(() => clientsOf(athena, 'xtigervncviewer', left.port), { timeout: 20_000 }).toHaveLength(1);
    expect(onlyClientOf(athena, 'xtigervncviewer', left.port)).not.toBe(leftViewer);
    expect(onlyClientOf(athena, 'xtigervncviewer', right.port)).toBe(rightViewer);

    // Stopping one leaves the other.
    await stopOneOf(athena, left.port);
    await window.getByRole('navigation').getByText('Streaming').waitFor();
    expect(clientsOf(athena, 'xtigervncviewer')).toEqual([onlyClientOf(athena, 'xtigervncviewer', left.port)]);
    const all = processesOf(athena);
    await athena.app.close();
    await expect.poll(() => all.filter(isRunning), { timeout: 10_000 }).toEqual([]);
  });

  /** The one whose page is shown; `others` is the port of the one that must go on. */
  async function stopOneOf(athena: RunningAthena, others: number): Promise<void> {
    const other = onlyClientOf(athena, 'xtigervncviewer', others);
    await athena.window.getByRole('button', { name: 'Stop', exact: true }).click();
    await seesState(athena.window, 'Stopped');
    expect(onlyClientOf(athena, 'xtigervncviewer', others)).toBe(other);
  }
});

describe('without a mouse', () => {
  /** Presses a key until the focus stands there. */
  async function pressUntil(window: Page, key: string, label: string): Promise<void> {
    for (let presses = 0; (await focusedLabel(window)) !== label; presses++) {
      if (presses === 12) throw new Error(`${key} does not lead to "${label}", but to "${await focusedLabel(window)}"`);
      await window.keyboard.press(key);
    }
  }

  it('a session is launched and steered with arrows and Enter', async () => {
    const app = keep(await startApp(threeGenerations, 5));
    const vnc = keep(await startVncServer());
    const ssh = keep(await startSshServer());
    const entries = [
      { id: 'first', name: 'First', protocol: 'vnc', port: 5900 },
      { id: 'desk', name: 'Desk', protocol: 'vnc', port: vnc.port, appToken: app.token, resumeCountdownS: 1 },
    ] as const;
    const athena = await launchWith({ entries, ssh }, { desk: vnc.password });
    const { window } = athena;
    await window.locator('.tile').first().waitFor();
    await pressUntil(window, 'ArrowRight', 'Desk');
    await window.keyboard.press('Enter');
    await seesState(window, 'Streaming');
    const viewer = onlyClientOf(athena, 'xtigervncviewer');
    await window.getByText('App running').waitFor();

    await pressUntil(window, 'ArrowLeft', 'Pause app');
    await window.keyboard.press('Enter');
    await seesState(window, 'Streaming, app paused');
    expect(statesOf(app.pids())).toMatch(/^T+$/);
    await expect.poll(() => focusedLabel(window)).toBe('Resume app');
    await window.keyboard.press('Enter');
    await seesState(window, 'Streaming');
    expect(statesOf(app.pids())).not.toContain('T');

    await pressUntil(window, 'ArrowRight', 'Reconnect now');
    await window.keyboard.press('Enter');
    await expect.poll(() => clientsOf(athena, 'xtigervncviewer').filter((pid) => pid !== viewer), { timeout: 20_000 }).toHaveLength(1);
    await seesState(window, 'Streaming');
    await athena.screenshot('hostile-6-keyboard');

    await pressUntil(window, 'ArrowRight', 'Stop');
    await window.keyboard.press('Enter');
    await seesState(window, 'Stopped');
    await window.keyboard.press('Escape');
    await window.locator('.tile').first().waitFor();
    await expect.poll(() => focusedLabel(window)).toBe('Desk');
  });

  it('the pad moves the focus and presses', async () => {
    const server = keep(await startHostileServer((socket) => socket.write(garbage(64))));
    const entries = [
      { id: 'first', name: 'First', protocol: 'vnc', port: 5900 },
      { id: 'odd', name: 'Odd', protocol: 'vnc', port: server.port },
    ] as const;
    const athena = await launchWith({ entries });
    const { window } = athena;
    await window.locator('.tile').first().waitFor();
    await expect.poll(() => focusedLabel(window)).toBe('First');
    await window.evaluate(installFakePad);
    await padIsRead(window);
    await pressPad(window, 'right');
    await expect.poll(() => focusedLabel(window)).toBe('Odd');
    await pressPad(window, 'left');
    await expect.poll(() => focusedLabel(window)).toBe('First');
    await pressPad(window, 'right');
    await expect.poll(() => focusedLabel(window)).toBe('Odd');
    await pressPad(window, 'south');
    await seesState(window, 'The client gave up');
    await expect.poll(() => focusedLabel(window)).toBe('Try again');
    await pressPad(window, 'down');
    await expect.poll(() => focusedLabel(window)).toBe('Pause app');
    await pressPad(window, 'right');
    await expect.poll(() => focusedLabel(window)).toBe('Stop');
    await pressPad(window, 'south');
    await seesState(window, 'Stopped');
    await pressPad(window, 'east');
    await expect.poll(() => focusedLabel(window)).toBe('Odd');
  });
});
