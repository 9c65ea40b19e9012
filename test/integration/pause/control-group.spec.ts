// Freezing by control group, where the kernel offers cgroup v2 and the tests may make groups.
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSshServer, type SshServer } from '../../peers/ssh-server';
import { forker, startApp, stateOf, statesOf, threeGenerations, type AppTree } from './app-tree';
import { byCommand, createControl, expectSuccess, hostAt, inOrder, type ControlParts } from './host-world';

const mount = ['/sys/fs/cgroup/unified', '/sys/fs/cgroup'].find((path) => existsSync(join(path, 'cgroup.procs')));
const canFreeze = process.getuid?.() === 0 && mount !== undefined;
const made: { server?: SshServer; parts?: ControlParts; apps: AppTree[]; groups: string[] } = { apps: [], groups: [] };

function group(name: string): string {
  const path = join(mount ?? '', name);
  mkdirSync(path);
  made.groups.push(path);
  return path;
}

/** Moves processes; what they start later is born in the same group. */
function move(path: string, pids: readonly number[]): void {
  for (const pid of pids) writeFileSync(join(path, 'cgroup.procs'), String(pid));
}

const isFrozen = (path: string): boolean => /^frozen 1$/m.test(readFileSync(join(path, 'cgroup.events'), 'utf8'));

async function app(script: string, processes: number): Promise<AppTree> {
  const tree = await startApp(script, processes);
  made.apps.push(tree);
  return tree;
}

describe.runIf(canFreeze)('an app with a control group', () => {
  const name = `athena-test-${process.pid}`;

  function parts(): ControlParts & { host: ReturnType<typeof hostAt> } {
    if (!made.server || !made.parts) throw new Error('not set up');
    return { ...made.parts, host: hostAt(made.server) };
  }

  beforeAll(async () => {
    made.server = await startSshServer();
    made.parts = await createControl({ knownHostsFiles: [made.server.knownHostsFile] });
  });

  afterEach(async () => {
    for (const path of made.groups) writeFileSync(join(path, 'cgroup.freeze'), '0');
    for (const tree of made.apps.splice(0)) await tree.stop();
    for (const path of made.groups.splice(0).reverse()) {
      await expect.poll(() => readFileSync(join(path, 'cgroup.procs'), 'utf8'), { timeout: 5_000 }).toBe('');
      rmdirSync(path);
    }
  });

  afterAll(async () => {
    await made.parts?.dispose();
    await made.server?.stop();
  });

  it('of its own is frozen as a whole, and thawed', async () => {
    const { control, host } = parts();
    const own = group(`${name} it's "odd" $(x)`);
    const tree = await app(threeGenerations, 5);
    move(own, tree.pids());
    const target = byCommand(tree.token);
    for (let round = 0; round < 3; round++) {
      const paused = expectSuccess(await control.pause(host, target));
      expect(paused).toMatchObject({ method: 'cgroup-freeze', tries: 1 });
      expect(inOrder(paused.pids)).toEqual(inOrder(tree.pids()));
      expect(isFrozen(own)).toBe(true);
      expect(statesOf(tree.pids())).not.toContain('T');
      expect(expectSuccess(await control.read(host, target))).toMatchObject({ state: 'paused', method: 'cgroup-freeze' });
      expect(expectSuccess(await control.pause(host, target)).method).toBe('cgroup-freeze');
      expect(expectSuccess(await control.resume(host, target)).method).toBe('cgroup-freeze');
      expect(isFrozen(own)).toBe(false);
      expect(expectSuccess(await control.read(host, target)).state).toBe('running');
    }
  });

  it('that starts processes all the time starts none while frozen', async () => {
    const { control, host } = parts();
    const own = group(name);
    const tree = await app(forker, 5);
    move(own, [tree.pid]);
    await expect.poll(() => readFileSync(join(own, 'cgroup.procs'), 'utf8').split('\n').length - 1 >= tree.pids().length, { timeout: 10_000 }).toBe(true);
    expectSuccess(await control.pause(host, byCommand(tree.token)));
    const before = tree.pids();
    await sleep(100);
    expect(tree.pids()).toEqual(before);
    expectSuccess(await control.resume(host, byCommand(tree.token)));
    expect(isFrozen(own)).toBe(false);
  });

  it('that others live in too is left alone: the app alone is stopped', async () => {
    const { control, host } = parts();
    const shared = group(name);
    const [tree, other] = [await app(threeGenerations, 5), await app('sleep 1000', 1)];
    move(shared, [...tree.pids(), ...other.pids()]);
    expect(expectSuccess(await control.pause(host, byCommand(tree.token))).method).toBe('sigstop');
    expect(statesOf(tree.pids())).toBe('TTTTT');
    expect(isFrozen(shared)).toBe(false);
    expect(stateOf(other.pid)).not.toBe('T');
    expectSuccess(await control.resume(host, byCommand(tree.token)));
  });

  it('with groups below it, or spread over two groups, is stopped by signal', async () => {
    const { control, host } = parts();
    const [own, second] = [group(name), group(`${name}-b`)];
    const tree = await app(threeGenerations, 5);
    move(own, tree.pids());
    move(second, tree.pids().slice(-1));
    expect(expectSuccess(await control.pause(host, byCommand(tree.token))).method).toBe('sigstop');
    expect(statesOf(tree.pids())).toBe('TTTTT');
    expectSuccess(await control.resume(host, byCommand(tree.token)));

    move(own, tree.pids());
    group(join(name, 'below'));
    expect(expectSuccess(await control.pause(host, byCommand(tree.token))).method).toBe('sigstop');
    expectSuccess(await control.resume(host, byCommand(tree.token)));
    expect(statesOf(tree.pids())).not.toContain('T');
  });

  it('that is frozen and stopped is freed of both', async () => {
    const { control, host } = parts();
    const own = group(name);
    const tree = await app(threeGenerations, 5);
    for (const pid of tree.pids()) process.kill(pid, 'SIGSTOP');
    await expect.poll(() => statesOf(tree.pids())).toBe('TTTTT');
    move(own, tree.pids());
    writeFileSync(join(own, 'cgroup.freeze'), '1');
    expectSuccess(await control.resume(host, byCommand(tree.token)));
    expect(isFrozen(own)).toBe(false);
    expect(statesOf(tree.pids())).not.toContain('T');
  });
});
