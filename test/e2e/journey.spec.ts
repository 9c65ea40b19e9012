// The main journey in a real Electron, with a real VNC server and viewer and a real pause over SSH.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { startApp, statesOf, threeGenerations, type AppTree } from '../integration/pause/app-tree';
import { startSshServer, type SshServer } from '../peers/ssh-server';
import { startVncServer, type VncServer } from '../peers/vnc-server';
import { isRunning, processTree } from '../peers/process-tree';
import { launchAthena, type RunningAthena } from './electron-app';

const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function keep<T extends { stop(): Promise<void> }>(thing: T): T {
  cleanUps.push(() => thing.stop());
  return thing;
}

interface Scene {
  readonly athena: RunningAthena;
  readonly window: Page;
  readonly vnc: VncServer;
  readonly ssh: SshServer;
  readonly app: AppTree;
}

async function setScene(): Promise<Scene> {
  const app = keep(await startApp(threeGenerations, 5));
  const vnc = keep(await startVncServer());
  const ssh = keep(await startSshServer());
  const athena = keep(await launchAthena());
  return { athena, window: athena.window, vnc, ssh, app };
}

async function addVncEntry({ window, vnc, ssh, app }: Scene): Promise<void> {
  await window.getByRole('button', { name: 'Add an entry' }).click();
  await window.getByRole('radio', { name: /VNC/ }).click();
  await window.getByLabel('Name', { exact: true }).fill('Old desk');
  await window.getByLabel('Host', { exact: true }).fill('127.0.0.1');
  await window.getByLabel('Port', { exact: true }).fill(String(vnc.port));
  await window.getByLabel('Password', { exact: true }).fill(vnc.password);
  await window.getByRole('switch', { name: /Pause the app over SSH/ }).click();
  await window.getByLabel('SSH user').fill(ssh.user);
  await window.getByLabel('SSH port').fill(String(ssh.port));
  await window.getByLabel('Key file').fill(ssh.privateKeyFile);
  await window.getByRole('radio', { name: 'By command' }).click();
  await window.getByLabel('Command pattern').fill(`\\b${app.token}$`);
  await window.getByLabel(/Count-down/).fill('2');
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it has ended
  }
}

/** Pids of the viewers that Athena runs. */
function viewers(athena: RunningAthena): number[] {
  const root = athena.app.process().pid;
  if (root === undefined) throw new Error('Athena does not run');
  return processTree(root)
    .filter(isRunning)
    .map(({ pid }) => pid)
    .filter((pid) => commandOf(pid).includes('xtigervncviewer'));
}

/** The page of the toast over the stream, once it is there. */
async function toastOf({ app }: RunningAthena): Promise<Page> {
  const find = (): Page | undefined => app.windows().find((page) => page.url().includes('toast.html'));
  await expect.poll(() => find() !== undefined).toBe(true);
  const page = find();
  if (page === undefined) throw new Error('the toast went away');
  return page;
}

function takesFocusOrClicks({ app }: RunningAthena): Promise<boolean> {
  return app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.webContents.getURL().includes('toast.html'))
      .some((window) => window.isFocusable() || window.isFocused() || !window.isAlwaysOnTop()),
  );
}

describe('the journey of a VNC session', () => {
  it('streams, is lost, pauses, reconnects, counts down and resumes', async () => {
    const scene = await setScene();
    const { athena, window, vnc, ssh, app } = scene;
    await addVncEntry(scene);
    await athena.screenshot('journey-1-form');
    await window.getByRole('button', { name: 'Add and launch' }).click();

    await window.getByText('Streaming', { exact: true }).first().waitFor();
    // The host's key is unknown: it is shown and asked, while the stream goes on.
    await window.getByText('shows an SSH key that nobody has vouched for').waitFor();
    await window.getByRole('button', { name: 'Look at the key' }).click();
    await window.getByText(ssh.hostKeyFingerprint).waitFor();
    await athena.screenshot('journey-2-host-key');
    await window.getByRole('button', { name: 'Trust this key' }).click();
    await window.getByText('shows an SSH key that nobody has vouched for').waitFor({ state: 'detached' });
    await window.getByRole('button', { name: /Old desk/ }).first().click();
    await window.getByText('Streaming', { exact: true }).first().waitFor();
    await window.waitForTimeout(4_000); // for the graph to have something to show
    await athena.screenshot('journey-3-streaming');
    expect(statesOf(app.pids())).not.toContain('T');

    // The server hangs, so that the way back takes long enough to be looked at.
    vnc.signal('SIGSTOP');
    // Nobody sees Athena's window, as when a stream fills the screen.
    await athena.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
    const [viewer] = viewers(athena);
    if (viewer === undefined) throw new Error('no viewer runs');
    process.kill(viewer, 'SIGKILL');
    await window.getByText('Paused, reconnecting').first().waitFor();
    expect(statesOf(app.pids())).toMatch(/^T+$/);
    expect(viewers(athena)).toHaveLength(1);
    const toast = await toastOf(athena);
    await expect.poll(() => toast.locator('body').innerText()).toMatch(/^Old desk was lost\s+Paused ✓ · Athena is bringing it back\.$/);
    await toast.screenshot({ path: 'test/e2e/screenshots/toast.png', omitBackground: true });
    expect(await takesFocusOrClicks(athena)).toBe(false);
    await athena.app.evaluate(({ BrowserWindow }) => {
      const main = BrowserWindow.getAllWindows().find((one) => one.isFocusable());
      main?.restore();
      main?.focus();
    });
    await window.waitForTimeout(1_500);
    await athena.screenshot('journey-4-paused-reconnecting');

    vnc.signal('SIGCONT');
    await window.getByRole('button', { name: 'Stay paused' }).waitFor();
    await athena.screenshot('journey-5-count-down');
    expect(statesOf(app.pids())).toMatch(/^T+$/);
    await window.getByText('App runs on').first().waitFor();
    await window.getByText('Streaming', { exact: true }).first().waitFor();
    await expect.poll(() => statesOf(app.pids())).not.toContain('T');
    await athena.screenshot('journey-6-streaming-again');
    const again = viewers(athena);
    expect(again).toHaveLength(1);
    expect(again).not.toContain(viewer);

    // By hand, with the same buttons the couch will have.
    await window.getByRole('button', { name: 'Pause app' }).click();
    await window.getByText('Streaming, app paused').first().waitFor();
    expect(statesOf(app.pids())).toMatch(/^T+$/);
    await window.getByRole('button', { name: 'Resume app' }).click();
    await expect.poll(() => statesOf(app.pids())).not.toContain('T');

    await window.getByRole('button', { name: 'Stop', exact: true }).click();
    await window.getByText('Stopped').first().waitFor();
    await expect.poll(() => viewers(athena)).toEqual([]);

    // What broke it, in one press.
    await window.getByRole('button', { name: 'Show cause' }).click();
    await window.getByRole('heading', { name: 'The stream client crashed' }).waitFor();
    await athena.screenshot('journey-7-cause');
  });
});
