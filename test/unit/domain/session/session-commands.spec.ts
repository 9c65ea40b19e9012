// A session with its host, its watchdog, a machine that sleeps and an Athena that dies, driven by random commands.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostedWorld, hostHappenings, type HostHappening } from './hosted-world';
import { rules } from './session-rules';
import type { Happening } from './session-world';

type Kind = Happening['kind'] | HostHappening;

const often: readonly Kind[] = ['client-moves-on', 'client-streams', 'gate-opens', 'order-answered', 'host-answers', 'app-looked-at', 'look-answered'];
const sometimes: readonly Kind[] = ['client-ends', 'client-gives-up', 'stream-stalls', 'stream-flows', 'timer-fires', 'host-seen', 'time-passes', 'key-trusted'];
const wanted: readonly Kind[] = ['reconnect-wanted', 'pause-wanted', 'resume-wanted', 'stay-paused-wanted', 'stop-wanted'];

const isOfHost = (kind: Kind): kind is HostHappening => hostHappenings.some((one) => one === kind);

/** Whatever it said before, Athena can't know what a host does that it can't reach, or whose lease it has given back. */
function saysOnlyWhatIsSo(world: HostedWorld): boolean {
  const { link, app } = world.state;
  const saysPaused = app.kind === 'paused' || app.kind === 'counting-down';
  return !saysPaused || world.stopped.every(Boolean) || !world.isWayOpen || !world.appKnown || link.kind === 'stopping' || link.kind === 'ended';
}

/** Those of the app suppose that nobody but Athena touches it. */
const ownRules = Object.entries(rules).filter(([name]) => !name.startsWith('an app is only said') && !name.startsWith('an app that nobody sees'));

class Command implements fc.Command<HostedWorld, HostedWorld> {
  constructor(
    readonly kind: Kind,
    readonly pick: number,
  ) {}

  check(): boolean {
    return true;
  }

  run(_model: HostedWorld, world: HostedWorld): void {
    world.steps += 1;
    if (isOfHost(this.kind)) world.befall(this.kind, this.pick);
    else world.happen({ kind: this.kind, pick: this.pick });
    for (const [name, holds] of ownRules) if (!holds(world)) throw new Error(`broken: ${name} ${world.broken.join()}`);
    if (!saysOnlyWhatIsSo(world)) throw new Error('the app is said to be paused, and is not');
    if (!world.isOwned && world.appKnown) throw new Error('the app stands, and nobody will let it run on or shows it');
  }

  toString(): string {
    return `${this.kind}:${this.pick}`;
  }
}

const commandOf = (kinds: readonly Kind[]): fc.Arbitrary<Command> =>
  fc.tuple(fc.constantFrom(...kinds), fc.nat(10_000)).map(([kind, pick]) => new Command(kind, pick));

const story = fc.commands([commandOf(often), commandOf(often), commandOf(often), commandOf(often), commandOf(sometimes), commandOf(hostHappenings), commandOf(wanted)], {
  maxCommands: 70,
  size: 'max',
});
const setting = fc.record({ managed: fc.boolean(), countdownS: fc.constantFrom(0, 3), asksHost: fc.boolean(), streams: fc.boolean() });

describe('whatever happens to the session, its host, this machine and Athena', () => {
  it('there are never two clients, nor a state without a way out, nor an app that stands and is nobody’s', () => {
    const seen = { streamed: 0, fired: 0, slept: 0, died: 0, steps: 0 };
    fc.assert(
      fc.property(setting, story, ({ managed, countdownS, asksHost, streams }, commands) => {
        const world = new HostedWorld(managed, countdownS, asksHost);
        // 3 is the pick that lets a preparation succeed.
        if (streams) for (const kind of ['client-moves-on', 'client-streams'] as const) world.happen({ kind, pick: 3 });
        fc.modelRun(() => ({ model: world, real: world }), commands);
        if (world.hasStreamed) seen.streamed += 1;
        if (world.watchdog?.isHolding) seen.fired += 1;
        seen.slept += world.befallen.get('machine-sleeps') ?? 0;
        seen.died += world.befallen.get('athena-dies') ?? 0;
        seen.steps += world.steps;
      }),
      { numRuns: 4_000 },
    );
    // Else the rules were hardly put to the test.
    expect(Math.min(seen.slept, seen.died)).toBeGreaterThan(100);
    expect(seen.streamed).toBeGreaterThan(1_000);
    expect(seen.fired).toBeGreaterThan(50);
    expect(seen.steps).toBeGreaterThan(50_000);
  });
});
