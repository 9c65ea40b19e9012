// What every body of HostControl must do: run on SSH with a real sshd and real processes, and on the fake.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SshHostControl } from '../../electron/adapters/pause/ssh-host-control';
import { SystemClock } from '../../electron/adapters/system-clock';
import type { PauseTarget } from '../../electron/common/entry';
import { hostRecordSchema, type HostRecord } from '../../electron/common/host';
import type { FailureKind, Result } from '../../electron/common/result';
import type { ControlFailure, HostControl } from '../../electron/domain/pause/host-control';
import { FakeHostControl } from '../fakes/fake-host-control';
import { SilentLog } from '../fakes/silent-log';
import { startApp, stateOf, threeGenerations } from '../integration/pause/app-tree';
import { findFreePort } from '../peers/loopback-port';
import { startSshServer } from '../peers/ssh-server';

interface WorldApp {
  readonly byCommand: PauseTarget;
  readonly byPidFile: PauseTarget;
  pids(): number[];
  stopped(): number[];
  end(): Promise<void>;
}

interface World {
  readonly control: HostControl;
  readonly host: HostRecord;
  /** Starts an app of at least three processes. */
  startApp(): Promise<WorldApp>;
  /** The host is set up anew. */
  changeHostKey(): Promise<void>;
  takeDown(): Promise<void>;
  bringUp(): Promise<void>;
  dispose(): Promise<void>;
}

function hostAt(port: number, access: Record<string, unknown>): HostRecord {
  return hostRecordSchema.parse({ id: 'desk', name: 'Desk', address: '127.0.0.1', ssh: { port, ...access } });
}

async function realWorld(): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-control-'));
  const port = await findFreePort();
  let server = await startSshServer({ port, stateDirectory: directory });
  const apps: WorldApp[] = [];
  const control = new SshHostControl({
    knownHostsFile: join(directory, 'own', 'known_hosts'),
    clock: new SystemClock(),
    log: new SilentLog(),
    user: { homeDirectory: directory, knownHostsFiles: [] },
  });
  const bringUp = async (): Promise<void> => {
    server = await startSshServer({ port, stateDirectory: directory });
  };
  return {
    control,
    host: hostAt(port, { user: server.user, keyFile: server.privateKeyFile }),
    startApp: async () => {
      const tree = await startApp(threeGenerations, 5);
      const pidFile = join(directory, `${tree.token}.pid`);
      await writeFile(pidFile, `${tree.pid}\n`);
      const app: WorldApp = {
        byCommand: { by: 'command', pattern: `${tree.token}$` },
        byPidFile: { by: 'pid-file', path: pidFile },
        pids: () => tree.pids(),
        stopped: () => tree.pids().filter((pid) => stateOf(pid) === 'T'),
        end: () => tree.stop(),
      };
      apps.push(app);
      return app;
    },
    changeHostKey: async () => {
      await server.stop();
      await rm(join(directory, 'host_ed25519'));
      await rm(join(directory, 'host_ed25519.pub'));
      await bringUp();
    },
    takeDown: () => server.stop(),
    bringUp,
    dispose: async () => {
      control.close();
      for (const app of apps) await app.end();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function fakeWorld(): Promise<World> {
  const control = new FakeHostControl(new SystemClock());
  let apps = 0;
  return {
    control,
    host: hostAt(2222, { user: 'player' }),
    startApp: async () => {
      const name = `app-${++apps}`;
      const app = control.startApp(`game ${name}`, 5, `/run/${name}.pid`);
      return {
        byCommand: { by: 'command', pattern: `${name}$` },
        byPidFile: { by: 'pid-file', path: `/run/${name}.pid` },
        pids: () => [...app.pids],
        stopped: () => [...app.stopped],
        end: async () => control.endApp(app),
      };
    },
    changeHostKey: async () => {
      control.close();
      control.key = { keyType: 'ssh-ed25519', fingerprint: 'SHA256:fake-key-2' };
    },
    takeDown: async () => {
      control.reachable = false;
    },
    bringUp: async () => {
      control.reachable = true;
    },
    dispose: async () => control.close(),
  };
}

function expectSuccess<T>(result: Result<T, ControlFailure>): T {
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.message}`);
  return result.value;
}

function expectFailure(result: Result<unknown, ControlFailure>, kind: FailureKind): ControlFailure {
  if (result.ok) throw new Error(`expected ${kind}, got a success`);
  expect(result.failure.kind, result.failure.message).toBe(kind);
  expect(result.failure.message).toMatch(/\.$/);
  expect(result.failure.advice).not.toBe('');
  return result.failure;
}

const sorted = (pids: readonly number[]): number[] => [...pids].sort((one, other) => one - other);

describe.each([
  { body: 'SSH', create: realWorld },
  { body: 'the fake', create: fakeWorld },
])('host control over $body', { timeout: 40_000 }, ({ create }) => {
  let world: World;

  beforeEach(async () => {
    world = await create();
  }, 40_000);

  afterEach(async () => {
    await world.dispose();
  }, 40_000);

  async function trusted(): Promise<World> {
    const asked = expectFailure(await world.control.warm(world.host), 'host-key-unknown');
    if (!asked.question) throw new Error('no question');
    await world.control.trust(asked.question);
    return world;
  }

  it('asks about a key nobody vouched for, and connects once somebody has', async () => {
    const { control, host } = world;
    const { question } = expectFailure(await control.warm(host), 'host-key-unknown');
    expect(question).toMatchObject({ hostId: host.id, keyType: 'ssh-ed25519', address: `[127.0.0.1]:${host.ssh?.port}` });
    expect(question?.fingerprint).toMatch(/^SHA256:/);
    expectFailure(await control.read(host, { by: 'command', pattern: 'x' }), 'host-key-unknown');
    if (!question) return;
    await control.trust(question);
    expectSuccess(await control.warm(host));
    expectSuccess(await control.warm(host));
  });

  it('takes no word for a key that no host has shown', async () => {
    const { control, host } = world;
    const { question } = expectFailure(await control.warm(host), 'host-key-unknown');
    if (!question) throw new Error('no question');
    await expect(control.trust({ ...question, fingerprint: 'SHA256:made-up' })).rejects.toThrow();
    await expect(control.trust({ ...question, keyType: 'ssh-rsa' })).rejects.toThrow();
    expectFailure(await control.warm(host), 'host-key-unknown');
  });

  it('refuses a key that changed, also when the user vouched for the one before', async () => {
    const { control, host } = await trusted();
    await world.changeHostKey();
    const refused = expectFailure(await control.warm(host), 'host-key-changed');
    expect(refused.question).toBeUndefined();
  });

  it('refuses a key that changed between the question and the answer', async () => {
    const { control, host } = world;
    const { question } = expectFailure(await control.warm(host), 'host-key-unknown');
    if (!question) throw new Error('no question');
    await world.changeHostKey();
    await control.trust(question);
    expectFailure(await control.warm(host), 'host-key-changed');
  });

  it.each(['byCommand', 'byPidFile'] as const)('pauses every process found %s, and lets them all run on', async (by) => {
    const { control, host } = await trusted();
    const app = await world.startApp();
    const target = app[by];
    expect(expectSuccess(await control.read(host, target))).toMatchObject({ state: 'running', method: null });

    const paused = expectSuccess(await control.pause(host, target));
    expect(sorted(app.stopped())).toEqual(sorted(app.pids()));
    expect(sorted(paused.pids)).toEqual(sorted(app.pids()));
    expect(paused.pids.length).toBeGreaterThanOrEqual(3);
    expect(paused).toMatchObject({ method: 'sigstop', tries: 1 });
    expect(paused.tookMs).toBeGreaterThanOrEqual(0);
    const reading = expectSuccess(await control.read(host, target));
    expect(reading).toMatchObject({ state: 'paused', method: 'sigstop' });
    expect(sorted(reading.pids)).toEqual(sorted(app.pids()));

    const resumed = expectSuccess(await control.resume(host, target));
    expect(sorted(resumed.pids)).toEqual(sorted(paused.pids));
    expect(app.stopped()).toEqual([]);
    expect(expectSuccess(await control.read(host, target)).state).toBe('running');
  });

  it('has nothing against an order that is carried out already', async () => {
    const { control, host } = await trusted();
    const app = await world.startApp();
    expectSuccess(await control.pause(host, app.byCommand));
    expect(expectSuccess(await control.pause(host, app.byCommand)).tries).toBe(0);
    expect(sorted(app.stopped())).toEqual(sorted(app.pids()));
    expectSuccess(await control.resume(host, app.byCommand));
    expectSuccess(await control.resume(host, app.byCommand));
    expect(app.stopped()).toEqual([]);
  });

  it('carries out orders given at once in the order they were given', async () => {
    const { control, host } = await trusted();
    const app = await world.startApp();
    const orders = [control.pause(host, app.byCommand), control.resume(host, app.byCommand), control.pause(host, app.byCommand)];
    for (const order of await Promise.all(orders)) expectSuccess(order);
    expect(sorted(app.stopped())).toEqual(sorted(app.pids()));
    expectSuccess(await control.resume(host, app.byCommand));
  });

  it('says so when there is no such app, and when it ended while paused', async () => {
    const { control, host } = await trusted();
    const nobody: PauseTarget = { by: 'command', pattern: '^no such (program|app)$' };
    expectFailure(await control.pause(host, nobody), 'app-not-found');
    expectFailure(await control.resume(host, nobody), 'app-not-found');
    expect(expectSuccess(await control.read(host, nobody))).toEqual({ state: 'gone', pids: [], method: null });
    expectFailure(await control.pause(host, { by: 'pid-file', path: '/nowhere/at all/it\'s.pid' }), 'app-not-found');

    const app = await world.startApp();
    expectSuccess(await control.pause(host, app.byCommand));
    await app.end();
    expect(expectSuccess(await control.read(host, app.byCommand)).state).toBe('gone');
    expectFailure(await control.resume(host, app.byCommand), 'app-not-found');
  });

  it('leaves other apps alone', async () => {
    const { control, host } = await trusted();
    const [one, other] = [await world.startApp(), await world.startApp()];
    expectSuccess(await control.pause(host, one.byCommand));
    expect(other.stopped()).toEqual([]);
    expectSuccess(await control.resume(host, one.byCommand));
  });

  it('connects by itself, again after a close, and again after the host was away', async () => {
    const { control, host } = await trusted();
    const app = await world.startApp();
    expectSuccess(await control.pause(host, app.byCommand));
    control.close(host);
    expectSuccess(await control.resume(host, app.byCommand));
    control.close();
    await world.takeDown();
    expectFailure(await control.pause(host, app.byCommand), 'host-unreachable');
    expectFailure(await control.warm(host), 'host-unreachable');
    await world.bringUp();
    expectSuccess(await control.pause(host, app.byCommand));
    expect(sorted(app.stopped())).toEqual(sorted(app.pids()));
    expectSuccess(await control.resume(host, app.byCommand));
  });

  it('can do nothing on a host without SSH access', async () => {
    const { ssh: _none, ...host } = world.host;
    const target: PauseTarget = { by: 'command', pattern: 'x' };
    expectFailure(await world.control.warm(host), 'not-supported');
    expectFailure(await world.control.pause(host, target), 'not-supported');
    expectFailure(await world.control.resume(host, target), 'not-supported');
    expectFailure(await world.control.read(host, target), 'not-supported');
  });
});
