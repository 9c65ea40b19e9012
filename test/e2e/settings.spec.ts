// Settings in a real Electron: in force at once, saved as a file, and there again after a restart.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSessionBus } from '../peers/session-bus';
import { startTrayWatcher } from '../peers/tray-watcher';
import { startVncServer } from '../peers/vnc-server';
import { launchAthena, type RunningAthena } from './electron-app';
import { prepareProfile } from './profile';

const place = { directory: '', running: [] as RunningAthena[], peers: [] as { stop(): Promise<void> }[] };

beforeEach(async () => {
  place.directory = await mkdtemp(join(tmpdir(), 'athena-e2e-'));
  await mkdir(join(place.directory, 'config', 'athena'), { recursive: true });
});

afterEach(async () => {
  await Promise.all(place.running.splice(0).map((athena) => athena.stop()));
  for (const peer of place.peers.splice(0).reverse()) await peer.stop();
  await rm(place.directory, { recursive: true, force: true });
});

const configDirectory = (): string => join(place.directory, 'config', 'athena');
const file = (): string => join(configDirectory(), 'settings.json');

function keep<T extends { stop(): Promise<void> }>(peer: T): T {
  place.peers.push(peer);
  return peer;
}

async function start(env: Readonly<Record<string, string>> = {}, profileDirectory = place.directory): Promise<RunningAthena> {
  const athena = await launchAthena({ profileDirectory, env });
  place.running.push(athena);
  await athena.window.locator('.sidebar').waitFor();
  return athena;
}

async function stop(athena: RunningAthena): Promise<void> {
  place.running.splice(place.running.indexOf(athena), 1);
  await athena.stop();
}

async function openSettings({ window }: Pick<RunningAthena, 'window'>): Promise<void> {
  await window.keyboard.press('Control+,');
  await window.locator('.page--settings').waitFor();
}

const looks = (window: Page): Promise<unknown> =>
  window.evaluate(() => ({
    theme: document.documentElement.dataset['theme'],
    ground: getComputedStyle(document.body).backgroundColor,
    zoom: document.documentElement.style.getPropertyValue('--zoom'),
  }));

describe('settings', () => {
  it('are in force at once and after a restart, in the file, and in what Electron draws', async () => {
    const first = await start();
    await openSettings(first);
    await first.window.getByRole('radio', { name: 'Light' }).click();
    await first.window.getByRole('textbox', { name: 'Size of everything' }).fill('130');
    await first.window.keyboard.press('Enter');
    const chosen = { theme: 'light', ground: 'rgb(238, 241, 246)', zoom: '1.3' };
    await expect.poll(() => looks(first.window)).toEqual(chosen);
    expect(await first.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('light');
    await first.screenshot('settings-light-130');
    expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual({ version: 1, theme: 'light', zoomPercent: 130 });
    await stop(first);

    const second = await start();
    expect(await looks(second.window)).toEqual(chosen);
    // The first thing to be seen was light already.
    expect(await second.window.evaluate(() => location.hash)).toBe('#light');
    expect(await second.app.evaluate(({ nativeTheme, BrowserWindow }) => [nativeTheme.themeSource, BrowserWindow.getAllWindows().map((window) => window.getBackgroundColor())])).toEqual(['light', ['#EEF1F6']]);
    await openSettings(second);
    await second.window.getByRole('button', { name: 'Back to default: Dark' }).click();
    await expect.poll(() => looks(second.window)).toMatchObject({ theme: 'dark', zoom: '1.3' });
    expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual({ version: 1, zoomPercent: 130 });
  });

  it('start Athena in couch mode where that is wanted', async () => {
    await writeFile(file(), '{ "startInCouch": true }');
    const { app, window } = await start();
    await expect.poll(() => window.evaluate(() => document.documentElement.dataset['view'])).toBe('couch');
    await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((each) => each.isFullScreen()))).toBe(true);
  });

  it('whose file is broken begin with the defaults, say so, and lose nothing', async () => {
    const broken = '{ "theme": "light", "zoomPercent": 1';
    await writeFile(file(), `${broken}\n{{{`);
    const athena = await start();
    await openSettings(athena);
    await athena.window.getByText('Not everything in the settings file can be used').waitFor();
    const copy = (await readdir(configDirectory())).find((name) => name.startsWith('settings.broken-'));
    expect(await athena.window.locator('.banner').textContent()).toContain(copy);
    expect(await readFile(join(configDirectory(), copy ?? ''), 'utf8')).toContain(broken);
    await athena.window.getByRole('switch', { name: 'Sounds' }).click();
    await expect.poll(async () => (JSON.parse(await readFile(file(), 'utf8').catch(() => '{}')) as { sounds?: boolean }).sounds).toBe(true);
  });

  it('decide, while Athena runs, whether closing its window ends it beside a tray', async () => {
    const bus = keep(await startSessionBus());
    keep(await startTrayWatcher(bus.address));
    const athena = await start({ DBUS_SESSION_BUS_ADDRESS: bus.address });
    const main = athena.app.process();
    // Not within the call: the driver takes its own answer for lost with the window.
    const closeSoon = (): Promise<void> =>
      athena.app.evaluate(({ BrowserWindow }) => void setTimeout(() => BrowserWindow.getAllWindows().find((window) => window.isFocusable())?.close(), 50));
    const isVisible = (): Promise<boolean> => athena.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()));
    await closeSoon();
    await expect.poll(isVisible).toBe(false);
    await athena.app.evaluate(({ app }) => void app.emit('activate'));
    await expect.poll(isVisible).toBe(true);
    // Another one: that of before is gone.
    await expect.poll(() => athena.app.windows().length).toBe(1);
    const [window] = athena.app.windows();
    if (window === undefined) throw new Error('there is no window');
    await openSettings({ window });
    expect(await window.getByRole('group', { name: 'Close to the tray' }).textContent()).not.toContain('no tray');
    await window.getByRole('switch', { name: 'Close to the tray' }).click();
    await expect.poll(async () => readFile(file(), 'utf8').catch(() => '')).toContain('"closeToTray": false');
    expect(main.exitCode).toBeNull();
    await closeSoon();
    await expect.poll(() => main.exitCode, { timeout: 15_000 }).toBe(0);
  });

  it('keep the display awake while something streams, or not, as it is switched', async () => {
    const vnc = keep(await startVncServer());
    const profile = keep(await prepareProfile({ entries: [{ id: 'desk', name: 'Desk', protocol: 'vnc', port: vnc.port }] }));
    profile.keepPassword('desk', vnc.password);
    const { app, window } = await start({}, profile.directory);
    const isAwake = (): Promise<boolean> => app.evaluate(({ powerSaveBlocker }) => Array.from({ length: 10 }, (_, id) => id).some((id) => powerSaveBlocker.isStarted(id)));
    expect(await isAwake()).toBe(false);
    await window.getByRole('button', { name: /Desk/ }).first().click();
    await window.locator('.hero__title').getByText('Streaming', { exact: true }).waitFor();
    await expect.poll(isAwake).toBe(true);
    const set = (keepDisplayAwake: boolean): Promise<unknown> =>
      window.evaluate((wanted) => (globalThis as unknown as { athena: { invoke(channel: string, args: unknown): Promise<unknown> } }).athena.invoke('settings:set', { keepDisplayAwake: wanted }), keepDisplayAwake);
    await set(false);
    await expect.poll(isAwake).toBe(false);
    await set(true);
    await expect.poll(isAwake).toBe(true);
  });

  it('hold the keys that reconnect from anywhere, others when others are chosen, and none when switched off', async () => {
    const profile = keep(await prepareProfile({ entries: [] }));
    const { app, window } = await start({}, profile.directory);
    const held = (): Promise<string[]> =>
      app.evaluate(({ globalShortcut }) => ['Control+Alt+Shift+R', 'Control+Alt+Shift+A', 'Control+Alt+Home'].filter((keys) => globalShortcut.isRegistered(keys)));
    const set = (reconnectShortcut: string): Promise<unknown> =>
      window.evaluate((wanted) => (globalThis as unknown as { athena: { invoke(channel: string, args: unknown): Promise<unknown> } }).athena.invoke('settings:set', { reconnectShortcut: wanted }), reconnectShortcut);
    expect(await held()).toEqual(['Control+Alt+Shift+R']);
    await set('Control+Alt+Shift+A');
    await expect.poll(held).toEqual(['Control+Alt+Shift+A']);
    await set('off');
    await expect.poll(held).toEqual([]);
  });
});
