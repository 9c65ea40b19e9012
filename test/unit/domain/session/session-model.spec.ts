// The session machine in thousands of small worlds: whatever happens in whatever order, some things never do.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SessionWorld, type Happening } from './session-world';

const runs = 4_000;

/** What the client, the network and the host do, and what a person does, weighed so that sessions get far. */
const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('client-moves-on', 'client-streams', 'gate-opens', 'order-answered') },
    { weight: 3, arbitrary: fc.constantFrom('client-ends', 'timer-fires', 'app-looked-at', 'look-answered') },
    { weight: 1, arbitrary: fc.constantFrom('host-seen', 'key-trusted', 'time-passes') },
    { weight: 2, arbitrary: fc.constantFrom('reconnect-wanted', 'pause-wanted', 'resume-wanted', 'stay-paused-wanted') },
    { weight: 1, arbitrary: fc.constantFrom('stop-wanted', 'reconnect-wanted') },
  ) as fc.Arbitrary<Happening['kind']>,
  pick: fc.nat(10_000),
});

const world = fc.record({
  managed: fc.boolean(),
  stopped: fc.tuple(fc.boolean(), fc.boolean()),
  countdownS: fc.constantFrom(0, 3),
  happenings: fc.array(happening, { maxLength: 60, size: 'max' }),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

function begin({ managed, stopped, countdownS }: World): SessionWorld {
  return new SessionWorld(managed, stopped, countdownS);
}

/** Lets everything happen and hands the world over after each step. */
function always(check: (world: SessionWorld) => void): void {
  fc.assert(
    fc.property(world, (facts) => {
      const session = begin(facts);
      check(session);
      for (const next of facts.happenings) if (session.happen(next)) check(session);
    }),
    { numRuns: runs },
  );
}

describe('whatever happens', () => {
  it('there are never two clients, and the machine knows whether there is one', () => {
    always(({ state, client, broken }) => {
      expect(broken).toEqual([]);
      expect(state.client.kind !== 'none').toBe(client !== null);
      expect(state.client.kind === 'stopping').toBe(client?.askedToEnd ?? false);
    });
  });

  it('a session that has not ended always has something that moves it on', () => {
    always(({ state, client, timers, gateWatched }) => {
      switch (state.link.kind) {
        case 'connecting':
        case 'reconnecting':
          expect(client).not.toBeNull();
          expect(client?.askedToEnd === true || timers.has('connect')).toBe(true);
          break;
        case 'streaming':
        case 'stopping':
          expect(client).not.toBeNull();
          break;
        case 'waiting':
          expect(timers.has('retry')).toBe(true);
          break;
        case 'gating':
          expect([timers.has('gate'), gateWatched]).toEqual([true, true]);
          break;
        case 'asking':
        case 'ended':
          expect(client).toBeNull();
          break;
      }
    });
  });

  it('no timer and no watch outlives what it was set for', () => {
    always(({ state, client, timers, gateWatched }) => {
      expect(timers.has('retry')).toBe(state.link.kind === 'waiting');
      expect(timers.has('gate')).toBe(state.link.kind === 'gating');
      expect(gateWatched).toBe(state.link.kind === 'gating');
      if (timers.has('connect')) expect(client).not.toBeNull();
      expect(timers.has('count-down')).toBe(state.app.kind === 'counting-down');
    });
  });

  it('an app that an interruption paused does not stay so once there is a picture', () => {
    always(({ state, hasPicture }) => {
      if (hasPicture && state.app.kind === 'paused') expect(state.app.by).toBe('user');
    });
  });

  it('the app is only counted down to run on while there is a picture', () => {
    always(({ state, hasPicture }) => {
      if (state.app.kind === 'counting-down') expect(hasPicture).toBe(true);
    });
  });

  it('an app is only said to be paused when the host has said so', () => {
    always(({ state, stopped }) => {
      if (state.app.kind === 'paused' || state.app.kind === 'counting-down') expect(stopped).toEqual([true, true]);
    });
  });

  it('an app is only said to run when no process of it is known to be stopped', () => {
    always(({ state, stopped, appKnown }) => {
      if (appKnown && state.app.kind === 'running') expect(stopped).toEqual([false, false]);
    });
  });

  it('an app that nobody sees after an interruption does not run on, unless the user lets it', () => {
    always(({ state, userLetRun }) => {
      const { link, app } = state;
      const unseen = link.kind === 'waiting' || link.kind === 'gating' || link.kind === 'reconnecting' || link.kind === 'asking';
      if (!unseen || !state.everStreamed || userLetRun) return;
      expect(['unmanaged', 'pausing', 'paused', 'uncertain']).toContain(app.kind);
    });
  });
});

it('comes back to a running app as soon as everything works again', () => {
  const calm: readonly Happening['kind'][] = ['client-moves-on', 'client-streams', 'gate-opens', 'order-answered'];
  fc.assert(
    fc.property(world, (facts) => {
      const session = begin(facts);
      for (const next of facts.happenings) session.happen(next);
      // 3 is the pick that lets a preparation and an order succeed.
      for (let round = 0; round < 12; round += 1) {
        if (session.client?.askedToEnd) session.happen({ kind: 'client-ends', pick: 0 });
        const { link, app } = session.state;
        for (const kind of calm) session.happen({ kind, pick: 3 });
        if (link.kind === 'waiting' || app.kind === 'counting-down') session.happen({ kind: 'timer-fires', pick: 3 });
      }
      const { link, app } = session.state;
      if (link.kind === 'asking' || link.kind === 'ended') return;
      expect(link.kind).toBe('streaming');
      if (app.kind === 'paused') expect(app.by).toBe('user');
      else if (app.kind === 'uncertain') expect(app.by).toBe('user');
      else expect(['running', 'unmanaged']).toContain(app.kind);
    }),
    { numRuns: runs },
  );
});
