// Faults between the machines: the router stands still, a link is full, down, in the air, or carries packets on two ways.
import { lossyFate, outageFate } from '../client-fate';
import { event, lossLines, says } from '../client-log';
import { ramp, type Draw, type Span } from '../draw';
import { both, emptyStory, type Effect, type Fault, type Reading } from '../story';
import type { Part } from '../world';
import { goneAndBack, maybeBackup } from './surroundings';

export const routerFreeze: Fault = {
  wish: (draw) => ({ routed: draw.chance(0.7) }),
  happen: (world, draw) => {
    const spans = draw.troubles(world.durationMs, { shortestMs: 900, longestMs: 9_000, most: 5 });
    const lossRatio = draw.chance(0.4) ? 0 : draw.between(0.02, 0.45);
    const effects = spans.flatMap((span): Effect[] => [
      { part: 'router', span, holds: true, lossRatio },
      { part: 'router', span: { fromMs: span.toMs, toMs: span.toMs + 400 }, delayMs: (_tMs, by) => by.heavyTail(8, 0.8) },
    ]);
    const fates = world.routed ? spans.map((span) => outageFate(world, span, draw)) : [];
    return both(
      {
        ...emptyStory,
        effects,
        client: fates.flatMap(({ client }) => client),
        stream: fates.flatMap(({ stream }) => stream),
        host: world.routed ? spans.flatMap((span) => goneAndBack(world, span, draw)) : [],
        // Over the air only somebody else on the same side tells the router from the access point.
        needs: [['probe:gateway'], ['probe:self', 'reading:self.psiCpu'], world.routed ? ['probe:peer', ...(world.wifi ? [] : ['reading:self.linkUp'])] : ['probe:host', 'probe:peer']],
      },
      maybeBackup(world, draw, 0.15),
    );
  },
};

export const nicContention: Fault = {
  wish: () => ({ wifi: false, linkBps: [1e9, 1e9, 1e9, 1e8, 2.5e9], hostLinkBps: [1e9], mostBitrateBps: 60e6 }),
  happen: (world, draw) => {
    const isOurs = world.linkBps <= 1e8 || draw.chance(0.35);
    const source = isOurs ? 'self' : world.virtual ? 'vmhost' : 'host';
    const part: Part = isOurs ? 'client-link' : 'host-link';
    const capacityBps = isOurs ? world.linkBps : world.hostLinkBps;
    const spans = draw.troubles(world.durationMs, { shortestMs: 6_000, longestMs: 120_000, most: 3 });
    const queueMs = draw.byRatio(12, 220);
    const lossRatio = draw.byRatio(0.003, 0.08);
    const dropsPerSecond = draw.byRatio(3, 800);
    const cycleMs = draw.between(1_500, 9_000);
    const edgeMs = draw.byRatio(500, 8_000);
    // A queue that fills and empties as TCP speeds up and backs off.
    const fill = (span: Span, tMs: number): number => ramp(span, tMs, edgeMs) * (0.35 + 0.65 * (((tMs - span.fromMs) % cycleMs) / cycleMs));
    const field = isOurs ? 'rxBps' : draw.chance(0.75) ? 'txBps' : 'rxBps';
    const effects = spans.map((span): Effect => ({ part, span, lossRatio, delayMs: (tMs, by) => fill(span, tMs) * queueMs * by.between(0.6, 1.25) }));
    const use = draw.between(0.9, 0.985);
    const readings = spans.flatMap((span): Reading[] => [
      { source, field, span, how: 'at-least', value: (tMs, by) => capacityBps * use * Math.sqrt(ramp(span, tMs, edgeMs)) * Math.min(1.01, by.normal(1, 0.02)) },
      { source, field: field === 'rxBps' ? 'rxDrops' : 'txDrops', span, how: 'add', value: (_tMs, by) => by.heavyTail(dropsPerSecond, 0.9) },
      { source, field: 'psiIo', span, how: 'add', value: (_tMs, by) => by.between(0, 20) },
      { source, field: 'psiCpu', span, how: 'add', value: (_tMs, by) => by.between(0, 9) },
    ]);
    const fates = spans.map((span) => lossyFate(world, span, Math.min(0.6, lossRatio * draw.between(3, 10)), draw));
    const drops = `reading:${source}.${field === 'rxBps' ? 'rxDrops' : 'txDrops'}`;
    return {
      ...emptyStory,
      effects,
      readings,
      client: fates.flatMap(({ client }) => client),
      stream: fates.flatMap(({ stream }) => stream),
      needs: [capacityBps === world.linkBps ? [`reading:${source}.${field}`] : [drops], [`reading:${source}.${field}`, drops], ['probe:host', 'probe:vmhost'], ['probe:gateway', 'probe:peer', `reading:${source}.${field}`]],
    };
  },
};

export const linkDown: Fault = {
  wish: (draw) => ({ wifi: draw.chance(0.15) }),
  happen: (world, draw) => {
    const isOurs = !world.wifi && draw.chance(0.7);
    const source = isOurs ? 'self' : world.virtual && draw.chance(0.5) ? 'vmhost' : 'host';
    const spans = draw.troubles(world.durationMs, { shortestMs: 1_800, longestMs: 45_000, most: 3 });
    const part: Part = isOurs ? 'client-link' : 'host-link';
    const effects = spans.flatMap(({ fromMs, toMs }): Effect[] => [
      { part, span: { fromMs, toMs: toMs - 500 }, lossRatio: 1 },
      // The neighbour is looked for anew; who asks meanwhile waits.
      { part, span: { fromMs: toMs - 500, toMs: toMs + draw.between(0, 200) }, holds: true },
    ]);
    const readings = spans.flatMap((span): Reading[] => [
      { source, field: 'linkUp', span, how: 'off', value: () => 0 },
      { source, field: 'rxBps', span, how: 'share', value: () => 0 },
      { source, field: 'txBps', span, how: 'share', value: () => 0 },
    ]);
    const fates = spans.map((span) => {
      const isKilled = isOurs && (world.client === 'moonlight-qt' || world.client === 'moonlight-embedded') && draw.chance(0.4);
      if (!isKilled) return outageFate(world, span, draw);
      // The kernel says at once that there is no way: any error in sending ends the session.
      const code = draw.pick([101, 101, 100, 99]);
      const atMs = span.fromMs + draw.between(20, 250);
      return { client: [says(world, atMs, `Control stream connection failed: ${code}`), event(atMs + 3, 'terminated', { code }), event(atMs + draw.between(50, 600), 'exit', { signal: 'SIGTERM' })], stream: [{ side: 'self' as const, span: { fromMs: span.fromMs, toMs: world.durationMs }, share: 0 }] };
    });
    // A cut-off machine's readings wait in the connection and come when it is back, except those that it dropped.
    const blind = isOurs ? spans.flatMap((span) => (['host', 'vmhost'] as const).map((who) => ({ source: who, span }))) : [];
    return both(
      {
        ...emptyStory,
        effects,
        readings,
        blind,
        client: fates.flatMap(({ client }) => client),
        stream: fates.flatMap(({ stream }) => stream),
        host: spans.flatMap((span) => goneAndBack(world, span, draw)),
        needs: [isOurs && draw.chance(0.15) ? [`reading:${source}.rxBps`] : [`reading:${source}.linkUp`], ['probe:host', 'probe:port'], ...(isOurs ? [['probe:gateway', 'probe:peer'], ['probe:self', 'reading:self.psiCpu']] : [])],
      },
      maybeBackup(world, draw, 0.1),
    );
  },
};

export const wifiTrouble: Fault = {
  wish: () => ({ wifi: true }),
  happen: (world, draw) => {
    const shape = draw.pick(['weak', 'scan', 'roam'] as const);
    const spans = shape === 'weak' ? draw.troubles(world.durationMs, { shortestMs: 5_000, longestMs: 100_000, most: 4 }) : shortTimes(world.durationMs, shape, draw);
    const lossRatio = shape === 'weak' ? draw.between(0.02, 0.3) : draw.between(0, 0.2);
    const medianMs = draw.byRatio(25, 140);
    const effects = spans.flatMap((span): Effect[] => [
      { part: 'client-link', span, lossRatio: shape === 'roam' ? draw.between(0.6, 1) : lossRatio, delayMs: (tMs, by) => ramp(span, tMs, shape === 'weak' ? 4_000 : 50) * by.heavyTail(medianMs, 0.8) },
      ...(shape === 'roam' ? [{ part: 'client-link', span: { fromMs: span.toMs, toMs: span.toMs + draw.between(500, 4_000) }, delayMs: (_tMs: number, by: Draw) => by.heavyTail(30, 0.8) } as const] : []),
    ]);
    const fates = spans.map((span) => lossyFate(world, span, Math.min(0.7, 0.05 + lossRatio * draw.between(0.8, 2)), draw));
    return both(
      {
        ...emptyStory,
        effects,
        readings: spans.map((span): Reading => ({ source: 'self', field: 'rxBps', span, how: 'share', value: (_tMs, by) => by.between(0.4, 1) })),
        client: fates.flatMap(({ client }) => client),
        stream: fates.flatMap(({ stream }) => stream),
        needs: [['probe:gateway', 'probe:peer'], ['probe:host', 'probe:vmhost'], ['probe:self', 'reading:self.psiCpu']],
        needsWifi: true,
      },
      maybeBackup(world, draw, 0.25),
    );
  },
};

/** Looking for other access points comes every so often; moving to one now and then. */
function shortTimes(durationMs: number, shape: 'scan' | 'roam', draw: Draw): Span[] {
  const everyMs = shape === 'scan' ? draw.byRatio(6_000, 60_000) : durationMs / draw.whole(1, 3);
  const spans: Span[] = [];
  for (let fromMs = everyMs * draw.between(0.3, 0.9); fromMs < durationMs - 3_000; fromMs += everyMs * draw.between(0.75, 1.25)) {
    spans.push({ fromMs, toMs: fromMs + (shape === 'scan' ? draw.between(300, 2_500) : draw.byRatio(400, 5_000)) });
  }
  return spans;
}

export const packetReordering: Fault = {
  wish: () => ({ client: ['moonlight-qt', 'moonlight-qt', 'moonlight-embedded'], wifi: false }),
  happen: (world, draw) => {
    const spans = draw.troubles(world.durationMs, { shortestMs: 15_000, longestMs: 180_000, most: 3 });
    const part: Part = draw.chance(0.6) ? 'host-link' : 'client-link';
    const ratio = draw.byRatio(0.03, 0.3);
    // A bond of two links differs by little, two radios or a powerline beside a cable by much.
    const byMs = draw.chance(0.6) ? ([0.05, 4] as const) : ([1, 60] as const);
    // Who asks one question at a time sees nothing of it; then only the client can tell.
    const isMarked = draw.chance(0.88);
    const lines = spans.flatMap((span, number) => {
      const noticed = (!isMarked && number === 0) || draw.chance(0.75) ? [says(world, span.fromMs + draw.between(50, 3_000), draw.chance(0.75) ? 'Leaving speculative RFI mode due to OOS packets' : 'Leaving fast audio recovery mode')] : [];
      return [...noticed, ...(draw.chance(0.8) ? lossLines(world, span, draw.between(0.02, 0.25), draw) : [])];
    });
    return both(
      { ...emptyStory, effects: spans.map((span): Effect => ({ part, span, lossRatio: draw.between(0, 0.004), overtaken: { ratio, byMs, isMarked } })), client: lines, needs: [['probe:host', 'probe:port', 'probe:vmhost']] },
      maybeBackup(world, draw, 0.15),
    );
  },
};
