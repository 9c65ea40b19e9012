// The watchdog's shell text in every shell there is here: when it pauses, when it must not, and what becomes of the app.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it, type TestContext } from 'vitest';
import { processTree, signalProcess } from '../../peers/process-tree';
import { forker, startApp, stateOf, statesOf, threeGenerations, type AppTree } from './app-tree';
import { inOrder } from './host-world';
import { membersLine, startWatchdogIn, type WatchdogInShell, type WatchdogOptions } from './watchdog-shell';

/** What one test starts; it ends with the test. */
function makerFor({ onTestFinished }: TestContext): {
  app(script?: string, processes?: number): Promise<AppTree>;
  watchdog(command?: readonly string[], options?: WatchdogOptions): Promise<WatchdogInShell>;
} {
  return {
    app: async (script = threeGenerations, processes = 5) => {
      const tree = await startApp(script, processes);
      onTestFinished(() => tree.stop());
      return tree;
    },
    watchdog: async (command = ['sh'], options = {}) => {
      const one = await startWatchdogIn(command, options);
      onTestFinished(() => one.stop());
      return one;
    },
  };
}

const hasEnded = (pid: number): boolean => ['Z', 'X', null].includes(stateOf(pid));
const isPaused = (tree: AppTree): boolean => /^T+$/.test(statesOf(tree.pids()));
const soon = { timeout: 8_000, interval: 10 };

const shells = [['dash'], ['bash', '--norc', '--posix'], ['busybox', 'ash'], ['mksh']].filter(
  ([file = '']) => spawnSync(file, ['-c', 'exit'], { stdio: 'ignore' }).error === undefined,
);
const inEachShell = (body: (command: readonly string[]) => Promise<void>): Promise<void[]> => Promise.all(shells.map(body));
const placeIn = (home: string): string => join(home, '.cache/athena');

/** All at once: they wait, most of the time. */
describe.concurrent('the watchdog', () => {
  it('pauses when the lines stop, tells when they come back, leaves when told to, and leaves nothing behind, in each shell', async (context) => {
    const { expect } = context;
    const { app, watchdog } = makerFor(context);
    expect(shells.length).toBeGreaterThanOrEqual(2);
    await inEachShell(async (command) => {
      const tree = await app();
      const dog = await watchdog(command, { terms: { leaseMs: 2_000 } });
      const stopFeeding = dog.feed([tree.pid]);
      await sleep(3_000);
      expect(statesOf(tree.pids())).not.toContain('T');
      stopFeeding();
      await expect.poll(() => isPaused(tree), soon).toBe(true);
      dog.say('b 1000');
      const report = await dog.report();
      expect(report).toMatchObject({ method: 'sigstop', outcome: 'held', notPaused: [] });
      expect(inOrder(report.paused.map(({ pid }) => pid))).toEqual(inOrder(tree.pids()));
      expect(Math.abs(Date.now() - report.pausedAtMs)).toBeLessThan(10_000);
      dog.say('h');
      dog.say('r');
      await expect.poll(() => dog.heard().at(-1)?.kind, soon).toBe('left');
      await expect.poll(() => hasEnded(dog.pid), soon).toBe(true);
      expect(isPaused(tree)).toBe(true);
      expect(readdirSync(placeIn(dog.home))).toEqual([]);
    });
  });

  it('pauses when the channel ends without a word, and lets the app run on when the hold is over, in each shell', async (context) => {
    const { expect } = context;
    const { app, watchdog } = makerFor(context);
    await inEachShell(async (command) => {
      const tree = await app();
      const dog = await watchdog(command, { terms: { maximumHoldMs: 2_500, afterHold: 'resume' } });
      dog.feed([tree.pid])();
      dog.child.stdin.end();
      dog.child.stdout.destroy();
      await expect.poll(() => isPaused(tree), soon).toBe(true);
      await expect.poll(() => statesOf(tree.pids()).includes('T'), soon).toBe(false);
      await expect.poll(() => hasEnded(dog.pid), soon).toBe(true);
      const [file = ''] = readdirSync(placeIn(dog.home));
      expect(readFileSync(join(placeIn(dog.home), file), 'utf8')).toContain('outcome resumed');
      expect(statSync(placeIn(dog.home)).mode & 0o777).toBe(0o700);
      expect(statSync(join(placeIn(dog.home), file)).mode & 0o777).toBe(0o600);
    });
  });

  it('ends an app that is to be quit when the hold is over, and keeps one that is to be kept', async (context) => {
    const { expect } = context;
    const { app, watchdog } = makerFor(context);
    const trees = await Promise.all(
      (['quit', 'keep'] as const).map(async (afterHold) => {
        // The first process ignores SIGTERM only in so far as it waits: a stopped one could not act on it at all.
        const tree = await app();
        const dog = await watchdog(['sh'], { terms: { maximumHoldMs: 1_000, afterHold } });
        dog.feed([tree.pid])();
        await expect.poll(() => isPaused(tree), soon).toBe(true);
        await expect.poll(() => hasEnded(dog.pid), { timeout: 15_000 }).toBe(true);
        const [file = ''] = readdirSync(placeIn(dog.home));
        return { tree, text: readFileSync(join(placeIn(dog.home), file), 'utf8') };
      }),
    );
    const [quit, kept] = trees;
    expect(quit?.tree.pids()).toEqual([]);
    expect(quit?.text).toContain('outcome quit');
    expect(kept && isPaused(kept.tree)).toBe(true);
    expect(kept?.text).toContain('outcome kept');
  });

  it('acts on what is the app now: new children, and never a process that only has its number', async (context) => {
    const { expect } = context;
    const { app, watchdog } = makerFor(context);
    const tree = await app();
    const growing = await app(forker, 3);
    const stranger = await app('sleep 1000', 1);
    const dog = await watchdog(['sh']);
    const [known] = processTree(tree.pid);
    if (!known) throw new Error('the app has ended');
    dog.say(membersLine([known, ...processTree(growing.pid).slice(0, 1), { pid: stranger.pid, startTicks: '17' }]));
    dog.say('b 1');
    await expect.poll(() => isPaused(tree) && isPaused(growing), soon).toBe(true);
    const before = growing.pids();
    await sleep(200);
    expect(growing.pids()).toEqual(before);
    expect(stateOf(stranger.pid)).not.toBe('T');
  });

  it('pauses nothing before the first heartbeat, and does not stay', async (context) => {
    const { expect } = context;
    const { app, watchdog } = makerFor(context);
    const tree = await app();
    const dog = await watchdog(['sh'], { choose: true });
    dog.say(membersLine(processTree(tree.pid)));
    await expect.poll(() => hasEnded(dog.pid), soon).toBe(true);
    expect(statesOf(tree.pids())).not.toContain('T');
  });

  it('ends an older one of the same app, whatever that was doing, and tells its report', async (context) => {
    const { expect } = context;
    const { app, watchdog } = makerFor(context);
    const tree = await app();
    const name = 'athena-0a1b2c3d';
    const first = await watchdog(['sh'], { name, terms: { maximumHoldMs: 2_000 } });
    first.feed([tree.pid])();
    await expect.poll(() => isPaused(tree), soon).toBe(true);
    const second = await watchdog(['bash', '--norc'], { name, home: first.home });
    const stopFeeding = second.feed([tree.pid]);
    await expect.poll(() => hasEnded(first.pid), soon).toBe(true);
    await expect.poll(() => first.heard().at(-1)?.kind, soon).toBe('replaced');
    expect(await second.report()).toMatchObject({ outcome: 'held', method: 'sigstop' });
    // The first one's hold would be over by now: the app is the second one's.
    await sleep(2_500);
    expect(isPaused(tree)).toBe(true);
    stopFeeding();
  });

  it('ends when somebody ends it, and never leaves an app it has stopped', async (context) => {
    const { expect } = context;
    const { app, watchdog } = makerFor(context);
    const tree = await app();
    const dog = await watchdog(['sh']);
    dog.feed([tree.pid])();
    await expect.poll(() => isPaused(tree), soon).toBe(true);
    process.kill(dog.pid, 'SIGHUP');
    process.kill(dog.pid, 'SIGTERM');
    await expect.poll(() => hasEnded(dog.pid), soon).toBe(true);
    expect(statesOf(tree.pids())).not.toContain('T');
  });

  it('has a second that goes on holding when it is killed, and lets the app run on in the end, in each shell', async (context) => {
    const { expect } = context;
    const { app, watchdog } = makerFor(context);
    await inEachShell(async (command) => {
      const tree = await app();
      const dog = await watchdog(command, { terms: { maximumHoldMs: 7_000 } });
      dog.feed([tree.pid])();
      await expect.poll(() => dog.heard().at(-1)?.kind, soon).toBe('fired');
      const guardians = processTree(dog.pid).map(({ pid }) => pid).filter((pid) => pid !== dog.pid);
      process.kill(dog.pid, 'SIGKILL');
      await sleep(3_500);
      expect(isPaused(tree)).toBe(true);
      await expect.poll(() => statesOf(tree.pids()).includes('T'), { timeout: 12_000, interval: 50 }).toBe(false);
      expect(tree.pids()).toHaveLength(5);
      await expect.poll(() => guardians.filter((pid) => !hasEnded(pid)), soon).toEqual([]);
      const [file = ''] = readdirSync(placeIn(dog.home));
      expect(readFileSync(join(placeIn(dog.home), file), 'utf8')).toContain('outcome resumed');
    });
  });

  it('and its second give way together to the next, also after it was killed', async (context) => {
    const { expect } = context;
    const { app, watchdog } = makerFor(context);
    for (const isKilled of [false, true]) {
      const tree = await app();
      const name = isKilled ? 'athena-0badcafe' : 'athena-0badbeef';
      const first = await watchdog(['sh'], { name, terms: { maximumHoldMs: 6_000 } });
      first.feed([tree.pid])();
      await expect.poll(() => first.heard().at(-1)?.kind, soon).toBe('fired');
      const family = processTree(first.pid).map(({ pid }) => pid);
      expect(family.length).toBeGreaterThan(1);
      if (isKilled) process.kill(first.pid, 'SIGKILL');
      const second = await watchdog(['sh'], { name, home: first.home });
      const stopFeeding = second.feed([tree.pid]);
      expect(await second.report()).toMatchObject({ outcome: 'held' });
      await expect.poll(() => family.filter((pid) => !hasEnded(pid)), soon).toEqual([]);
      // Nobody else lets it run on: it is the second one's now.
      await sleep(isKilled ? 5_000 : 100);
      expect(isPaused(tree)).toBe(true);
      stopFeeding();
    }
  });

  it('sends its second away when Athena comes back', async (context) => {
    const { expect } = context;
    const { app, watchdog } = makerFor(context);
    const tree = await app();
    // In dash, another child keeps time all along.
    const dog = await watchdog(['bash', '--norc', '--posix']);
    dog.feed([tree.pid])();
    await expect.poll(() => dog.heard().at(-1)?.kind, soon).toBe('fired');
    const second = processTree(dog.pid).map(({ pid }) => pid).filter((pid) => pid !== dog.pid);
    expect(second.length).toBeGreaterThan(0);
    const stopFeeding = dog.feed([tree.pid]);
    await dog.report();
    await expect.poll(() => second.filter((pid) => !hasEnded(pid)), soon).toEqual([]);
    expect(isPaused(tree)).toBe(true);
    stopFeeding();
  });

  it('leaves an app alone that somebody else has resumed', async (context) => {
    const { expect } = context;
    const { app, watchdog } = makerFor(context);
    const tree = await app();
    const dog = await watchdog(['sh'], { terms: { maximumHoldMs: 6_000, afterHold: 'quit' } });
    dog.feed([tree.pid])();
    await expect.poll(() => isPaused(tree), soon).toBe(true);
    await expect.poll(() => dog.heard().at(-1)?.kind, soon).toBe('fired');
    for (const member of processTree(tree.pid)) signalProcess(member, 'SIGCONT');
    await expect.poll(() => hasEnded(dog.pid), soon).toBe(true);
    expect(tree.pids()).toHaveLength(5);
    expect(statesOf(tree.pids())).not.toContain('T');
  });

  it('gives heartbeats time after it stood still itself, as after a sleep of the host', async (context) => {
    const { expect } = context;
    const { app, watchdog } = makerFor(context);
    const tree = await app();
    const dog = await watchdog(['sh'], { terms: { leaseMs: 500 } });
    const stopFeeding = dog.feed([tree.pid], 100);
    await sleep(300);
    process.kill(dog.pid, 'SIGSTOP');
    stopFeeding();
    await sleep(6_000);
    process.kill(dog.pid, 'SIGCONT');
    // It reads what came before the sleep; then nothing comes for longer than the lease.
    await sleep(1_200);
    expect(statesOf(tree.pids())).not.toContain('T');
    dog.feed([tree.pid], 100);
    await sleep(300);
    expect(statesOf(tree.pids())).not.toContain('T');
  });

  it('writes its report through no link, and into no directory of another user', async (context) => {
    const { expect } = context;
    const { app, watchdog } = makerFor(context);
    const tree = await app('sleep 1000', 1);
    const runtime = mkdtempSync(join(tmpdir(), 'athena-run-'));
    const elsewhere = mkdtempSync(join(tmpdir(), 'athena-else-'));
    context.onTestFinished(() => {
      for (const directory of [runtime, elsewhere]) rmSync(directory, { recursive: true, force: true });
    });
    symlinkSync(elsewhere, join(runtime, 'athena'));
    const dog = await watchdog(['sh'], { environment: { XDG_RUNTIME_DIR: runtime } });
    dog.feed([tree.pid])();
    await expect.poll(() => isPaused(tree), soon).toBe(true);
    await expect.poll(() => existsSync(placeIn(dog.home)) && readdirSync(placeIn(dog.home)), soon).toHaveLength(1);
    expect(readdirSync(elsewhere)).toEqual([]);
  });
});
