// Whether a panel shows tray icons, asked of a real session bus with each of the tools that a desktop may have.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hasTray } from '../../electron/shell/tray-presence';
import { startSessionBus } from '../peers/session-bus';
import { startTrayWatcher } from '../peers/tray-watcher';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function fileOf(tool: string): string | undefined {
  return (process.env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, tool)).find(existsSync);
}

/** Leaves these tools, and no others, to be found. */
async function keepOnly(tools: readonly string[]): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-tools-'));
  cleanUps.push(() => rm(directory, { recursive: true, force: true }));
  for (const tool of tools) await symlink(fileOf(tool) ?? '/nowhere', join(directory, tool));
  vi.stubEnv('PATH', directory);
}

describe.skipIf(process.platform !== 'linux')('hasTray', () => {
  for (const tool of ['dbus-send', 'gdbus', 'busctl']) {
    it.skipIf(fileOf(tool) === undefined)(`asks with ${tool}`, async () => {
      const bus = await startBus();
      await keepOnly([tool]);
      expect(await hasTray()).toBe(false);
      const watcher = await startTrayWatcher(bus.address);
      expect(await hasTray()).toBe(true);
      await watcher.stop();
      expect(await hasTray()).toBe(false);
    });
  }

  it('says no without any tool, without a bus, and when the bus has gone', async () => {
    const bus = await startBus();
    const watcher = await startTrayWatcher(bus.address);
    expect(await hasTray()).toBe(true);
    const path = process.env['PATH'] ?? '';
    await keepOnly([]);
    expect(await hasTray()).toBe(false);
    vi.stubEnv('PATH', path);
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', undefined);
    expect(await hasTray()).toBe(false);
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', bus.address);
    await watcher.stop();
    await bus.stop();
    expect(await hasTray()).toBe(false);
  });

  async function startBus(): Promise<{ readonly address: string; stop(): Promise<void> }> {
    const bus = await startSessionBus();
    cleanUps.push(() => bus.stop());
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', bus.address);
    return bus;
  }
});
