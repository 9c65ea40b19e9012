// The tray in a real Electron on a session bus of its own: what it shows, and that Athena lives in it without a window.
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { startApp, statesOf, threeGenerations } from '../integration/pause/app-tree';
import { isRunning } from '../peers/process-tree';
import { startSessionBus, type SessionBus } from '../peers/session-bus';
import { startSshServer } from '../peers/ssh-server';
import { startTrayWatcher, type TrayItem } from '../peers/tray-watcher';
import { startVncServer } from '../peers/vnc-server';
import { clientsOf, onlyClientOf, processesOf } from './client-processes';
import { launchAthena, type RunningAthena } from './electron-app';
import { prepareProfile, type SavedEntry } from './profile';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function keep<T extends { stop(): Promise<void> }>(thing: T): T {
  cleanUps.push(() => thing.stop());
  return thing;
}

const slow = { timeout: 20_000 };

const desk: SavedEntry = { id: 'desk', name: 'Desk', protocol: 'vnc', port: 5900 };

async function labels(item: TrayItem): Promise<string[]> {
  return (await item.menu()).map(({ isSeparator, isEnabled, label }) => (isSeparator ? '---' : isEnabled ? label : `(${label})`));
}

const states = ['idle', 'streaming', 'paused', 'trouble'] as const;

/** Which of the tray's pictures the panel got: compared where they are opaque, which no blending changes. */
async function pictureOf(item: TrayItem, athena: RunningAthena): Promise<string> {
  const { argb, widthPx } = await item.icon();
  const pictures = await athena.app.evaluate(
    ({ app, nativeImage }, names) =>
      names.map((name) => {
        const image = nativeImage.createFromPath(`${app.getAppPath()}/assets/tray/${name}-32.png`);
        return { name, bgra: image.toBitmap({ scaleFactor: 2 }).toString('base64'), widthPx: image.getSize(2).width * 2 };
      }),
    [...states],
  );
  const matching = pictures.filter((picture) => {
    const bgra = Buffer.from(picture.bgra, 'base64');
    if (picture.widthPx !== widthPx || bgra.length !== argb.length) return false;
    for (let at = 0; at < argb.length; at += 4) {
      if (bgra[at + 3] !== argb[at]) return false;
      if (argb[at] === 255 && [0, 1, 2].some((channel) => bgra[at + channel] !== argb[at + 3 - channel])) return false;
    }
    return true;
  });
  return matching.map(({ name }) => name).join(' or ');
}

/** As a click on the window's cross does. Not within the call: the driver takes its own answer for lost with the window. */
function closeWindow(athena: RunningAthena): Promise<void> {
  return athena.app.evaluate(({ BrowserWindow }) => void setTimeout(() => BrowserWindow.getAllWindows().find((window) => window.isFocusable())?.close(), 50));
}

/** Of Athena's own window, beside which a toast may stand. gone: not hidden alone, so nothing of it costs anything. */
function windowIs(athena: RunningAthena): Promise<'seen' | 'hidden' | 'gone'> {
  return athena.app.evaluate(({ BrowserWindow }) => {
    const own = BrowserWindow.getAllWindows().find((window) => window.isFocusable());
    return own === undefined ? 'gone' : own.isVisible() ? 'seen' : 'hidden';
  });
}

function launchOn(bus: SessionBus, profileDirectory: string): Promise<RunningAthena> {
  return launchAthena({ profileDirectory, env: { DBUS_SESSION_BUS_ADDRESS: bus.address } });
}

describe('the tray', () => {
  it('offers the last sessions, newest first', async () => {
    const bus = keep(await startSessionBus());
    const watcher = keep(await startTrayWatcher(bus.address));
    const profile = keep(
      await prepareProfile({
        entries: [
          { ...desk, id: 'older', name: 'Older', usedMinutesAgo: 90 },
          { ...desk, id: 'never', name: 'Never' },
          { ...desk, id: 'newer', name: 'Newer', protocol: 'rdp', usedMinutesAgo: 5 },
        ],
      }),
    );
    const athena = keep(await launchOn(bus, profile.directory));
    const item = await watcher.item();
    expect(await labels(item)).toEqual(['(Idle)', '---', 'Newer on Rig', 'Older on Rig', '---', 'Open Athena', 'Couch mode', 'Quit Athena']);
    expect(await item.toolTip()).toBe('Athena – idle');
    expect(await pictureOf(item, athena)).toBe('idle');
    expect(await watcher.count()).toBe(1);

    // What the menu does not show leaves it alone: an open one must not be exchanged under the pointer.
    const before = await item.menu();
    await athena.window.getByRole('button', { name: 'Add to favourites' }).first().click();
    await athena.window.getByRole('button', { name: 'Remove from favourites' }).first().waitFor();
    expect(await item.menu()).toEqual(before);
  });

  it('launches, follows and ends a session with every window closed', async () => {
    const app = keep(await startApp(threeGenerations, 5));
    const vnc = keep(await startVncServer());
    const ssh = keep(await startSshServer());
    const bus = keep(await startSessionBus());
    const watcher = keep(await startTrayWatcher(bus.address));
    const profile = keep(
      await prepareProfile({
        entries: [{ ...desk, port: vnc.port, appToken: app.token, resumeCountdownS: 4, usedMinutesAgo: 60 }],
        ssh,
      }),
    );
    profile.keepPassword('desk', vnc.password);
    const athena = keep(await launchOn(bus, profile.directory));
    const item = await watcher.item();

    await closeWindow(athena);
    await expect.poll(() => windowIs(athena)).toBe('gone');

    await item.choose('Desk on Rig');
    await expect.poll(() => item.toolTip(), slow).toBe('Athena – streaming Desk');
    expect((await labels(item))[0]).toBe('(Streaming Desk)');
    expect(await pictureOf(item, athena)).toBe('streaming');
    // Chosen: so its page is shown, in a window that had to be made for it.
    await expect.poll(() => windowIs(athena)).toBe('seen');
    const made = athena.app.windows().at(-1);
    await made?.getByText('Streaming', { exact: true }).first().waitFor();
    await made?.getByRole('button', { name: 'Pause app' }).waitFor();
    const viewer = onlyClientOf(athena, 'xtigervncviewer', vnc.port);
    await closeWindow(athena);
    await expect.poll(() => windowIs(athena)).toBe('gone');
    expect(clientsOf(athena, 'xtigervncviewer')).toEqual([viewer]);

    // A server that hangs makes the way back long enough to be looked at.
    vnc.signal('SIGSTOP');
    process.kill(viewer, 'SIGKILL');
    await expect.poll(() => item.toolTip(), slow).toBe('Athena – reconnecting Desk, paused');
    expect(await pictureOf(item, athena)).toBe('trouble');
    expect(statesOf(app.pids())).toMatch(/^T+$/);
    vnc.signal('SIGCONT');
    await expect.poll(() => item.toolTip(), slow).toBe('Athena – streaming Desk, paused');
    expect(await pictureOf(item, athena)).toBe('paused');
    await expect.poll(() => item.toolTip(), slow).toBe('Athena – streaming Desk');
    await expect.poll(() => pictureOf(item, athena)).toBe('streaming');
    expect(await windowIs(athena)).toBe('gone');

    const all = processesOf(athena);
    expect(clientsOf(athena, 'xtigervncviewer')).toHaveLength(1);
    const ended = once(athena.app.process(), 'exit');
    // It may be gone before it has answered the panel.
    await item.choose('Quit Athena').catch((error: unknown) => expect(String(error)).toContain('disconnected from message bus'));
    expect(await ended).toEqual([0, null]);
    await expect.poll(() => all.filter(isRunning), slow).toEqual([]);
    expect(await watcher.count()).toBe(0);
    await expect.poll(() => statesOf(app.pids())).not.toContain('T');
  });

  it('brings the closed window back, as large as it was', async () => {
    const bus = keep(await startSessionBus());
    const watcher = keep(await startTrayWatcher(bus.address));
    const profile = keep(await prepareProfile({ entries: [desk] }));
    const athena = keep(await launchOn(bus, profile.directory));
    const item = await watcher.item();
    expect(await labels(item)).toContain('(No sessions yet)');
    const size = [1000, 700];
    const ownSize = (): Promise<unknown> => athena.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().find((window) => window.isFocusable())?.getSize());
    await athena.app.evaluate(({ BrowserWindow }, [width = 0, height = 0]) => BrowserWindow.getAllWindows().find((window) => window.isFocusable())?.setSize(width, height), size);
    await expect.poll(ownSize).toEqual(size);
    for (const wayBack of [() => item.activate(), () => item.choose('Open Athena')]) {
      await closeWindow(athena);
      await expect.poll(() => windowIs(athena)).toBe('gone');
      await wayBack();
      await expect.poll(() => windowIs(athena)).toBe('seen');
      await expect.poll(ownSize).toEqual(size);
    }
  });
});

describe('closing the window where nothing would bring it back', () => {
  async function expectToQuit(athena: RunningAthena): Promise<void> {
    const all = processesOf(athena);
    const ended = once(athena.app.process(), 'exit');
    await closeWindow(athena).catch(() => undefined); // the answer may not arrive any more
    expect(await ended).toEqual([0, null]);
    await expect.poll(() => all.filter(isRunning), slow).toEqual([]);
  }

  it('quits Athena and its sessions on a desktop without a tray', async () => {
    const vnc = keep(await startVncServer());
    const bus = keep(await startSessionBus());
    const profile = keep(await prepareProfile({ entries: [{ ...desk, port: vnc.port }] }));
    profile.keepPassword('desk', vnc.password);
    const athena = keep(await launchOn(bus, profile.directory));
    await athena.window.getByRole('button', { name: /Desk/ }).first().click();
    await athena.window.getByText('Streaming', { exact: true }).first().waitFor();
    expect(clientsOf(athena, 'xtigervncviewer')).toHaveLength(1);
    await expectToQuit(athena);
  });

  it('quits where there is no session bus at all', async () => {
    const athena = keep(await launchAthena());
    await expectToQuit(athena);
  });

  it('quits when the panel went away, and runs on once it is back', async () => {
    const bus = keep(await startSessionBus());
    const panel = await startTrayWatcher(bus.address);
    const profile = keep(await prepareProfile({ entries: [desk] }));
    const athena = keep(await launchOn(bus, profile.directory));
    await panel.item();
    await panel.stop();

    const restarted = await startTrayWatcher(bus.address);
    const item = await restarted.item();
    await closeWindow(athena);
    await expect.poll(() => windowIs(athena)).toBe('gone');
    await item.activate();
    await expect.poll(() => windowIs(athena)).toBe('seen');

    await restarted.stop();
    await expectToQuit(athena);
  });

  it('runs on when a panel has come since Athena started', async () => {
    const bus = keep(await startSessionBus());
    const profile = keep(await prepareProfile({ entries: [desk] }));
    const athena = keep(await launchOn(bus, profile.directory));
    const watcher = keep(await startTrayWatcher(bus.address));
    await closeWindow(athena);
    const item = await watcher.item();
    await expect.poll(() => windowIs(athena)).toBe('gone');
    await item.activate();
    await expect.poll(() => windowIs(athena)).toBe('seen');
  });
});
