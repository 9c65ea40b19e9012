// Proves what Athena does with a Windows host, against a stand-in for PowerShell behind a real sshd: processes, lease, refusals.
import { appendFile, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { SshLeaseKeeper } from '../../../electron/adapters/pause/lease-keeper';
import { WindowsDriver } from '../../../electron/adapters/pause/windows-driver';
import type { WindowsTarget } from '../../../electron/adapters/pause/windows-host';
import { usualTerms, type Lease, type LeaseNews } from '../../../electron/domain/pause/lease';
import { hostWith, sshSide, windowsSide } from '../../contract/app-driver/worlds';
import { startApp, stateOf, threeGenerations, type AppTree } from './app-tree';
import { expectFailure, expectSuccess } from './host-world';
import { startRelay } from './relay';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function world(more: Readonly<Record<string, string>> = {}) {
  const side = await windowsSide(more);
  closing.push(() => side.dispose());
  const driver = new WindowsDriver(side.ssh);
  closing.push(() => driver.close());
  return { side, driver, host: hostWith({ ssh: side.access }) };
}

async function app(script = threeGenerations, processes = 5): Promise<AppTree & { readonly target: WindowsTarget }> {
  const tree = await startApp(script, processes);
  closing.push(() => tree.stop());
  return { ...tree, target: { by: 'windows-command', pattern: `${tree.token}$` } };
}

const areAll = (tree: AppTree, state: string): boolean => tree.pids().every((pid) => stateOf(pid) === state);

async function until(what: string, isSo: () => boolean, limitMs = 10_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`not in ${limitMs} ms: ${what}`);
    await sleep(20);
  }
}

describe('a Windows host', () => {
  it('has children stopped that were born after the last look', async () => {
    const { driver, host } = await world();
    const game = await app('while :; do sleep 30 & sleep 0.2; done', 3);
    expectSuccess(await driver.warm(host, game.target));
    await sleep(500);
    const paused = expectSuccess(await driver.pause(host, game.target));
    expect(areAll(game, 'T')).toBe(true);
    expect([...paused.pids].sort()).toEqual([...game.pids()].sort());
    expectSuccess(await driver.resume(host, game.target));
    expect(game.pids().some((pid) => stateOf(pid) === 'T')).toBe(false);
  });

  it('never stops the way Athena comes in by, whatever the pattern fits', async () => {
    const { driver, host } = await world();
    const answered = await driver.pause(host, { by: 'windows-command', pattern: 'sshd|powershell-stand-in' });
    expectFailure(answered, 'app-not-found');
    expectSuccess(await driver.warm(host, { by: 'windows-command', pattern: 'nothing' }));
  });

  it('that forbids what a pause needs, or is no Windows, is told so', async () => {
    const { driver, host } = await world({ ATHENA_TEST_CONSTRAINED: 'yes' });
    const target: WindowsTarget = { by: 'windows-command', pattern: 'x' };
    expect(expectFailure(await driver.pause(host, target), 'not-supported').message).toContain('language mode');
    const linux = await sshSide();
    closing.push(() => linux.dispose());
    const other = new WindowsDriver(linux.ssh);
    closing.push(() => other.close());
    expect(expectFailure(await other.warm(hostWith({ ssh: linux.access }), target), 'not-supported').message).toContain('no PowerShell');
  });
});

describe('the lease on a Windows host', () => {
  function listen(lease: Lease): LeaseNews[] {
    const news: LeaseNews[] = [];
    lease.onNews((one) => news.push(one));
    return news;
  }

  it('pauses the app when the heartbeat stops, tells what it did, and leaves a wanted end alone', async () => {
    const { side, driver, host } = await world();
    const game = await app();
    const relay = await startRelay(side.access.port);
    closing.push(() => relay.stop());
    const line = await readFile(side.ssh.knownHostsFile, 'utf8');
    await appendFile(side.ssh.knownHostsFile, line.replace(`:${side.access.port} `, `:${relay.port} `));
    const overCable = hostWith({ ssh: { ...side.access, port: relay.port } });
    const keeper = new SshLeaseKeeper({ ...side.ssh, onPaused: (_, target, paused) => driver.adopt(host, target as WindowsTarget, paused) });

    const lease = keeper.hold(overCable, game.target, { ...usualTerms, leaseMs: 1_000, heartbeatMs: 250 });
    const news = listen(lease);
    await until('it is fed', () => news.some(({ kind }) => kind === 'held'));
    // It has been told which processes they are.
    await sleep(1_500);
    expect(areAll(game, 'T')).toBe(false);
    relay.cut();
    const cutMs = performance.now();
    await until('the app was paused by its host', () => areAll(game, 'T'));
    expect(performance.now() - cutMs).toBeLessThan(1_000 + 2_000);
    relay.mend();
    await until('it told what it did', () => news.some(({ kind }) => kind === 'told'));
    const told = news.find((one) => one.kind === 'told');
    expect(told).toMatchObject({ report: { outcome: 'held', method: 'suspended', notPaused: [] } });
    expect(expectSuccess(await driver.read(host, game.target)).state).toBe('paused');
    expectSuccess(await driver.resume(host, game.target));
    expect(areAll(game, 'T')).toBe(false);

    await lease.release();
    await sleep(1_500);
    expect(game.pids().some((pid) => stateOf(pid) === 'T')).toBe(false);
  });
});
