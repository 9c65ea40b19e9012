// What a sleep of this machine does to a session in each of its states: nobody is blamed, and it comes back through the gate.
import { describe, expect, it } from 'vitest';
import { tell } from '../../../../electron/common/told';
import { usualCrashLimits } from '../../../../electron/domain/session/crash-loop';
import { initialState, transition } from '../../../../electron/domain/session/session-machine';
import type { Effect, SessionEvent, SessionState } from '../../../../electron/domain/session/session-events';

const sleptMs = 600_000;

class Sleeper {
  nowMs = 5_000_000;
  effects: readonly Effect[] = [];
  state: SessionState;

  constructor(asksHost = false) {
    const kind = { resumeCountdownS: 3, connectLimitMs: 30_000, asksHost, crashLimits: usualCrashLimits };
    this.state = initialState({ kind: 'running' }, kind, { nowMs: this.nowMs, random01: 0.5 });
    this.do({ kind: 'launched' });
  }

  do(...events: SessionEvent[]): this {
    for (const event of events) ({ state: this.state, effects: this.effects } = transition(this.state, event, { nowMs: this.nowMs, random01: 0.5 }));
    return this;
  }

  /** @param awakeMs between the waking and the moment we are told of it */
  wakes(awakeMs = 0, ...before: SessionEvent[]): this {
    this.nowMs += sleptMs;
    this.do(...before);
    this.nowMs += awakeMs;
    return this.do({ kind: 'machine-woke', sleptMs });
  }

  get kinds(): string[] {
    return this.effects.map(({ kind }) => kind);
  }
}

const slept = { kind: 'disconnect', end: { kind: 'slept', forMs: sleptMs } };
const streaming: SessionEvent = { kind: 'client-streaming' };
const lost: SessionEvent = { kind: 'client-ended', end: { kind: 'connection-lost' } };

describe('after a sleep', () => {
  it('a stream is over: its app is paused, its client ends, and the gate is waited for', () => {
    const walk = new Sleeper().do(streaming).wakes();
    expect(walk.state.link).toMatchObject({ kind: 'gating', attempt: 1, interruption: { ...slept, atMs: walk.nowMs } });
    expect(walk.kinds).toEqual(expect.arrayContaining(['pause-app', 'stop-client', 'watch-gate']));
    expect(walk.effects).toContainEqual({ kind: 'mark', mark: 'interrupted', text: 'This machine slept for 10 min' });
    expect(walk.kinds).not.toContain('start-client');
    expect(walk.do({ kind: 'gate-opened', why: tell`` }).kinds).not.toContain('start-client');
    expect(walk.do({ kind: 'client-ended', end: { kind: 'ended-by-user' } }).kinds).toContain('start-client');
  });

  it('a loss or a stall that was noticed before we knew is laid to the sleep', () => {
    const ended = new Sleeper().do(streaming).wakes(900, lost);
    expect(ended.state.link).toMatchObject({ kind: 'gating', interruption: slept });
    const stalled = new Sleeper().do(streaming).wakes(900, { kind: 'stream-stalled', what: 'network' });
    expect(stalled.state.link).toMatchObject({ kind: 'gating', interruption: slept });
  });

  it('what was lost before it stays what it was', () => {
    const walk = new Sleeper().do(streaming, lost).wakes();
    expect(walk.state.link).toMatchObject({ kind: 'gating', interruption: { end: { kind: 'connection-lost' } } });
    expect(walk.kinds).toEqual(expect.arrayContaining(['watch-gate', 'set-timer']));
  });

  it('a wait is over, as the time has passed, and the gate counts its thirty seconds anew', () => {
    const walk = new Sleeper().do(streaming, lost, { kind: 'gate-opened', why: tell`` }, lost);
    expect(walk.state.link.kind).toBe('waiting');
    walk.wakes();
    expect(walk.state.link).toMatchObject({ kind: 'gating', sinceMs: walk.nowMs });
    expect(walk.effects).toContainEqual({ kind: 'set-timer', timer: 'gate', delayMs: 30_000 });
  });

  it('an attempt that was under way is made anew', () => {
    expect(new Sleeper().wakes().kinds).toContain('stop-client');
    const again = new Sleeper().do(streaming, lost, { kind: 'gate-opened', why: tell`` }).wakes();
    expect(again.kinds).toContain('stop-client');
    expect(again.state.link).toMatchObject({ kind: 'waiting', attempt: 2 });
  });

  it('the host is asked what became of the app, where it can be', () => {
    const walk = new Sleeper(true).do(streaming).wakes();
    expect(walk.kinds).toContain('ask-host');
    walk.do({ kind: 'host-told', op: walk.state.hostOp, told: { word: { kind: 'free' }, appId: 7, runningName: null } });
    expect(walk.state.link).toMatchObject({ kind: 'ended', reason: 'host' });
  });

  it('a question, an end and a stop stay what they are', () => {
    for (const events of [
      [{ kind: 'client-ended', end: { kind: 'auth-refused' } }],
      [streaming, { kind: 'client-ended', end: { kind: 'ended-by-user' } }],
      [streaming, { kind: 'stop-wanted' }],
    ] satisfies SessionEvent[][]) {
      const walk = new Sleeper().do(...events);
      const { state } = walk;
      expect(walk.wakes().state).toBe(state);
    }
  });

  it('a clock that was set back lets nobody wait for long', () => {
    const walk = new Sleeper(true).do(streaming, lost);
    walk.nowMs += 1_000;
    walk.do({ kind: 'host-told', op: walk.state.hostOp, told: { word: { kind: 'busy', appId: 7 }, appId: 7, runningName: null } });
    walk.do({ kind: 'gate-opened', why: tell`` }, { kind: 'client-ended', end: { kind: 'launch-refused', reason: 'stream-limit', code: null, message: '' } });
    walk.nowMs -= 3_600_000;
    walk.do({ kind: 'host-told', op: walk.state.hostOp, told: { word: { kind: 'busy', appId: 7 }, appId: 7, runningName: null } });
    expect(walk.state.link.kind).toBe('waiting');
    const delays = walk.effects.flatMap((effect) => (effect.kind === 'set-timer' ? [effect.delayMs] : []));
    expect(delays).toEqual([10_000]);
  });
});
