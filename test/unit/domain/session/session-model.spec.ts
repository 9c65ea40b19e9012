// The session machine in thousands of small worlds: whatever happens in whatever order, some things never do.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rules } from './session-rules';
import { SessionWorld, type Happening } from './session-world';

const runs = 3_000;

const oneOf = (...kinds: Happening['kind'][]): fc.Arbitrary<Happening['kind']> => fc.constantFrom(...kinds);

/** What the client, the network and the host do, and what a person does, weighed so that sessions get far. */
const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: oneOf('client-moves-on', 'client-streams', 'gate-opens', 'order-answered', 'host-answers') },
    { weight: 3, arbitrary: oneOf('client-ends', 'client-gives-up', 'stream-stalls', 'timer-fires', 'app-looked-at', 'look-answered') },
    { weight: 1, arbitrary: oneOf('host-seen', 'key-trusted', 'time-passes', 'stream-flows') },
    { weight: 2, arbitrary: oneOf('reconnect-wanted', 'pause-wanted', 'resume-wanted', 'stay-paused-wanted') },
    { weight: 1, arbitrary: oneOf('stop-wanted', 'reconnect-wanted') },
  ),
  pick: fc.nat(10_000),
});

const story = fc.record({
  managed: fc.boolean(),
  stopped: fc.tuple(fc.boolean(), fc.boolean()),
  countdownS: fc.constantFrom(0, 3),
  asksHost: fc.boolean(),
  happenings: fc.array(happening, { maxLength: 60, size: 'max' }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

function begin({ managed, stopped, countdownS, asksHost }: Story): SessionWorld {
  return new SessionWorld(managed, stopped, countdownS, asksHost);
}

describe('whatever happens', () => {
  it.each(Object.entries(rules))('%s', (_name, holds) => {
    fc.assert(
      fc.property(story, (facts) => {
        const world = begin(facts);
        return holds(world) && facts.happenings.every((next) => !world.happen(next) || holds(world));
      }),
      { numRuns: runs },
    );
  });
});

it('comes back to a running app as soon as everything works again', () => {
  const calm: readonly Happening['kind'][] = ['client-moves-on', 'client-streams', 'gate-opens', 'order-answered', 'host-answers', 'stream-flows'];
  const cameBack = { times: 0 };
  fc.assert(
    fc.property(story, (facts) => {
      const world = begin(facts);
      for (const next of facts.happenings) world.happen(next);
      for (let round = 0; round < 12; round += 1) {
        if (world.client?.askedToEnd) world.happen({ kind: 'client-ends', pick: 0 });
        const { link, app } = world.state;
        // 3 is the pick that lets a preparation and an order succeed.
        for (const kind of calm) world.happen({ kind, pick: 3 });
        if (link.kind === 'waiting' || app.kind === 'counting-down') world.happen({ kind: 'timer-fires', pick: 3 });
      }
      const { link, app } = world.state;
      if (link.kind === 'asking' || link.kind === 'ended') return true;
      cameBack.times += 1;
      const restsByUser = (app.kind === 'paused' || app.kind === 'uncertain') && app.by === 'user';
      return link.kind === 'streaming' && (app.kind === 'running' || app.kind === 'unmanaged' || restsByUser);
    }),
    { numRuns: runs },
  );
  // Else the rule was hardly put to the test.
  expect(cameBack.times).toBeGreaterThan(runs / 5);
});
