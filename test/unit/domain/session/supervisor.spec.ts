// The supervisor between the machine and the world: what is prepared, started, ordered and ended, and when not.
import { describe, expect, it, vi } from 'vitest';
import { entrySchema } from '../../../../electron/common/entry';
import { failure } from '../../../../electron/common/result';
import { tell } from '../../../../electron/common/told';
import type { PreparedClient } from '../../../../electron/domain/session/prepared-client';
import { Deferred, game, prepared, rig, SessionBench, settle } from './session-bench';

describe('from the launch to the picture', () => {
  it('starts the client it was given, and says which', async () => {
    const bench = new SessionBench();
    await bench.stream();
    expect(bench.keeper.starts).toHaveLength(1);
    expect(bench.keeper.starts[0]).toMatchObject({ client: 'tigervnc', plan: { file: '/usr/bin/xtigervncviewer' } });
    expect(bench.supervisor.view).toMatchObject({ clientName: 'TigerVNC 1.12.0', link: { kind: 'streaming' } });
    expect(bench.marks).toEqual(['launched', 'client-started', 'streaming']);
    expect(bench.supervisor.clientPid).toBe(4_000);
  });

  it("shows the client's stages", async () => {
    const bench = new SessionBench();
    await bench.launch();
    bench.keeper.stage('negotiating security');
    expect(bench.link).toMatchObject({ kind: 'connecting', stage: 'negotiating security' });
  });

  it('asks when something is missing, and starts what it is given then', async () => {
    const bench = new SessionBench();
    bench.prepare = async () => ({ kind: 'question', question: { kind: 'password', reason: 'missing' } });
    await bench.launch();
    expect(bench.link).toMatchObject({ kind: 'asking', question: { kind: 'password', reason: 'missing' } });
    expect(bench.keeper.starts).toEqual([]);
    bench.prepare = async () => prepared;
    bench.supervisor.handle({ kind: 'reconnect-wanted' });
    await settle();
    expect(bench.keeper.isKeeping).toBe(true);
  });

  it.each([
    [true, 'refused'],
    [false, 'missing'],
  ])('a refusal of a client that had a password (%s) means that it is %s', async (hasPassword, reason) => {
    const bench = new SessionBench();
    bench.prepare = async () => ({ ...prepared, hasPassword }) as PreparedClient;
    await bench.launch();
    bench.keeper.end({ kind: 'auth-refused' });
    expect(bench.link).toMatchObject({ kind: 'asking', question: { kind: 'password', reason } });
  });

  it('goes on trying when the preparation throws, and writes it to the log', async () => {
    const bench = new SessionBench();
    bench.prepare = () => Promise.reject(new Error('the disk is gone'));
    await bench.launch();
    expect(bench.link.kind).toBe('gating');
    expect(bench.log.heard.find(({ level }) => level === 'error')?.fields).toMatchObject({ error: new Error('the disk is gone') });
    bench.prepare = async () => prepared;
    await bench.openGate();
    bench.keeper.streams();
    expect(bench.link.kind).toBe('streaming');
  });

  it('goes on trying when the keeper refuses to start', async () => {
    const bench = new SessionBench();
    vi.spyOn(bench.keeper, 'start').mockImplementationOnce(() => {
      throw new Error('no thread');
    });
    await bench.launch();
    expect(bench.link.kind).toBe('gating');
    await bench.openGate();
    expect(bench.keeper.isKeeping).toBe(true);
  });
});

describe('while the client is being prepared', () => {
  async function preparing(): Promise<{ bench: SessionBench; answers: Deferred<PreparedClient>[] }> {
    const bench = new SessionBench();
    const answers: Deferred<PreparedClient>[] = [];
    bench.prepare = () => {
      const answer = new Deferred<PreparedClient>();
      answers.push(answer);
      return answer.promise;
    };
    await bench.launch();
    return { bench, answers };
  }

  it('a stop ends the session at once, and no client is started when the answer comes', async () => {
    const { bench, answers } = await preparing();
    bench.supervisor.handle({ kind: 'stop-wanted' });
    expect(bench.link).toMatchObject({ kind: 'ended', reason: 'stopped' });
    answers[0]?.resolve(prepared);
    await settle();
    expect(bench.keeper.starts).toEqual([]);
    expect(bench.link.kind).toBe('ended');
  });

  it('a reconnect prepares anew, and only what was found last is started', async () => {
    const { bench, answers } = await preparing();
    bench.supervisor.handle({ kind: 'reconnect-wanted' });
    expect(bench.preparations).toBe(2);
    answers[1]?.resolve({ ...prepared, clientName: 'the second' } as PreparedClient);
    await settle();
    answers[0]?.resolve({ ...prepared, clientName: 'the first' } as PreparedClient);
    await settle();
    expect(bench.keeper.starts).toHaveLength(1);
    expect(bench.supervisor.view.clientName).toBe('the second');
  });

  it('an exception of a look-up that nobody waits for any more ends no client', async () => {
    const { bench, answers } = await preparing();
    bench.supervisor.handle({ kind: 'reconnect-wanted' });
    answers[1]?.resolve(prepared);
    await settle();
    bench.keeper.streams();
    answers[0]?.reject(new Error('too late'));
    await settle();
    expect(bench.link.kind).toBe('streaming');
    expect(bench.keeper.isKeeping).toBe(true);
  });

  it('one that never answers is given up like a client that never connects', async () => {
    const { bench } = await preparing();
    await bench.later(30_000);
    expect(bench.link.kind).toBe('gating');
    await bench.openGate();
    expect(bench.preparations).toBe(2);
  });

  it('a disposed session starts nothing', async () => {
    const { bench, answers } = await preparing();
    await bench.supervisor.dispose();
    answers[0]?.resolve(prepared);
    await settle();
    expect(bench.keeper.starts).toEqual([]);
  });
});

describe('a crash', () => {
  it('pauses the app on the host, brings the client back, counts down and lets the app run on', async () => {
    const bench = new SessionBench();
    await bench.stream();
    await bench.crash();
    expect(bench.app.stopped.size).toBe(2);
    expect(bench.appState).toMatchObject({ kind: 'paused', by: 'interruption', processes: 2 });
    await bench.openGate();
    bench.keeper.streams();
    expect(bench.appState.kind).toBe('counting-down');
    await bench.later(2_999);
    expect(bench.app.stopped.size).toBe(2);
    await bench.later(1);
    expect(bench.app.stopped.size).toBe(0);
    expect(bench.appState.kind).toBe('running');
    expect(bench.marks.slice(3)).toEqual(['interrupted', 'paused', 'gate-open', 'client-started', 'reconnected', 'resumed']);
    expect(bench.keeper.starts).toHaveLength(2);
  });

  it('never starts the next client before the last one is gone', async () => {
    const bench = new SessionBench();
    bench.keeper.endsWhenTold = false;
    await bench.stream();
    bench.supervisor.handle({ kind: 'reconnect-wanted' });
    bench.supervisor.handle({ kind: 'reconnect-wanted' });
    await bench.later(1_000);
    expect([bench.keeper.stops, bench.keeper.starts.length]).toEqual([1, 1]);
    bench.keeper.end({ kind: 'ended-by-user' });
    await settle();
    expect(bench.keeper.starts).toHaveLength(2);
  });

  it('waits for the network at most half a minute', async () => {
    const bench = new SessionBench();
    await bench.stream();
    await bench.crash();
    await bench.later(29_999);
    expect(bench.keeper.isKeeping).toBe(false);
    await bench.later(1);
    expect(bench.keeper.isKeeping).toBe(true);
    expect(bench.gateWatches.size).toBe(0);
  });

  it('a gate that opens within the very call that watches it is an open gate', async () => {
    const bench = new SessionBench();
    vi.spyOn(bench.gateWatches, 'add').mockImplementationOnce((open) => {
      open(tell`Network is fit`);
      return bench.gateWatches;
    });
    await bench.stream();
    await bench.crash();
    expect(bench.link.kind).toBe('reconnecting');
    expect(bench.keeper.isKeeping).toBe(true);
  });

  it('an app that cannot be managed is left alone', async () => {
    const { ssh: _ssh, ...closed } = rig;
    const bench = new SessionBench({ host: closed });
    await bench.stream();
    await bench.crash();
    expect(bench.appState).toMatchObject({ kind: 'unmanaged', why: 'Athena has no SSH access to this host.' });
    expect(bench.control.calls).toEqual([]);
  });

  it('an entry that names no processes is left alone, too', async () => {
    const { pause: _pause, ...bare } = game;
    const bench = new SessionBench({ entry: entrySchema.parse(bare) });
    await bench.stream();
    expect(bench.appState).toMatchObject({ kind: 'unmanaged', why: 'The entry does not say which processes to pause.' });
    expect(bench.control.calls).toEqual([]);
  });
});

describe('orders to the app', () => {
  it('an overtaken order is never sent', async () => {
    const bench = new SessionBench();
    bench.control.delayMs.pause = 1_000;
    await bench.stream();
    // The first pause is under way; of the three that wait behind it, only the last one counts.
    bench.supervisor.handle({ kind: 'pause-wanted' });
    await settle();
    for (const kind of ['resume-wanted', 'pause-wanted', 'resume-wanted'] as const) bench.supervisor.handle({ kind });
    await bench.later(1_000);
    expect(bench.orders).toEqual(['pause', 'resume']);
    expect(bench.app.stopped.size).toBe(0);
    expect(bench.appState.kind).toBe('running');
  });

  it('the answer to an overtaken order says nothing about the app', async () => {
    const bench = new SessionBench();
    bench.control.delayMs.pause = 1_000;
    bench.control.delayMs.resume = 1_000;
    await bench.stream();
    bench.supervisor.handle({ kind: 'pause-wanted' });
    await settle();
    bench.supervisor.handle({ kind: 'resume-wanted' });
    await bench.later(1_000);
    expect(bench.appState.kind).toBe('resuming');
    expect(bench.marks).not.toContain('paused');
  });

  it('a failure is told, and the question it carries handed on', async () => {
    const bench = new SessionBench();
    await bench.stream();
    const question = { hostId: rig.id, address: rig.address, keyType: 'ssh-ed25519', fingerprint: 'SHA256:new' };
    bench.control.failNext('pause', { ...failure('host-key-unknown', 'Nobody has vouched for the key.', 'Compare it.').failure, question });
    await bench.crash();
    expect(bench.appState).toMatchObject({ kind: 'uncertain', wanted: 'paused', message: 'Nobody has vouched for the key.' });
    expect(bench.controlFailures).toMatchObject([{ kind: 'host-key-unknown', question }]);
    bench.supervisor.handle({ kind: 'host-key-trusted' });
    await settle();
    expect(bench.app.stopped.size).toBe(2);
    expect(bench.appState).toMatchObject({ kind: 'paused', by: 'interruption' });
  });

  it('an exception in the control holds up neither this order nor the next', async () => {
    const bench = new SessionBench();
    await bench.stream();
    vi.spyOn(bench.control, 'pause').mockRejectedValueOnce(new Error('a bug'));
    await bench.crash();
    expect(bench.appState).toMatchObject({ kind: 'uncertain', wanted: 'paused' });
    expect(bench.log.heard.some(({ level, message }) => level === 'error' && message === 'order to the app failed')).toBe(true);
    await bench.openGate();
    expect(bench.app.stopped.size).toBe(2);
  });

  it('an exception while the app is looked at does not end anything', async () => {
    const bench = new SessionBench();
    vi.spyOn(bench.control, 'warm').mockRejectedValueOnce(new Error('a bug'));
    await bench.stream();
    expect(bench.link.kind).toBe('streaming');
    expect(bench.log.heard.some(({ level }) => level === 'error')).toBe(true);
  });
});

describe('an app that an earlier session left', () => {
  it('paused: counts down once there is a picture, and lets it run on', async () => {
    const bench = new SessionBench();
    for (const pid of bench.app.pids) bench.app.stopped.add(pid);
    await bench.launch();
    expect(bench.appState).toMatchObject({ kind: 'paused', by: 'interruption' });
    bench.keeper.streams();
    await bench.later(3_000);
    expect(bench.app.stopped.size).toBe(0);
  });

  it('half paused: is not called paused, and is let run on once there is a picture', async () => {
    const bench = new SessionBench();
    bench.app.stopped.add(bench.app.pids[0] ?? 0);
    await bench.launch();
    expect(bench.appState).toMatchObject({ kind: 'uncertain', wanted: 'running' });
    bench.keeper.streams();
    await settle();
    expect(bench.app.stopped.size).toBe(0);
    expect(bench.appState.kind).toBe('running');
  });

  it('on a host whose key nobody vouched for: asks, and looks again when somebody did', async () => {
    const bench = new SessionBench();
    for (const pid of bench.app.pids) bench.app.stopped.add(pid);
    bench.control.key = { keyType: 'ssh-rsa', fingerprint: 'SHA256:other' };
    await bench.launch();
    const question = bench.controlFailures[0]?.question;
    expect(question).toMatchObject({ fingerprint: 'SHA256:other' });
    expect(bench.appState.kind).toBe('running');
    if (question) await bench.control.trust(question);
    bench.supervisor.handle({ kind: 'host-key-trusted' });
    await settle();
    expect(bench.appState.kind).toBe('paused');
  });
});

describe('an end', () => {
  const states: Record<string, (bench: SessionBench) => Promise<void>> = {
    'before the launch': async () => undefined,
    preparing: async (bench) => {
      bench.prepare = () => new Promise(() => undefined);
      await bench.launch();
    },
    connecting: (bench) => bench.launch(),
    streaming: (bench) => bench.stream(),
    gating: async (bench) => {
      await bench.stream();
      await bench.crash();
    },
    waiting: async (bench) => {
      await bench.stream();
      await bench.crash();
      await bench.openGate();
      bench.keeper.end({ kind: 'host-unreachable' });
    },
    reconnecting: async (bench) => {
      await bench.stream();
      await bench.crash();
      await bench.openGate();
    },
    asking: async (bench) => {
      await bench.launch();
      bench.keeper.end({ kind: 'auth-refused' });
    },
    'counting down': async (bench) => {
      await states['reconnecting']?.(bench);
      bench.keeper.streams();
    },
    stopping: async (bench) => {
      bench.keeper.endsWhenTold = false;
      await bench.stream();
      bench.supervisor.handle({ kind: 'stop-wanted' });
    },
    ended: async (bench) => {
      await bench.stream();
      bench.keeper.end({ kind: 'ended-by-user' });
    },
  };

  it.each(Object.keys(states))('while %s leaves no timer, no watch and no client, and nothing starts after it', async (name) => {
    const bench = new SessionBench();
    await states[name]?.(bench);
    if (!['before the launch', 'preparing', 'ended'].includes(name)) expect(bench.marks).toContain('client-started');
    const started = bench.keeper.starts.length;
    await bench.supervisor.dispose();
    expect([bench.clock.pending, bench.gateWatches.size, bench.keeper.isKeeping]).toEqual([0, 0, false]);
    for (const kind of ['launched', 'reconnect-wanted', 'host-seen', 'host-key-trusted', 'pause-wanted'] as const) bench.supervisor.handle({ kind });
    await bench.later(120_000);
    expect(bench.keeper.starts).toHaveLength(started);
    expect([bench.clock.pending, bench.gateWatches.size, bench.keeper.isDisposed]).toEqual([0, 0, true]);
  });

  it('that somebody brings about in the middle of a step lets the step do nothing more', async () => {
    const bench = new SessionBench();
    bench.supervisor.onMark(({ kind }) => {
      if (kind === 'gate-open') void bench.supervisor.dispose();
    });
    await bench.stream();
    await bench.crash();
    await bench.openGate();
    expect(bench.keeper.starts).toHaveLength(1);
    expect(bench.clock.pending).toBe(0);
  });

  it('is over for everybody who waits for it only when the client is gone', async () => {
    const bench = new SessionBench();
    await bench.stream();
    const both = [bench.supervisor.dispose(), bench.supervisor.dispose()];
    const second = { over: false };
    void both[1]?.then(() => (second.over = true));
    expect(second.over).toBe(false);
    await Promise.all(both);
    expect(bench.keeper.isKeeping).toBe(false);
  });

  it('waits for a pause that is under way: the app must not run on unseen', async () => {
    const bench = new SessionBench();
    bench.control.delayMs.pause = 500;
    await bench.stream();
    await bench.crash();
    const state = { over: false };
    const over = bench.supervisor.dispose().then(() => (state.over = true));
    await settle();
    expect(state.over).toBe(false);
    await bench.later(500);
    await over;
    expect(bench.app.stopped.size).toBe(2);
  });
});

it('keeps the newest 200 marks', async () => {
  const bench = new SessionBench();
  await bench.stream();
  for (let times = 0; times < 150; times += 1) {
    bench.supervisor.handle({ kind: 'pause-wanted' });
    await settle();
    bench.supervisor.handle({ kind: 'resume-wanted' });
    await settle();
  }
  expect(bench.marks).toHaveLength(200);
  expect(bench.marks.at(-1)).toBe('resumed');
});

describe('a host that can be asked', () => {
  const told = { word: { kind: 'busy', appId: 7 }, appId: 7, runningName: 'Game' } as const;

  it('is asked when its stream is lost, and the session goes on by its word', async () => {
    const answer = new Deferred<typeof told>();
    const bench = new SessionBench({ askHost: () => answer.promise });
    await bench.stream();
    await bench.crash();
    expect(bench.link).toMatchObject({ kind: 'gating', attempt: 0 });
    expect(bench.gateWatches.size).toBe(0);
    answer.resolve(told);
    await settle();
    expect(bench.gateWatches.size).toBe(1);
    await bench.openGate();
    bench.keeper.streams();
    expect(bench.link.kind).toBe('streaming');
  });

  it('that cannot be asked after all counts as silent', async () => {
    const bench = new SessionBench({ askHost: () => Promise.reject(new Error('the port is broken')) });
    await bench.stream();
    await bench.crash();
    expect(bench.link).toMatchObject({ kind: 'gating', attempt: 1 });
    expect(bench.log.heard.find(({ level }) => level === 'error')?.fields).toMatchObject({ error: new Error('the port is broken') });
  });

  it('is told about a stream that gave up while its client sits in a dialog: the app is paused before the client is gone', async () => {
    const bench = new SessionBench({ askHost: async () => told });
    bench.keeper.endsWhenTold = false;
    await bench.stream();
    bench.keeper.emit({ kind: 'terminated', code: -1 });
    await settle();
    expect(bench.keeper.isKeeping).toBe(true);
    expect(bench.orders).toEqual(['pause']);
    await bench.openGate();
    expect(bench.keeper.starts).toHaveLength(1);
    bench.keeper.end({ kind: 'terminated', code: -1 });
    await settle();
    expect(bench.keeper.starts).toHaveLength(2);
  });

  it('lets an attempt know whether it comes back, and tells nobody who gave up on it', async () => {
    const bench = new SessionBench({ askHost: async () => told });
    const seen: boolean[] = [];
    const cancelled: boolean[] = [];
    bench.prepare = async (attempt) => {
      seen.push(attempt.resuming);
      attempt.stage(tell`asking the host`);
      attempt.cancel.addEventListener('abort', () => cancelled.push(true));
      return seen.length === 1 ? prepared : new Promise(() => undefined);
    };
    await bench.stream();
    await bench.crash();
    await bench.openGate();
    expect(bench.link).toMatchObject({ kind: 'reconnecting', stage: 'asking the host' });
    expect(seen).toEqual([false, true]);
    bench.supervisor.handle({ kind: 'stop-wanted' });
    expect(cancelled).toEqual([true]);
  });
});

describe('what the client says of its stream', () => {
  it('is in the view, with marks for when it suffers and when it is fine again', async () => {
    const bench = new SessionBench();
    await bench.stream();
    bench.keeper.emit({ kind: 'lost-frames', frames: 4 });
    bench.keeper.emit({ kind: 'poor' });
    expect(bench.supervisor.view.quality).toMatchObject({ poor: true, lostFrames: 4 });
    bench.keeper.emit({ kind: 'okay' });
    expect(bench.marks.slice(-2)).toEqual(['stream-poor', 'stream-okay']);
  });

  it('is told at most once a second, and begins anew with the next client', async () => {
    const bench = new SessionBench();
    await bench.stream();
    const changes = { count: 0 };
    bench.supervisor.onChange(() => (changes.count += 1));
    for (let line = 0; line < 50; line += 1) bench.keeper.emit({ kind: 'lost-frames', frames: 1 });
    await bench.later(1_000);
    expect(changes.count).toBe(1);
    await bench.crash();
    await bench.openGate();
    expect(bench.supervisor.view.quality.lostFrames).toBe(0);
  });
});
