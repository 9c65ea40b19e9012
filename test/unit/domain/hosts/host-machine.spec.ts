// What Athena holds a host to be, and that it never stays so for ever.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostTransition, limitMs, nextLook, unknownHost, type HostEvent, type HostState, type HostView } from '../../../../electron/domain/hosts/host-machine';

function after(...events: readonly HostEvent[]): HostView {
  return events.reduce((host, event, index) => hostTransition(host, event, index + 1), unknownHost(0));
}

/** Lets time pass until the state's limit, again and again. */
function withoutNews(host: HostView, steps: number): HostView[] {
  const seen: HostView[] = [];
  let current = host;
  for (let step = 0; step < steps; step++) {
    const limit = limitMs(current.state);
    if (limit === null) break;
    const next = hostTransition(current, { kind: 'limit-reached', sinceMs: current.freshMs }, current.freshMs + limit);
    seen.push(next);
    current = next;
  }
  return seen;
}

const free: HostEvent = { kind: 'answered', appId: null };
const runs7: HostEvent = { kind: 'answered', appId: 7 };
const missed: HostEvent = { kind: 'missed' };

describe('the way of a host', () => {
  const cases: readonly (readonly [string, readonly HostEvent[], HostState['kind']])[] = [
    ['is unknown at first', [], 'unknown'],
    ['answers', [free], 'online'],
    ['runs an app', [runs7], 'busy'],
    ['misses once', [free, missed], 'online'],
    ['misses twice', [free, missed, missed], 'asleep'],
    ['misses, answers, misses', [free, missed, free, missed], 'online'],
    ['was never seen and misses', [missed], 'asleep'],
    ['is announced before it answers', [missed, { kind: 'announced' }], 'booting'],
    ['is announced while it is online', [free, { kind: 'announced' }], 'online'],
    ['is woken', [missed, { kind: 'woken' }], 'booting'],
    ['misses while it boots', [missed, { kind: 'woken' }, missed, missed, missed], 'booting'],
    ['answers after it booted', [missed, { kind: 'woken' }, free], 'online'],
    ['answers a ping', [missed, { kind: 'pinged', alive: true }], 'booting'],
    ['does not answer a ping', [missed, { kind: 'pinged', alive: false }], 'asleep'],
    ['another one answers', [free, { kind: 'answered-as-other', otherId: 'X' }], 'address-in-doubt'],
    ['another one answers, then nobody', [{ kind: 'answered-as-other', otherId: 'X' }, missed], 'asleep'],
    ['another one answers, then itself', [{ kind: 'answered-as-other', otherId: 'X' }, free], 'online'],
    ['shows another certificate', [free, { kind: 'certificate-refused' }], 'certificate-changed'],
    ['is paired again', [{ kind: 'certificate-refused' }, free], 'online'],
    ['shows another certificate, then goes', [{ kind: 'certificate-refused' }, missed, missed], 'asleep'],
    ['somebody wants to see it', [missed, { kind: 'look-wanted' }], 'unknown'],
    ['streams our app', [runs7, { kind: 'stream-began', appId: 7 }], 'busy'],
    ['keeps our app after our stream', [{ kind: 'stream-began', appId: 7 }, runs7, { kind: 'stream-ended' }], 'paused'],
    ['says so later', [{ kind: 'stream-began', appId: 7 }, { kind: 'stream-ended' }, runs7], 'paused'],
    ['runs another app after our stream', [{ kind: 'stream-began', appId: 6 }, { kind: 'stream-ended' }, runs7], 'busy'],
    ['ended our app, somebody started it again', [{ kind: 'stream-began', appId: 7 }, { kind: 'stream-ended' }, free, runs7], 'busy'],
    ['we leave an app and start another', [{ kind: 'stream-began', appId: 8 }, { kind: 'answered', appId: 8 }, { kind: 'stream-ended' }, { kind: 'stream-began', appId: 7 }], 'busy'],
    ['we come back to our app', [{ kind: 'stream-began', appId: 7 }, runs7, { kind: 'stream-ended' }, { kind: 'stream-began', appId: 7 }], 'busy'],
  ];

  it.each(cases)('%s', (_name, events, expected) => {
    expect(after(...events).state.kind).toBe(expected);
  });

  it('keeps the beginning of a state that is only confirmed', () => {
    expect(after(runs7, runs7, missed, runs7).state).toMatchObject({ kind: 'busy', sinceMs: 1, misses: 0 });
    expect(after({ kind: 'certificate-refused' }, { kind: 'certificate-refused' }).state.sinceMs).toBe(1);
  });
});

describe('looking at it', () => {
  it('never connects to one that sleeps: that could wake it', () => {
    expect(nextLook(after(missed))).toEqual({ by: 'ping', afterMs: 15_000 });
    expect(nextLook(after(free)).by).toBe('ask');
    expect(nextLook(after())).toEqual({ by: 'ask', afterMs: 0 });
  });

  it('asks a machine that is awake but without a service now and then, and does not call it booting for ever', () => {
    const booting = after(missed, { kind: 'pinged', alive: true });
    const [vain] = withoutNews(booting, 1);
    if (!vain) throw new Error('booting has no limit');
    expect(vain.state).toMatchObject({ kind: 'asleep', pings: 'in-vain' });
    const asked = hostTransition(vain, { kind: 'pinged', alive: true }, 300_000);
    expect([asked.state.kind, nextLook(asked)]).toEqual(['asleep', { by: 'ask', afterMs: 0 }]);
    const missedAgain = hostTransition(asked, missed, 300_001);
    expect(nextLook(missedAgain).by).toBe('ping');
    expect(hostTransition(asked, free, 300_001).state.kind).toBe('online');
    const slept = hostTransition(missedAgain, { kind: 'pinged', alive: false }, 315_000);
    expect(hostTransition(slept, { kind: 'pinged', alive: true }, 330_000).state.kind).toBe('booting');
  });
});

describe('time limits', () => {
  it('an old limit ends nothing', () => {
    const host = after(missed, { kind: 'woken' });
    expect(hostTransition(host, { kind: 'limit-reached', sinceMs: host.freshMs - 1 }, 999_999)).toBe(host);
    expect(hostTransition(host, { kind: 'limit-reached', sinceMs: host.freshMs }, host.freshMs + 1)).toBe(host);
  });

  const anEvent: fc.Arbitrary<HostEvent> = fc.oneof(
    fc.record({ kind: fc.constant('answered' as const), appId: fc.constantFrom(null, 7, 8) }),
    fc.constantFrom<HostEvent[]>(missed, { kind: 'certificate-refused' }, { kind: 'announced' }, { kind: 'woken' }, { kind: 'look-wanted' }, { kind: 'stream-ended' }),
    fc.record({ kind: fc.constant('answered-as-other' as const), otherId: fc.constantFrom('X', 'Y') }),
    fc.record({ kind: fc.constant('pinged' as const), alive: fc.boolean() }),
    fc.record({ kind: fc.constant('stream-began' as const), appId: fc.constantFrom(7, 8) }),
  );
  const aHost = fc.array(anEvent, { maxLength: 30 }).map((events) => after(...events));

  it('whatever happened: without any news it is asleep in the end', () => {
    fc.assert(
      fc.property(aHost, (host) => {
        const last = withoutNews(host, 5).at(-1) ?? host;
        expect(last.state.kind).toBe('asleep');
      }),
    );
  });

  it('whatever happened: one answer of its own puts it right', () => {
    fc.assert(
      fc.property(aHost, fc.constantFrom(null, 7, 8), (host, appId) => {
        const { state } = hostTransition(host, { kind: 'answered', appId }, 1_000);
        if (appId === null) expect(state).toMatchObject({ kind: 'online', misses: 0 });
        else expect(['busy', 'paused']).toContain(state.kind);
      }),
    );
  });

  it('whatever happened: two misses take an online host offline, one does not', () => {
    fc.assert(
      fc.property(aHost, (host) => {
        const online = hostTransition(host, free, 1_000);
        const once = hostTransition(online, missed, 1_001);
        expect([once.state.kind, hostTransition(once, missed, 1_002).state.kind]).toEqual(['online', 'asleep']);
      }),
    );
  });

  it('whatever happened: paused is said only of the app whose stream we ended', () => {
    fc.assert(
      fc.property(aHost, ({ state, leftAppId, streamedAppId }) => {
        if (state.kind === 'paused') expect([leftAppId, streamedAppId === state.appId]).toEqual([state.appId, false]);
      }),
    );
  });
});
