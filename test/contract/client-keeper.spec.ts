// What every keeper of a stream client promises: the session thread with a real process on a pty, and the fake.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ClientKeeper, KeeperEvent } from '../../electron/domain/session/client-keeper';
import type { LaunchPlan } from '../../electron/domain/session/stream-client';
import { SessionOwner } from '../../electron/threads/session-owner';
import { FakeClientKeeper } from '../fakes/fake-client-keeper';
import { SilentLog } from '../fakes/silent-log';
import { bundleThread } from '../threads-bundle';

interface World {
  readonly keeper: ClientKeeper;
  /** Starts a client that streams until it is ended. */
  stream(): void;
  /** The client dies by itself. */
  crash(): void;
}

/** What Moonlight Embedded says is simple: a shell can speak it. */
const plan: LaunchPlan = { file: '/bin/sh', args: ['-c', 'echo Received first video packet after 1 ms; exec sleep 300'], env: {}, typedPassword: null };
const built = { script: '' };

function realWorld(): World {
  const keeper = new SessionOwner(built.script, new SilentLog());
  const kept = { pid: 0 };
  keeper.onEvent((event) => {
    if (event.kind === 'started') kept.pid = event.pid;
  });
  return { keeper, stream: () => keeper.start('moonlight-embedded', plan), crash: () => void process.kill(kept.pid, 'SIGKILL') };
}

function fakeWorld(): World {
  const keeper = new FakeClientKeeper();
  return {
    keeper,
    stream: () => {
      keeper.start('moonlight-embedded', plan);
      queueMicrotask(() => keeper.streams());
    },
    crash: () => keeper.end({ kind: 'crashed', signal: 'SIGKILL' }),
  };
}

describe.each([
  ['the session thread', realWorld],
  ['the fake', fakeWorld],
])('%s', { timeout: 30_000 }, (_name, makeWorld) => {
  const worlds: World[] = [];

  beforeAll(async () => {
    built.script = await bundleThread('electron/threads/session-thread.ts');
  }, 30_000);
  afterEach(async () => {
    await Promise.all(worlds.splice(0).map(({ keeper }) => keeper.dispose()));
  });

  function make(): World & { events: KeeperEvent['kind'][]; until(kind: KeeperEvent['kind'], times?: number): Promise<void> } {
    const world = makeWorld();
    worlds.push(world);
    const events: KeeperEvent['kind'][] = [];
    world.keeper.onEvent(({ kind }) => {
      if (kind !== 'printed') events.push(kind);
    });
    const until = (wanted: KeeperEvent['kind'], times = 1): Promise<void> =>
      vi.waitFor(() => expect(events.filter((kind) => kind === wanted)).toHaveLength(times), 20_000);
    return { ...world, events, until };
  }

  it('tells start, streaming and one end', async () => {
    const { stream, crash, events, until } = make();
    stream();
    expect(events).toEqual([]);
    await until('streaming');
    crash();
    await until('ended');
    await sleep(50);
    expect(events).toEqual(['started', 'streaming', 'ended']);
  });

  it('never keeps two', async () => {
    const { stream, keeper, events, until } = make();
    stream();
    expect(stream).toThrow('one client at a time');
    await until('streaming');
    expect(stream).toThrow('one client at a time');
    keeper.stop();
    await until('ended');
    expect(events.filter((kind) => kind === 'started')).toHaveLength(1);
  });

  it('ends the client when told to, however often, and keeps the next one then', async () => {
    const { stream, keeper, events, until } = make();
    stream();
    await until('streaming');
    keeper.stop();
    keeper.stop();
    await until('ended');
    stream();
    await until('streaming', 2);
    keeper.stop();
    await until('ended', 2);
    expect(events).toEqual(['started', 'streaming', 'ended', 'started', 'streaming', 'ended']);
  });

  it('has nothing to say to a stop without a client', async () => {
    const { keeper, events } = make();
    keeper.stop();
    await sleep(20);
    expect(events).toEqual([]);
    expect(keeper.readOutput()).toEqual({ text: '', endsAt: 0 });
  });

  it('ends its client before it is gone itself, and tells that end', async () => {
    const { stream, keeper, events, until } = make();
    stream();
    await until('streaming');
    await keeper.dispose();
    expect(events).toEqual(['started', 'streaming', 'ended']);
    await keeper.dispose();
  });

  it('tells those who stopped listening nothing', async () => {
    const { stream, keeper, until } = make();
    const heard: string[] = [];
    const subscription = keeper.onEvent(({ kind }) => heard.push(kind));
    subscription.dispose();
    stream();
    await until('streaming');
    expect(heard).toEqual([]);
  });
});
