// Traces without a cause in the table: nothing wrong at all, or an oddity that none of the causes explains.
import { endedByAthena } from '../client-fate';
import { event, lossLines, says } from '../client-log';
import type { Draw, Span } from '../draw';
import { both, emptyStory, type Effect, type Fault, type Story } from '../story';
import { isMoonlight, type World } from '../world';
import { hostLine, maybeBackup } from './surroundings';

const whole: Span = { fromMs: 0, toMs: 86_400_000 };

/** Watched, or marked by hand: the network is as it always is, and at most the user stops playing. */
export const nothingWrong: Fault = {
  wish: () => ({}),
  happen: (world, draw) => {
    const leaves = draw.chance(0.4);
    const atMs = draw.between(world.durationMs * 0.4, world.durationMs * 0.95);
    const quit = leaves && isMoonlight(world) ? [says(world, atMs, 'Detected quit key combo'), says(world, atMs + 30, 'Quit event received'), says(world, atMs + 50, 'Stopping input stream...'), event(atMs + 400, 'exit', { code: 0 })] : [];
    return both(
      {
        ...emptyStory,
        client: quit,
        stream: quit.length > 0 ? [{ side: 'self', span: { fromMs: atMs, toMs: whole.toMs }, share: 0 }, { side: 'host', span: { fromMs: atMs + 200, toMs: whole.toMs }, share: 0 }] : [],
        host: [hostLine(world, 0, 'busy', draw)],
        needs: [['probe:gateway', 'probe:host']],
      },
      maybeBackup(world, draw, 0.4),
    );
  },
};

type Oddity = (world: World, draw: Draw) => Partial<Story>;

const oddities: readonly Oddity[] = [
  // One spike by itself, whatever it was.
  (_world, draw) => lone('guest', draw.between(20_000, 50_000), 900, (by) => by.between(150, 700)),
  (_world, draw) => lone('router', draw.between(20_000, 50_000), 700, (by) => by.between(60, 400)),
  // A neighbour nobody streams from goes home, or is a slow printer.
  (_world, draw) => ({ effects: [{ part: 'peer', span: { fromMs: draw.between(10_000, 40_000), toMs: whole.toMs }, lossRatio: 1 }], needs: [['probe:peer'], ['probe:host', 'probe:port']] }),
  (_world, draw) => ({ effects: [{ part: 'peer', span: whole, lossRatio: draw.between(0.05, 0.3), delayMs: (_tMs, by) => by.heavyTail(30, 1) }], needs: [['probe:peer'], ['probe:host', 'probe:port']] }),
  // A router that answers only so many echoes, and carries everything: loss that ends there.
  (_world, draw) => ({ effects: [{ part: 'router', span: whole, lossRatio: draw.between(0.1, 0.45) }], needs: [['probe:gateway'], ['probe:host', 'probe:port']] }),
  // A little loss on the way to the host from beginning to end, and nothing else to see.
  (_world, draw) => ({ effects: [{ part: 'host-link', span: whole, lossRatio: draw.between(0.01, 0.05) }], needs: [['probe:host', 'probe:port'], ['probe:gateway', 'probe:peer']] }),
  // The session is told to end out of a clear sky, and the app runs on.
  (world, draw) => outOfClearSky(world, draw),
  // Frames are lost on the way, and nobody saw where.
  (world, draw) => ({ client: lossLines(world, { fromMs: 20_000, toMs: 40_000 }, draw.between(0.02, 0.12), draw), needs: [['reading:self.udpRcvErrors'], ['probe:host', 'probe:port'], ['probe:gateway', 'probe:peer']] }),
  // The service answers slowly, nothing else does, and nobody complains.
  (_world, draw) => ({ effects: [{ part: 'service', span: { fromMs: draw.between(15_000, 40_000), toMs: whole.toMs }, delayMs: (_tMs, by) => by.heavyTail(40, 0.5) }], needs: [['probe:port'], ['probe:host'], ['reading:self.rxBps']] }),
];

export const somethingOdd: Fault = {
  wish: () => ({ wifi: false, routed: false }),
  happen: (world, draw) => both({ ...emptyStory, ...draw.pick(oddities)(world, draw) }, maybeBackup(world, draw, 0.2)),
};

function lone(part: Effect['part'], fromMs: number, lengthMs: number, height: (by: Draw) => number): Partial<Story> {
  return { effects: [{ part, span: { fromMs, toMs: fromMs + lengthMs }, delayMs: (_tMs, by) => height(by) }], needs: [['probe:gateway', 'probe:peer'], ['probe:host']] };
}

function outOfClearSky(world: World, draw: Draw): Partial<Story> {
  const atMs = draw.between(20_000, 50_000);
  const client = isMoonlight(world) ? [event(atMs, 'terminated', { code: -1 }), ...endedByAthena(world, atMs + 2, draw)] : [event(atMs, 'exit', { code: world.client === 'freerdp' ? 131 : 0 })];
  const after: Span = { fromMs: atMs, toMs: whole.toMs };
  return {
    client,
    stream: [{ side: 'self', span: after, share: 0 }, { side: 'host', span: after, share: 0 }],
    host: [hostLine(world, 0, 'busy', draw), hostLine(world, atMs + draw.between(500, 4_000), 'busy', draw)],
    needs: [['probe:host'], ['probe:gateway', 'probe:peer'], ['probe:port']],
  };
}
