// The lease over a real sshd: what the watchdog on the host does when the way to Athena breaks, and when it does not.
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it, type TestContext } from 'vitest';
import { processTree, signalProcess } from '../../peers/process-tree';
import { startApp, statesOf, threeGenerations, type AppTree } from './app-tree';
import { byCommand, expectSuccess, inOrder } from './host-world';
import { createLeaseWorld, watchdogsOf, type LeaseWorld } from './lease-world';

/** Shorter than usual, so that nobody waits long; a busy machine keeps these. */
const shortTerms = { heartbeatMs: 250, leaseMs: 1_500 };
const soon = { timeout: 10_000, interval: 10 };
const isPaused = (tree: AppTree): boolean => /^T+$/.test(statesOf(tree.pids()));
const mount = ['/sys/fs/cgroup/unified', '/sys/fs/cgroup'].find((path) => existsSync(join(path, 'cgroup.procs')));

async function setUp({ onTestFinished }: TestContext): Promise<LeaseWorld & { app(): Promise<AppTree> }> {
  const world = await createLeaseWorld();
  const trees: AppTree[] = [];
  onTestFinished(async () => {
    await world.dispose();
    for (const tree of trees) await tree.stop();
  });
  return {
    ...world,
    app: async () => {
      const tree = await startApp(threeGenerations, 5);
      trees.push(tree);
      return tree;
    },
  };
}

/** All at once: they wait, most of the time. */
describe.concurrent('the lease', () => {
  it('pauses the app when the cable is cut and nobody is told, and what it froze can be thawed after the reconnect', async (context) => {
    const { expect } = context;
    const { app, hold, relay, control, host } = await setUp(context);
    const tree = await app();
    const target = byCommand(tree.token);
    const held = hold(target, shortTerms);
    await held.next('held');
    expect(watchdogsOf(target)).toHaveLength(1);
    await sleep(1_000);
    expect(statesOf(tree.pids())).not.toContain('T');
    relay.cut();
    await expect.poll(() => isPaused(tree), soon).toBe(true);
    await held.next('lost');
    relay.mend();
    const { report } = await held.next('told');
    expect(report).toMatchObject({ outcome: 'held', method: 'sigstop', notPaused: [] });
    expect(inOrder(report.paused.map(({ pid }) => pid))).toEqual(inOrder(tree.pids()));
    await held.next('held');
    expect(isPaused(tree)).toBe(true);
    expectSuccess(await control.resume(host, target));
    await sleep(2_000);
    expect(statesOf(tree.pids())).not.toContain('T');
    await held.lease.release();
    await expect.poll(() => watchdogsOf(target), soon).toEqual([]);
    expect(held.news.map(({ kind }) => kind)).toEqual(['held', 'lost', 'told', 'held']);
  });

  it('is made anew when the connection is reset, and nothing is paused', async (context) => {
    const { expect } = context;
    const { app, hold, relay } = await setUp(context);
    const tree = await app();
    const target = byCommand(tree.token);
    const held = hold(target, { heartbeatMs: 500, leaseMs: 3_000 });
    await held.next('held');
    const before = watchdogsOf(target);
    for (let round = 0; round < 2; round++) {
      relay.reset();
      await held.next('lost');
      await held.next('held');
    }
    await expect.poll(() => watchdogsOf(target), soon).toHaveLength(1);
    expect(watchdogsOf(target)).not.toEqual(before);
    await sleep(3_500);
    expect(statesOf(tree.pids())).not.toContain('T');
    await held.lease.release();
    await expect.poll(() => watchdogsOf(target), soon).toEqual([]);
  });

  it('pauses when the SSH server and all it started for Athena are killed, and lets the app run on when nobody comes back', async (context) => {
    const { expect } = context;
    const { app, hold, server, relay } = await setUp(context);
    const tree = await app();
    const target = byCommand(tree.token);
    const held = hold(target, { ...shortTerms, maximumHoldMs: 3_000, afterHold: 'resume' });
    await held.next('held');
    const watchdogs = watchdogsOf(target);
    for (const member of processTree(server.pid).reverse()) {
      if (!watchdogs.includes(member.pid)) signalProcess(member, 'SIGKILL');
    }
    relay.cut();
    await expect.poll(() => isPaused(tree), soon).toBe(true);
    await expect.poll(() => statesOf(tree.pids()).includes('T'), soon).toBe(false);
    await expect.poll(() => watchdogsOf(target), soon).toEqual([]);
  });

  it('pauses when the SSH server stands still and keeps the connection', async (context) => {
    const { expect } = context;
    const { app, hold, server } = await setUp(context);
    const tree = await app();
    const target = byCommand(tree.token);
    const held = hold(target, shortTerms);
    await held.next('held');
    const watchdogs = watchdogsOf(target);
    const stopped = processTree(server.pid).filter(({ pid }) => !watchdogs.includes(pid));
    for (const member of stopped) signalProcess(member, 'SIGSTOP');
    await expect.poll(() => isPaused(tree), soon).toBe(true);
    for (const member of stopped) signalProcess(member, 'SIGCONT');
    expect((await held.next('told')).report).toMatchObject({ outcome: 'held', method: 'sigstop' });
  });

  it('is not lost when heartbeats come 0.3 to 1.5 s late', async (context) => {
    const { expect } = context;
    const { app, hold, relay } = await setUp(context);
    const tree = await app();
    const held = hold(byCommand(tree.token));
    await held.next('held');
    let turn = 0;
    relay.delay(() => [300, 900, 1_500][turn++ % 3] ?? 0);
    const states: string[] = [];
    for (let round = 0; round < 70; round++) {
      states.push(statesOf(tree.pids()));
      await sleep(100);
    }
    relay.delay(() => 0);
    expect(states.join('')).not.toContain('T');
  });

  it('pauses nothing after a wanted end, also one that comes while the way is broken', async (context) => {
    const { expect } = context;
    const { app, hold, relay } = await setUp(context);
    const trees = [await app(), await app()];
    const [first, second] = trees.map((tree) => hold(byCommand(tree.token), { heartbeatMs: 500, leaseMs: 3_000 }));
    if (!first || !second) throw new Error('two leases');
    await Promise.all([first.next('held'), second.next('held')]);
    await first.lease.release();
    relay.reset();
    await second.next('lost');
    await second.lease.release();
    await expect.poll(() => trees.flatMap((tree) => watchdogsOf(byCommand(tree.token))), soon).toEqual([]);
    await sleep(3_500);
    expect(trees.map((tree) => statesOf(tree.pids())).join('')).not.toContain('T');
  });

  it('goes to whoever came last, and the other one does not take it back', async (context) => {
    const { expect } = context;
    const { app, hold } = await setUp(context);
    const tree = await app();
    const target = byCommand(tree.token);
    const first = hold(target, shortTerms);
    await first.next('held');
    const second = hold(target, shortTerms);
    await second.next('held');
    expect((await first.next('unavailable')).message).toContain('Another Athena');
    await sleep(2_500);
    expect(watchdogsOf(target)).toHaveLength(1);
    expect(second.news.map(({ kind }) => kind)).toEqual(['held']);
    expect(statesOf(tree.pids())).not.toContain('T');
  });

  it.runIf(process.getuid?.() === 0 && mount !== undefined)('freezes an app that has a control group of its own', async (context) => {
    const { expect } = context;
    const { app, hold, relay, control, host } = await setUp(context);
    const tree = await app();
    const group = join(mount ?? '', `athena-lease-${process.pid}`);
    mkdirSync(group);
    context.onTestFinished(async () => {
      writeFileSync(join(group, 'cgroup.freeze'), '0');
      for (const member of processTree(tree.pid)) signalProcess(member, 'SIGKILL');
      await expect.poll(() => readFileSync(join(group, 'cgroup.procs'), 'utf8'), soon).toBe('');
      rmdirSync(group);
    });
    for (const pid of tree.pids()) writeFileSync(join(group, 'cgroup.procs'), String(pid));
    const isFrozen = (): boolean => readFileSync(join(group, 'cgroup.events'), 'utf8').includes('frozen 1');
    const target = byCommand(tree.token);
    const held = hold(target, shortTerms);
    await held.next('held');
    relay.cut();
    await expect.poll(isFrozen, soon).toBe(true);
    relay.mend();
    const { report } = await held.next('told');
    expect(report).toMatchObject({ method: 'cgroup-freeze', outcome: 'held', notPaused: [] });
    expect(report.paused).toHaveLength(5);
    expect(expectSuccess(await control.resume(host, target)).method).toBe('cgroup-freeze');
    expect(isFrozen()).toBe(false);
  });
});
