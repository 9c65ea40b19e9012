// The session machine, row by row: no timer, no process, no clock.
import { describe, expect, it } from 'vitest';
import type { AppState, ClientEnd } from '../../../../electron/common/session';
import { tell } from '../../../../electron/common/told';
import { usualCrashLimits } from '../../../../electron/domain/session/crash-loop';
import { initialState, transition } from '../../../../electron/domain/session/session-machine';
import type { Effect, SessionEvent, SessionState } from '../../../../electron/domain/session/session-events';

const report = { method: 'sigstop', pids: [10, 11], tries: 1, tookMs: 3 } as const;
const crash: ClientEnd = { kind: 'crashed', signal: 'SIGKILL' };

class Walk {
  nowMs = 1_000_000;
  state: SessionState;
  effects: readonly Effect[] = [];

  constructor(app: AppState = { kind: 'running' }, resumeCountdownS = 3) {
    const kind = { resumeCountdownS, connectLimitMs: 30_000, asksHost: false, crashLimits: usualCrashLimits };
    this.state = initialState(app, kind, { nowMs: this.nowMs, random01: 0.5 });
  }

  do(...events: SessionEvent[]): this {
    for (const event of events) {
      const next = transition(this.state, event, { nowMs: this.nowMs, random01: 0.5 });
      this.state = next.state;
      this.effects = next.effects;
    }
    return this;
  }

  later(ms: number): this {
    this.nowMs += ms;
    return this;
  }

  get kinds(): string[] {
    return this.effects.map((effect) => effect.kind);
  }

  streaming(): this {
    return this.do({ kind: 'launched' }, { kind: 'client-streaming' });
  }

  crashed(): this {
    return this.do({ kind: 'client-ended', end: crash });
  }

  get op(): number {
    return this.state.appOp;
  }
}

describe('launch', () => {
  it('starts the client and looks whether the app was left paused', () => {
    const walk = new Walk().do({ kind: 'launched' });
    expect(walk.state.link.kind).toBe('connecting');
    expect(walk.kinds).toContain('start-client');
    expect(walk.kinds).toContain('read-app');
  });

  it('counts down and resumes an app that an earlier session left paused', () => {
    const walk = new Walk()
      .do({ kind: 'launched' })
      .do({ kind: 'app-read', op: 0, reading: { state: 'paused', pids: [10], method: 'sigstop' } })
      .do({ kind: 'client-streaming' });
    expect(walk.state.app.kind).toBe('counting-down');
  });
});

describe('what an earlier session left', () => {
  const mixed: SessionEvent = { kind: 'app-read', op: 0, reading: { state: 'mixed', pids: [10, 11], method: null } };

  it('is not called paused when only some of its processes are stopped, and runs on with the picture', () => {
    const walk = new Walk().do({ kind: 'launched' }, mixed);
    expect(walk.state.app).toMatchObject({ kind: 'uncertain', wanted: 'running', by: 'interruption' });
    walk.do({ kind: 'client-streaming' });
    expect(walk.kinds).toContain('resume-app');
  });

  it('runs on at once when the picture is there before the answer', () => {
    expect(new Walk().streaming().do(mixed).kinds).toEqual(['clear-timer', 'resume-app']);
  });

  it('is not let run on by an open gate alone', () => {
    const walk = new Walk().do({ kind: 'launched' }, mixed, { kind: 'client-ended', end: { kind: 'host-unreachable' } });
    expect(walk.do({ kind: 'gate-opened', why: tell`Network is fit` }).kinds).not.toContain('resume-app');
  });

  it('is not known from a look that an order has overtaken', () => {
    const walk = new Walk().streaming().do({ kind: 'pause-wanted' });
    walk.do({ kind: 'app-paused', op: walk.op, report }, { kind: 'resume-wanted' });
    walk.do({ kind: 'app-resumed', op: walk.op, report });
    walk.do({ kind: 'app-read', op: 0, reading: { state: 'paused', pids: [10, 11], method: 'sigstop' } });
    expect(walk.state.app.kind).toBe('running');
  });

  it('is not looked for beside an order, whose answer tells more', () => {
    const walk = new Walk().streaming().do({ kind: 'pause-wanted' }, { kind: 'host-key-trusted' });
    expect(walk.kinds).not.toContain('read-app');
  });
});

describe('a crash while streaming', () => {
  it('pauses the app and begins to reconnect in the same step', () => {
    const walk = new Walk().streaming().crashed();
    expect(walk.state.link).toMatchObject({ kind: 'gating', attempt: 1, interruption: { kind: 'crash', end: crash } });
    expect(walk.state.app).toMatchObject({ kind: 'pausing', by: 'interruption' });
    expect(walk.kinds).toEqual(expect.arrayContaining(['pause-app', 'watch-gate']));
  });

  it('starts the next client when the gate opens, without waiting for the pause', () => {
    const walk = new Walk().streaming().crashed().do({ kind: 'gate-opened', why: tell`Network is fit` });
    expect(walk.state.link.kind).toBe('reconnecting');
    expect(walk.kinds).toContain('start-client');
    expect(walk.state.app.kind).toBe('pausing');
  });

  it('tries all the same when the gate stays shut', () => {
    const walk = new Walk().streaming().crashed().later(30_000).do({ kind: 'timer-fired', timer: 'gate' });
    expect(walk.state.link.kind).toBe('reconnecting');
  });

  it('counts down once there is a picture again, then resumes', () => {
    const walk = new Walk().streaming().crashed();
    walk.do({ kind: 'app-paused', op: walk.op, report }, { kind: 'gate-opened', why: tell`Network is fit` }, { kind: 'client-streaming' });
    expect(walk.state.app).toMatchObject({ kind: 'counting-down', endsAtMs: walk.nowMs + 3_000 });
    walk.later(3_000).do({ kind: 'timer-fired', timer: 'count-down' });
    expect(walk.state.app.kind).toBe('resuming');
    walk.do({ kind: 'app-resumed', op: walk.op, report });
    expect(walk.state.app.kind).toBe('running');
  });

  it('counts down also when the pause is verified after the picture is back', () => {
    const walk = new Walk().streaming().crashed();
    const { op } = walk;
    walk.do({ kind: 'gate-opened', why: tell`Network is fit` }, { kind: 'client-streaming' }, { kind: 'app-paused', op, report });
    expect(walk.state.app.kind).toBe('counting-down');
  });

  it('resumes at once where no count-down is wanted', () => {
    const walk = new Walk({ kind: 'running' }, 0).streaming().crashed();
    walk.do({ kind: 'app-paused', op: walk.op, report }, { kind: 'gate-opened', why: tell`Network is fit` }, { kind: 'client-streaming' });
    expect(walk.state.app.kind).toBe('resuming');
  });

  it('a second crash during the count-down keeps the app paused', () => {
    const walk = new Walk().streaming().crashed();
    walk.do({ kind: 'app-paused', op: walk.op, report }, { kind: 'gate-opened', why: tell`Network is fit` }, { kind: 'client-streaming' }).crashed();
    expect(walk.state.app).toMatchObject({ kind: 'paused', by: 'interruption' });
    expect(walk.effects).toContainEqual({ kind: 'clear-timer', timer: 'count-down' });
    expect(walk.kinds).not.toContain('pause-app');
  });

  it("keeps a pause of the user's that failed the user's own", () => {
    const walk = new Walk().streaming().do({ kind: 'pause-wanted' });
    const failed = { kind: 'host-unreachable', message: 'no answer', advice: '' } as const;
    walk.do({ kind: 'app-order-failed', op: walk.op, failure: failed }).crashed();
    expect(walk.state.app).toMatchObject({ kind: 'pausing', by: 'user' });
  });

  it('leaves an app running that the user let run on, even when the way back needs an answer', () => {
    const walk = new Walk().streaming().crashed();
    walk.do({ kind: 'app-paused', op: walk.op, report }, { kind: 'resume-wanted' });
    walk.do({ kind: 'app-resumed', op: walk.op, report }, { kind: 'gate-opened', why: tell`Network is fit` }, { kind: 'client-ended', end: { kind: 'auth-refused' } });
    expect(walk.state.link.kind).toBe('asking');
    expect(walk.state.app.kind).toBe('running');
  });

  it('leaves an app alone that it cannot manage', () => {
    const walk = new Walk({ kind: 'unmanaged', why: tell`no processes named` }).streaming().crashed();
    expect(walk.kinds).not.toContain('pause-app');
    expect(walk.state.link.kind).toBe('gating');
  });
});

describe('attempts', () => {
  const unreachable: SessionEvent = { kind: 'client-ended', end: { kind: 'host-unreachable' } };

  it('follow each other after 0, 1, 2, 4, 8, 8 s and, after a minute, 30 s', () => {
    const walk = new Walk().streaming().crashed();
    const delays: number[] = [];
    for (let attempt = 2; attempt <= 12; attempt += 1) {
      walk.do({ kind: 'gate-opened', why: tell`Network is fit` }, unreachable);
      const { link } = walk.state;
      if (link.kind !== 'waiting') throw new Error(`expected to wait, not ${link.kind}`);
      delays.push(link.nextAtMs - walk.nowMs);
      walk.later(link.nextAtMs - walk.nowMs).do({ kind: 'timer-fired', timer: 'retry' });
      expect(walk.state.link).toMatchObject({ kind: 'gating', attempt });
    }
    expect(delays.slice(0, 5)).toEqual([1_000, 2_000, 4_000, 8_000, 8_000]);
    expect(delays.at(-1)).toBe(30_000);
  });

  it('go on at once when the host is seen again', () => {
    const walk = new Walk().streaming().crashed().do({ kind: 'gate-opened', why: tell`Network is fit` }, unreachable, { kind: 'host-seen' });
    expect(walk.state.link.kind).toBe('gating');
  });

  it('go on at once when the user says so', () => {
    const walk = new Walk().streaming().crashed().do({ kind: 'gate-opened', why: tell`Network is fit` }, unreachable, { kind: 'reconnect-wanted' });
    expect(walk.state.link).toMatchObject({ kind: 'reconnecting', attempt: 2 });
  });

  it('keep the interruption that began it all', () => {
    const walk = new Walk().streaming().crashed().do({ kind: 'gate-opened', why: tell`Network is fit` }, unreachable);
    expect(walk.state.link).toMatchObject({ interruption: { kind: 'crash', end: crash } });
  });

  it('end a client that neither streams nor ends, and go on', () => {
    const walk = new Walk().streaming().crashed().do({ kind: 'gate-opened', why: tell`Network is fit` });
    walk.later(30_000).do({ kind: 'timer-fired', timer: 'connect' });
    expect(walk.kinds).toEqual(['stop-client']);
    walk.do({ kind: 'client-ended', end: { kind: 'ended-by-user' } });
    expect(walk.state.link).toMatchObject({ kind: 'waiting', attempt: 2 });
  });

  it('send a failed pause again when the way is open', () => {
    const walk = new Walk().streaming().crashed();
    const failed = { kind: 'host-unreachable', message: 'no answer', advice: '' } as const;
    walk.do({ kind: 'app-order-failed', op: walk.op, failure: failed });
    expect(walk.state.app).toMatchObject({ kind: 'uncertain', wanted: 'paused' });
    walk.do({ kind: 'gate-opened', why: tell`Network is fit` });
    expect(walk.kinds.filter((kind) => kind === 'start-client' || kind === 'pause-app')).toEqual(['start-client', 'pause-app']);
  });
});

describe('the first connection', () => {
  it.each<[ClientEnd, string]>([
    [{ kind: 'auth-refused' }, 'password'],
    [{ kind: 'host-name-unknown' }, 'host-name-unknown'],
    [{ kind: 'certificate-changed' }, 'certificate-changed'],
    [{ kind: 'certificate-unknown', fingerprint: 'aa', subject: 'CN=rig' }, 'trust-certificate'],
    [{ kind: 'client-misused', detail: '/bad' }, 'client-failed'],
    [{ kind: 'unexpected', exitCode: 255 }, 'client-failed'],
  ])('asks instead of looping: %j', (end, question) => {
    const walk = new Walk().do({ kind: 'launched' }, { kind: 'client-ended', end });
    expect(walk.state.link).toMatchObject({ kind: 'asking', question: { kind: question } });
    expect(walk.kinds).not.toContain('pause-app');
    expect(walk.kinds).not.toContain('set-timer');
  });

  it('waits for a host that is not up yet, without touching the app', () => {
    const walk = new Walk().do({ kind: 'launched' }, { kind: 'client-ended', end: { kind: 'host-unreachable' } });
    expect(walk.state.link.kind).toBe('gating');
    expect(walk.state.app.kind).toBe('running');
  });
});

describe('what the user wants', () => {
  it('stop ends the client first and the session then', () => {
    const walk = new Walk().streaming().do({ kind: 'stop-wanted' });
    expect(walk.state.link.kind).toBe('stopping');
    expect(walk.kinds).toContain('stop-client');
    walk.do({ kind: 'client-ended', end: crash });
    expect(walk.state.link).toMatchObject({ kind: 'ended', reason: 'stopped' });
    expect(walk.kinds).not.toContain('pause-app');
  });

  it('stop while waiting ends at once and keeps the app paused', () => {
    const walk = new Walk().streaming().crashed();
    walk.do({ kind: 'app-paused', op: walk.op, report }, { kind: 'stop-wanted' });
    expect(walk.state.link.kind).toBe('ended');
    expect(walk.state.app.kind).toBe('paused');
  });

  it('closing the client window is no crash', () => {
    const walk = new Walk().streaming().do({ kind: 'client-ended', end: { kind: 'ended-by-user' } });
    expect(walk.state.link).toMatchObject({ kind: 'ended', reason: 'closed' });
    expect(walk.kinds).not.toContain('pause-app');
  });

  it("a pause by hand outlives a crash and is only lifted by hand", () => {
    const walk = new Walk().streaming().do({ kind: 'pause-wanted' });
    walk.do({ kind: 'app-paused', op: walk.op, report }).crashed().do({ kind: 'gate-opened', why: tell`Network is fit` }, { kind: 'client-streaming' });
    expect(walk.state.app).toMatchObject({ kind: 'paused', by: 'user' });
    walk.do({ kind: 'resume-wanted' });
    expect(walk.kinds).toContain('resume-app');
  });

  it('stay paused stops the count-down', () => {
    const walk = new Walk().streaming().crashed();
    walk.do({ kind: 'app-paused', op: walk.op, report }, { kind: 'gate-opened', why: tell`Network is fit` }, { kind: 'client-streaming' });
    walk.do({ kind: 'stay-paused-wanted' }, { kind: 'timer-fired', timer: 'count-down' });
    expect(walk.state.app).toMatchObject({ kind: 'paused', by: 'user' });
  });

  it('an answer to an overtaken order changes nothing', () => {
    const walk = new Walk().streaming().do({ kind: 'pause-wanted' });
    const overtaken = walk.op;
    walk.do({ kind: 'resume-wanted' }, { kind: 'app-paused', op: overtaken, report });
    expect(walk.state.app.kind).toBe('resuming');
    const resume = walk.op;
    walk.do({ kind: 'pause-wanted' }, { kind: 'resume-wanted' }, { kind: 'app-resumed', op: resume, report });
    expect(walk.state.app.kind).toBe('resuming');
  });

  it('reconnect now stops the count-down: the app runs on with the next picture, not before', () => {
    const walk = new Walk().streaming().crashed();
    walk.do({ kind: 'app-paused', op: walk.op, report }, { kind: 'gate-opened', why: tell`Network is fit` }, { kind: 'client-streaming' });
    walk.do({ kind: 'reconnect-wanted' });
    expect(walk.state.app).toMatchObject({ kind: 'paused', by: 'interruption' });
    expect(walk.effects).toContainEqual({ kind: 'clear-timer', timer: 'count-down' });
    walk.do({ kind: 'client-ended', end: { kind: 'ended-by-user' } }, { kind: 'client-streaming' });
    expect(walk.state.app.kind).toBe('counting-down');
    expect(walk.effects).toContainEqual({ kind: 'mark', mark: 'reconnected', text: 'Streaming again' });
  });

  it('a pause that is verified while the client is replaced starts no count-down', () => {
    const walk = new Walk().streaming().crashed();
    const { op } = walk;
    walk.do({ kind: 'gate-opened', why: tell`Network is fit` }, { kind: 'client-streaming' }, { kind: 'reconnect-wanted' }, { kind: 'app-paused', op, report });
    expect(walk.state.app).toMatchObject({ kind: 'paused', by: 'interruption' });
  });

  it('reconnect now with a client that cannot be started leaves no app running unseen', () => {
    const walk = new Walk().streaming().do({ kind: 'reconnect-wanted' }, { kind: 'client-ended', end: { kind: 'ended-by-user' } });
    walk.do({ kind: 'client-not-started', question: { kind: 'password', reason: 'missing' } });
    expect(walk.kinds).toContain('pause-app');
  });

  it('a resume that could not be delivered is sent again once the key of the host is trusted', () => {
    const walk = new Walk().streaming().do({ kind: 'pause-wanted' });
    walk.do({ kind: 'app-paused', op: walk.op, report }, { kind: 'resume-wanted' });
    const failed = { kind: 'host-key-unknown', message: 'unknown key', advice: '' } as const;
    walk.do({ kind: 'app-order-failed', op: walk.op, failure: failed }, { kind: 'host-key-trusted' });
    expect(walk.kinds).toContain('resume-app');
  });

  it('reconnect now while streaming replaces the client and never has two', () => {
    const walk = new Walk().streaming().do({ kind: 'reconnect-wanted' });
    expect(walk.kinds).toEqual(['stop-client']);
    walk.do({ kind: 'reconnect-wanted' });
    expect(walk.effects).toEqual([]);
    walk.do({ kind: 'client-ended', end: { kind: 'ended-by-user' } });
    expect(walk.kinds).toContain('start-client');
  });
});

describe('a stream that stands still', () => {
  const stalled: SessionEvent = { kind: 'stream-stalled', what: 'network' };

  it('has its app paused at once, and its client is left alone for a moment', () => {
    const walk = new Walk().streaming().do(stalled);
    expect(walk.state.link).toMatchObject({ kind: 'stalled', interruption: { kind: 'stall', end: { kind: 'stalled', what: 'network' } } });
    expect(walk.state.app.kind).toBe('pausing');
    expect(walk.effects).toContainEqual({ kind: 'set-timer', timer: 'stall', delayMs: 3_500 });
    expect(walk.kinds).not.toContain('stop-client');
  });

  it('that flows again counts down as after a reconnect', () => {
    const walk = new Walk().streaming().do(stalled).do({ kind: 'app-paused', op: 1, report }, { kind: 'stream-flows' });
    expect(walk.state).toMatchObject({ link: { kind: 'streaming' }, app: { kind: 'counting-down' } });
    expect(walk.effects).toContainEqual({ kind: 'clear-timer', timer: 'stall' });
  });

  it.each([
    ['picture', 4_000],
    ['client', 5_000],
  ] as const)('for want of %s is given up after %i ms: the client is ended and the session comes back', (what, delayMs) => {
    const walk = new Walk().streaming().do({ kind: 'stream-stalled', what });
    expect(walk.effects).toContainEqual({ kind: 'set-timer', timer: 'stall', delayMs });
    walk.do({ kind: 'timer-fired', timer: 'stall' });
    expect(walk.kinds).toContain('stop-client');
    expect(walk.state.link).toMatchObject({ kind: 'gating', attempt: 1, interruption: { kind: 'stall' } });
    walk.do({ kind: 'client-ended', end: crash }, { kind: 'gate-opened', why: tell`Network is fit` });
    expect(walk.state.link).toMatchObject({ kind: 'reconnecting', attempt: 1 });
  });

  it('for want of network keeps its client until the gate opens, so that the host hears it end, and starts no second one beside it', () => {
    const walk = new Walk().streaming().do(stalled, { kind: 'timer-fired', timer: 'stall' });
    expect(walk.state).toMatchObject({ link: { kind: 'gating', attempt: 0, interruption: { kind: 'stall' } }, client: { kind: 'running' } });
    expect(walk.kinds).toEqual(expect.arrayContaining(['watch-gate']));
    expect(walk.kinds).not.toContain('stop-client');
    walk.do({ kind: 'gate-opened', why: tell`Network is fit` });
    expect(walk.kinds).toContain('stop-client');
    expect(walk.kinds).not.toContain('start-client');
    walk.do({ kind: 'client-ended', end: { kind: 'ended-by-user' } });
    expect(walk.kinds).toContain('start-client');
    expect(walk.state.link).toMatchObject({ kind: 'reconnecting', attempt: 1 });
  });

  it('may come back by its old client while its session waits at the gate', () => {
    const walk = new Walk().streaming().do(stalled, { kind: 'timer-fired', timer: 'stall' }, { kind: 'stream-flows' });
    expect(walk.state.link.kind).toBe('streaming');
    expect(walk.effects).toContainEqual({ kind: 'leave-gate' });
  });

  it('whose client gives up at the gate loses no attempt by that', () => {
    const walk = new Walk().streaming().do(stalled, { kind: 'timer-fired', timer: 'stall' }, { kind: 'client-ended', end: { kind: 'connection-lost' } });
    expect(walk.state).toMatchObject({ link: { kind: 'gating', attempt: 1 }, client: { kind: 'none' } });
  });

  it('whose client ends by itself is one interruption, not two', () => {
    const walk = new Walk().streaming().do(stalled).do({ kind: 'client-ended', end: { kind: 'connection-lost' } });
    expect(walk.state.link).toMatchObject({ kind: 'gating', attempt: 1, interruption: { kind: 'stall' } });
    expect(walk.effects.filter(({ kind }) => kind === 'mark')).toEqual([]);
  });

  it('is nothing to a session that shows nothing', () => {
    const walk = new Walk().do({ kind: 'launched' }, stalled);
    expect(walk.state.link.kind).toBe('connecting');
  });
});
