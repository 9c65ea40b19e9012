// What goes wrong around a session in a real Electron: a crashed page, a second start, a broken config, a quit.
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { electronPath } from '../../electron/setup/electron-runtime.mjs';
import { isRunning } from '../peers/process-tree';
import { startVncServer } from '../peers/vnc-server';
import { startXvfb } from '../peers/xvfb';
import { clientsOf, processesOf } from './client-processes';
import { launchAthena, type RunningAthena } from './electron-app';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function keep<T extends { stop(): Promise<void> }>(thing: T): T {
  cleanUps.push(() => thing.stop());
  return thing;
}

async function profileWith(config: string): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'athena-e2e-'));
  cleanUps.push(() => rm(profile, { recursive: true, force: true }));
  await mkdir(join(profile, 'config', 'athena'), { recursive: true });
  await writeFile(join(profile, 'config', 'athena', 'config.json'), config);
  return profile;
}

/** A library with one VNC entry on loopback that needs no password to be typed. */
function libraryWith(port: number): string {
  return JSON.stringify({
    version: 1,
    hosts: [{ id: 'rig', name: 'Rig', address: '127.0.0.1' }],
    entries: [{ id: 'desk', host: 'rig', name: 'Desk', protocol: 'vnc', port }],
  });
}

async function streamDesk(athena: RunningAthena, password: string): Promise<void> {
  await athena.window.getByRole('button', { name: /Desk/ }).first().click();
  await athena.window.getByLabel('Password', { exact: true }).fill(password);
  await athena.window.getByRole('button', { name: 'Connect' }).click();
  await athena.window.getByText('Streaming', { exact: true }).first().waitFor();
}

/** Of the page. One that is asked while it crashes never answers, not even with an error. */
function textOf({ app }: RunningAthena): Promise<string> {
  const limit = new Promise<string>((resolve) => setTimeout(() => resolve(''), 1_000));
  const shown = app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText') as Promise<string>);
  return Promise.race([shown.catch(() => ''), limit]);
}

describe('a session outlives the page', () => {
  it('when the renderer crashes, it is loaded again and shows the stream that went on', async () => {
    const vnc = keep(await startVncServer());
    const athena = keep(await launchAthena({ profileDirectory: await profileWith(libraryWith(vnc.port)) }));
    await streamDesk(athena, vnc.password);
    const before = clientsOf(athena, 'xtigervncviewer');
    await athena.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
    await expect.poll(() => textOf(athena), { timeout: 20_000 }).toContain('Streaming');
    expect(clientsOf(athena, 'xtigervncviewer')).toEqual(before);
  });

  it('when the page cannot be loaded, it is tried again', async () => {
    const athena = keep(await launchAthena());
    await athena.app.evaluate(({ session, BrowserWindow }) => {
      const refused: string[] = [];
      session.defaultSession.webRequest.onBeforeRequest({ urls: ['file:///*'] }, ({ url }, decide) => {
        const cancel = url.includes('/index.html') && refused.length < 2;
        if (cancel) refused.push(url);
        decide({ cancel });
      });
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    await expect.poll(() => textOf(athena), { timeout: 20_000 }).toContain('Library');
    expect(athena.output().match(/page could not be loaded/g)).toHaveLength(2);
  });
});

describe('a second start', () => {
  it('hands its arguments to the first and ends', async () => {
    const vnc = keep(await startVncServer());
    const screen = keep(await startXvfb({ windowManager: true }));
    const profile = await profileWith(libraryWith(vnc.port));
    const env = { DISPLAY: screen.display };
    const athena = keep(await launchAthena({ profileDirectory: profile, env }));
    await athena.window.getByText('Desk').first().waitFor();

    const electron = electronPath();
    if (electron.path === null) throw new Error(electron.reason);
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const environment: NodeJS.ProcessEnv = { ...process.env, ...env, HOME: profile, XDG_RUNTIME_DIR: join(profile, 'runtime') };
    for (const name of ['CONFIG', 'DATA', 'STATE', 'CACHE']) environment[`XDG_${name}_HOME`] = join(profile, name.toLowerCase());
    const second = spawn(electron.path, [...sandbox, join(import.meta.dirname, '../..'), '--launch=desk'], { env: environment, stdio: 'ignore' });
    const exitCode = await new Promise((resolve) => second.once('exit', resolve));
    expect(exitCode).toBe(0);
    // No password is known: the first Athena asks for it, on the page of the session that the second one wanted.
    await athena.window.getByText('A password is needed').first().waitFor();
    await athena.window.getByRole('button', { name: 'Connect' }).waitFor();
    await athena.screenshot('second-start');
  });
});

describe('a broken config', () => {
  it('is named with its line, kept aside, and what is right in it is shown', async () => {
    const text = '{\n  "version": 1,\n  "hosts": [{ "id": "rig", "name": "Rig", "address": "127.0.0.1" }],\n  "entries": [\n    { "id": "desk", "host": "rig", "name": "Desk", "protocol": "vnc" },\n    { "id": "odd", "host": "rig", "name": "Odd", "protocol": "spice" }\n  ]\n}\n';
    const profile = await profileWith(text);
    const athena = keep(await launchAthena({ profileDirectory: profile }));
    await athena.window.getByText('Desk').first().waitFor();
    await athena.window.getByText(/line 6/i).first().waitFor();
    await athena.screenshot('broken-config');
    const files = await readdir(join(profile, 'config', 'athena'));
    const kept = files.find((name) => name.startsWith('config.broken-'));
    expect(readFileSync(join(profile, 'config', 'athena', kept ?? 'none'), 'utf8')).toBe(text);
  });
});

describe('practice', () => {
  it('runs from the window to its end, with the client in a window of its own', async () => {
    const athena = keep(await launchAthena());
    await athena.window.getByRole('button', { name: 'Try it without a host' }).click();
    const start = athena.window.getByRole('button', { name: 'Start the practice run' });
    if (await start.isVisible()) await start.click();
    await athena.window.getByText('Everything came back').first().waitFor({ timeout: 60_000 });
    await athena.screenshot('practice-finished');
    const left = processesOf(athena);
    await athena.stop();
    expect(left.filter(isRunning)).toEqual([]);
  });
});

describe('the end of Athena', () => {
  it('leaves no client, thread or probe behind', async () => {
    const vnc = keep(await startVncServer());
    const athena = keep(await launchAthena({ profileDirectory: await profileWith(libraryWith(vnc.port)) }));
    await streamDesk(athena, vnc.password);
    const left = processesOf(athena);
    expect(left.length).toBeGreaterThan(5);
    await athena.app.close();
    await expect.poll(() => left.filter(isRunning), { timeout: 10_000 }).toEqual([]);
  });

  it('by SIGKILL takes the client with it', async () => {
    const vnc = keep(await startVncServer());
    const athena = keep(await launchAthena({ profileDirectory: await profileWith(libraryWith(vnc.port)) }));
    await streamDesk(athena, vnc.password);
    const left = processesOf(athena);
    athena.app.process().kill('SIGKILL');
    await expect.poll(() => left.filter(isRunning), { timeout: 10_000 }).toEqual([]);
  });

  it('by SIGKILL is told of at the next start, and the session is back in one press', async () => {
    const vnc = keep(await startVncServer());
    const profileDirectory = await profileWith(libraryWith(vnc.port));
    const first = keep(await launchAthena({ profileDirectory }));
    await streamDesk(first, vnc.password);
    const left = processesOf(first);
    first.app.process().kill('SIGKILL');
    await expect.poll(() => left.filter(isRunning), { timeout: 10_000 }).toEqual([]);

    const { window, screenshot } = keep(await launchAthena({ profileDirectory }));
    await window.getByText('Desk was streaming from Rig when Athena ended').waitFor();
    await screenshot('left-behind');
    await window.getByRole('button', { name: 'Come back' }).click();
    await window.getByText('Streaming', { exact: true }).first().waitFor();
    await window.getByText('Desk was streaming from Rig when Athena ended').waitFor({ state: 'detached' });
  });
});
