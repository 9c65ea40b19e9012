// The shortcut in a real Electron: its keys are pressed on the display, with Athena's window out of sight.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { startVncServer } from '../peers/vnc-server';
import { launchAthena, type RunningAthena } from './electron-app';
import { prepareProfile } from './profile';

const kept: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  for (const thing of kept.splice(0).reverse()) await thing.stop();
});

function keep<T extends { stop(): Promise<void> }>(thing: T): T {
  kept.push(thing);
  return thing;
}

/** As a person does: X hands them to whoever holds them. */
async function pressKeys({ app }: RunningAthena): Promise<void> {
  const display = await app.evaluate(() => process.env['DISPLAY'] ?? '');
  await promisify(execFile)('xdotool', ['key', 'ctrl+alt+shift+r'], { env: { ...process.env, DISPLAY: display } });
}

it('begins what was used last anew from behind every other window, and shows it when it runs', async () => {
  const vnc = keep(await startVncServer());
  const profile = keep(await prepareProfile({ entries: [{ id: 'desk', name: 'Desk', protocol: 'vnc', port: vnc.port }] }));
  profile.keepPassword('desk', vnc.password);
  const athena = keep(await launchAthena({ profileDirectory: profile.directory }));
  const { app, window } = athena;
  const title = window.locator('.hero__title');
  await window.getByRole('button', { name: /Desk/ }).first().click();
  await title.getByText('Streaming', { exact: true }).waitFor();
  await window.getByRole('button', { name: 'Stop', exact: true }).click();
  await title.getByText('Stopped', { exact: true }).waitFor();

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().forEach((each) => each.minimize()));
  await pressKeys(athena);
  await title.getByText('Streaming', { exact: true }).waitFor();

  await window.getByRole('button', { name: 'Library', exact: true }).first().evaluate((button) => (button as HTMLElement).click());
  await expect.poll(() => title.count()).toBe(0);
  await pressKeys(athena);
  await title.getByText('Streaming', { exact: true }).waitFor();
});
