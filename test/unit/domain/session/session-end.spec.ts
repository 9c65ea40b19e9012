// What a session does when its client ends and only the host knows what that means.
import { describe, expect, it } from 'vitest';
import type { ClientEnd } from '../../../../electron/common/session';
import { tell } from '../../../../electron/common/told';
import type { HostTold } from '../../../../electron/domain/hosts/ask-host';
import type { HostWord } from '../../../../electron/domain/session/gamestream-verdict';
import type { Effect, SessionEvent, SessionState } from '../../../../electron/domain/session/session-events';
import { usualCrashLimits } from '../../../../electron/domain/session/crash-loop';
import { initialState, transition } from '../../../../electron/domain/session/session-machine';

const lost: ClientEnd = { kind: 'terminated', code: -1 };
const report = { method: 'sigstop', pids: [10, 11], tries: 1, tookMs: 3 } as const;

class Walk {
  nowMs = 1_000_000;
  state: SessionState = initialState({ kind: 'running' }, { resumeCountdownS: 3, connectLimitMs: 165_000, asksHost: true, crashLimits: usualCrashLimits }, this.moment);
  effects: readonly Effect[] = [];

  get moment(): { nowMs: number; random01: number } {
    return { nowMs: this.nowMs, random01: 0.5 };
  }

  do(...events: SessionEvent[]): this {
    for (const event of events) {
      const { state, effects } = transition(this.state, event, this.moment);
      this.state = state;
      this.effects = effects;
    }
    return this;
  }

  streaming(): this {
    return this.do({ kind: 'launched' }, { kind: 'client-streaming' });
  }

  ends(end: ClientEnd): this {
    return this.do({ kind: 'client-ended', end });
  }

  hostSays(word: HostWord, more: Partial<HostTold> = {}): this {
    return this.do({ kind: 'host-told', op: this.state.hostOp, told: { word, appId: 7, runningName: null, ...more } });
  }

  get kinds(): string[] {
    return this.effects.map(({ kind }) => kind);
  }
}

describe('a stream that is lost', () => {
  it('is told and its app paused at once, and the host is asked beside that', () => {
    const walk = new Walk().streaming().ends(lost);
    expect(walk.state.link).toMatchObject({ kind: 'gating', interruption: { kind: 'disconnect', end: lost } });
    expect(walk.state.app.kind).toBe('pausing');
    expect(walk.kinds.filter((kind) => ['mark', 'pause-app', 'ask-host'].includes(kind))).toEqual(['mark', 'pause-app', 'ask-host']);
    expect(walk.kinds).not.toContain('watch-gate');
  });

  it('waits for a fit network once the host says that the app runs on', () => {
    const walk = new Walk().streaming().ends(lost).hostSays({ kind: 'busy', appId: 7 });
    expect(walk.state.link).toMatchObject({ kind: 'gating', attempt: 1 });
    expect(walk.kinds).toContain('watch-gate');
  });

  it('waits just so for a host that says nothing', () => {
    const walk = new Walk().streaming().ends(lost).hostSays({ kind: 'silent' });
    expect(walk.state.link).toMatchObject({ kind: 'gating', attempt: 1, interruption: { kind: 'disconnect' } });
  });

  it('is over when the app has ended meanwhile', () => {
    const walk = new Walk().streaming().ends(lost).hostSays({ kind: 'free' });
    expect(walk.state.link).toMatchObject({ kind: 'ended', reason: 'host' });
    expect(walk.effects).toContainEqual({ kind: 'mark', mark: 'ended', text: 'The app has ended on the host' });
  });

  it.each([
    ['while the pause is under way', []],
    ['after the pause', [{ kind: 'app-paused', op: 1, report }]],
  ] as const)('lets its app run on when it is over %s: nobody else would', (_when, events) => {
    const walk = new Walk().streaming().ends(lost).do(...events).hostSays({ kind: 'free' });
    expect(walk.state.app.kind).toBe('resuming');
    expect(walk.kinds).toContain('resume-app');
  });

  it('leaves a pause that the user made to the user, even when it is over', () => {
    const walk = new Walk().streaming().do({ kind: 'pause-wanted' }, { kind: 'app-paused', op: 1, report }).ends(lost).hostSays({ kind: 'free' });
    expect(walk.state).toMatchObject({ link: { kind: 'ended' }, app: { kind: 'paused', by: 'user' } });
  });

  it('asks when another app runs there by now, and says which', () => {
    const walk = new Walk().streaming().ends(lost).hostSays({ kind: 'busy', appId: 9 }, { runningName: 'Desktop' });
    expect(walk.state.link).toMatchObject({ kind: 'asking', question: { kind: 'other-app', appName: 'Desktop' }, interruption: { end: lost } });
  });

  it('asks to pair when the host does not know Athena any more', () => {
    const walk = new Walk().streaming().ends(lost).hostSays({ kind: 'not-paired' });
    expect(walk.state.link).toMatchObject({ kind: 'asking', question: { kind: 'not-paired' } });
  });

  it('is over at once when the host ended it: nobody needs to be asked', () => {
    const walk = new Walk().streaming().ends({ kind: 'host-ended' });
    expect(walk.state.link).toMatchObject({ kind: 'ended', reason: 'host' });
    expect(walk.kinds).not.toContain('ask-host');
  });

  it('does not listen to an answer that something else has overtaken', () => {
    const walk = new Walk().streaming().ends(lost).do({ kind: 'reconnect-wanted' });
    expect(walk.state.link.kind).toBe('reconnecting');
    expect(walk.hostSays({ kind: 'free' }).state.link.kind).toBe('reconnecting');
  });

  it('can be stopped while the host is asked', () => {
    const walk = new Walk().streaming().ends(lost).do({ kind: 'stop-wanted' });
    expect(walk.state.link).toMatchObject({ kind: 'ended', reason: 'stopped' });
    expect(walk.hostSays({ kind: 'busy', appId: 7 }).state.link.kind).toBe('ended');
  });

  it('needs no second question when the host was asked for the attempt already', () => {
    const told: HostTold = { word: { kind: 'silent' }, appId: 7, runningName: null };
    const walk = new Walk().streaming().ends(lost).hostSays({ kind: 'silent' }).do({ kind: 'gate-opened', why: tell`Network is fit` });
    walk.do({ kind: 'client-ended', end: { kind: 'host-unreachable' }, told });
    expect(walk.state.link).toMatchObject({ kind: 'waiting', attempt: 2 });
    expect(walk.kinds).not.toContain('ask-host');
  });
});

describe('the host’s own traps are waited out', () => {
  const refused: ClientEnd = { kind: 'launch-refused', reason: 'stream-limit', code: null, message: 'limit' };

  it('a host that still holds the dead stream is asked again after five seconds, whatever else happens', () => {
    const walk = new Walk().streaming().ends({ kind: 'crashed', signal: 'SIGKILL' }).hostSays({ kind: 'busy', appId: 7 }).do({ kind: 'gate-opened', why: tell`Network is fit` });
    walk.ends(refused).hostSays({ kind: 'busy', appId: 7 });
    expect(walk.state.link).toMatchObject({ kind: 'waiting', attempt: 2, nextAtMs: walk.nowMs + 5_000 });
    expect(walk.do({ kind: 'host-seen' }).state.link.kind).toBe('waiting');
    walk.nowMs += 5_000;
    expect(walk.do({ kind: 'host-seen' }).state.link.kind).toBe('gating');
  });

  it('a launch without a picture still waits for its stream: the next one comes ten seconds later', () => {
    const walk = new Walk().do({ kind: 'launched' }).ends({ kind: 'terminated', code: -100 });
    expect(walk.state.link).toMatchObject({ kind: 'connecting', stage: 'asking the host' });
    walk.nowMs += 40;
    walk.hostSays({ kind: 'busy', appId: 7 });
    expect(walk.state.link).toMatchObject({ kind: 'waiting', attempt: 1, nextAtMs: walk.nowMs + 9_960 });
  });
});

describe('a client that gives up but stays', () => {
  it('is ended, and everything else goes on at once', () => {
    const walk = new Walk().streaming().do({ kind: 'client-gave-up', end: lost });
    expect(walk.state.app.kind).toBe('pausing');
    expect(walk.kinds).toEqual(expect.arrayContaining(['stop-client', 'pause-app', 'ask-host']));
  });

  it('holds up the next one until it is gone: never two clients', () => {
    const walk = new Walk().streaming().do({ kind: 'client-gave-up', end: lost }).hostSays({ kind: 'busy', appId: 7 });
    walk.do({ kind: 'gate-opened', why: tell`Network is fit` });
    expect(walk.kinds).not.toContain('start-client');
    expect(walk.state.link).toMatchObject({ kind: 'reconnecting', stage: 'ending the old client' });
    walk.ends({ kind: 'ended-by-user' });
    expect(walk.kinds).toContain('start-client');
  });

  it('that is gone before the gate opens is no end of its own', () => {
    const walk = new Walk().streaming().do({ kind: 'client-gave-up', end: lost }).ends(lost);
    expect(walk.state.link.kind).toBe('gating');
    expect(walk.state.hostOp).toBe(1);
    walk.hostSays({ kind: 'busy', appId: 7 }).do({ kind: 'gate-opened', why: tell`Network is fit` });
    expect(walk.kinds).toContain('start-client');
  });

  it('with a verdict that comes back is asked about, and its answer waits for the old client', () => {
    const end: ClientEnd = { kind: 'terminated', code: -103 };
    const walk = new Walk().streaming().do({ kind: 'client-gave-up', end }).hostSays({ kind: 'busy', appId: 7 });
    expect(walk.state.link).toMatchObject({ kind: 'asking', question: { kind: 'client-failed', end } });
    walk.do({ kind: 'reconnect-wanted' });
    expect(walk.kinds).not.toContain('start-client');
    walk.ends(end);
    expect(walk.kinds).toContain('start-client');
  });

  it('says nothing new to a session that is being stopped', () => {
    const walk = new Walk().streaming().do({ kind: 'stop-wanted' }, { kind: 'client-gave-up', end: lost });
    expect(walk.state.link.kind).toBe('stopping');
  });
});

it('a picture that comes back counts down and lets the app run on', () => {
  const walk = new Walk().streaming().ends(lost).do({ kind: 'app-paused', op: 1, report }).hostSays({ kind: 'busy', appId: 7 });
  walk.do({ kind: 'gate-opened', why: tell`Network is fit` }, { kind: 'client-streaming' });
  expect(walk.state).toMatchObject({ link: { kind: 'streaming' }, app: { kind: 'counting-down' }, notBeforeMs: 0 });
});
