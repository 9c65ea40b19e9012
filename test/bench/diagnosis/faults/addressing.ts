// Faults of who is behind an address, and of what fits through the way to it.
import type { TraceAddress, TraceClient } from '../../../../electron/common/trace';
import { endedByAthena, outageFate } from '../client-fate';
import { event, says } from '../client-log';
import type { Draw, Span } from '../draw';
import { both, emptyStory, type Effect, type Fault } from '../story';
import { hexOf, macOf, type World } from '../world';
import { goneAndBack, hostAddress, hostLine, maybeBackup } from './surroundings';

export const addressStale: Fault = {
  wish: () => ({}),
  happen: (world, draw) => {
    const shape = draw.pick(['moved', 'moved', 'taken', 'names-differ'] as const);
    const fromMs = draw.between(world.durationMs * 0.1, world.durationMs * 0.6);
    const isMended = draw.chance(0.5);
    const toMs = isMended ? Math.min(world.durationMs - 3_000, fromMs + draw.byRatio(12_000, 90_000)) : world.durationMs + 60_000;
    const newIp = otherIp(world, draw);
    const span = { fromMs, toMs };
    const effects: Effect[] = shape === 'taken' ? takenOver(span, draw) : [{ part: 'guest', span, lossRatio: 1 }];
    const fate = outageFate(world, span, draw);
    const retryMs = fromMs + draw.between(11_500, 16_000);
    const refused = draw.chance(0.5) ? [event(retryMs, 'stage', { text: 'name resolution' }), says(world, retryMs + 90, draw.pick(['Connection failed: 113', 'unable to connect to socket: No route to host (113)', 'Request failed: 3', 'connect failed: 111']))].filter(({ tMs }) => tMs < toMs && tMs < world.durationMs) : [];
    return both(
      {
        ...emptyStory,
        effects,
        client: [...fate.client, ...refused],
        stream: [...fate.stream, { side: 'host', span: { fromMs: fromMs + 5_000, toMs }, share: 0 }],
        host: goneAndBack(world, span, draw),
        addresses: addressesOf(world, shape, { span, newIp, isMended }, draw),
        needs: [['probe:host', 'probe:port'], ['probe:gateway', 'probe:peer', 'probe:vmhost']],
      },
      maybeBackup(world, draw, 0.1),
    );
  },
};

function otherIp({ hostIp }: World, draw: Draw): string {
  const [a, b, c, d] = hostIp.split('.');
  return [a, b, c, String(((Number(d) + draw.whole(3, 150)) % 230) + 10)].join('.');
}

function addressesOf(world: World, shape: 'moved' | 'taken' | 'names-differ', { span, newIp, isMended }: { span: Span; newIp: string; isMended: boolean }, draw: Draw): TraceAddress[] {
  const first = hostAddress(world, 0);
  const noticedMs = Math.min(world.durationMs - 500, span.fromMs + draw.between(400, 9_000));
  const mendedMs = isMended ? span.toMs - draw.between(100, 1_500) : null;
  const moved = mendedMs === null ? [] : [hostAddress(world, mendedMs, { ip: newIp })];
  switch (shape) {
    case 'moved':
      // Nobody answers at the old address; the same machine is found under another.
      return [
        first,
        hostAddress(world, noticedMs, { mac: null, uniqueId: null, certSha256: null }),
        ...(moved.length > 0 ? moved : [hostAddress(world, Math.min(world.durationMs - 100, noticedMs + draw.between(500, 8_000)), draw.chance(0.5) ? { ip: newIp } : { name: `${world.hostName.split('.')[0] ?? 'host'}.local`, ip: newIp })]),
      ];
    case 'taken':
      return [first, hostAddress(world, noticedMs, { mac: macOf(draw), ...(draw.chance(0.6) ? { uniqueId: null, certSha256: null } : { uniqueId: hexOf(draw, 16).toUpperCase(), certSha256: hexOf(draw, 64) }) }), ...moved];
    case 'names-differ':
      return [first, hostAddress(world, noticedMs, { ip: newIp, ...(draw.chance(0.5) ? {} : { mac: macOf(draw) }), uniqueId: null, certSha256: null }), ...(mendedMs === null ? [] : [hostAddress(world, mendedMs)])];
  }
}

/** Another machine answers at the address: echoes come from it, the service isn't there. */
function takenOver(span: Span, draw: Draw): Effect[] {
  const isSilent = draw.chance(0.3);
  const moreMs = draw.byRatio(0.3, 6);
  return [
    { part: 'service', span, lossRatio: 1 },
    isSilent ? { part: 'guest', span, lossRatio: 1 } : { part: 'guest', span, delayMs: (_tMs, by) => by.heavyTail(moreMs, 0.4) },
  ];
}

export const duplicateAddress: Fault = {
  wish: () => ({}),
  happen: (world, draw) => {
    const otherMac = macOf(draw);
    const spans: Span[] = [];
    const everyMs = draw.byRatio(5_000, world.durationMs / 4);
    for (let fromMs = draw.between(world.durationMs * 0.08, world.durationMs * 0.3); fromMs < world.durationMs * 0.9; fromMs += everyMs * draw.between(0.6, 1.5)) {
      const previous = spans.at(-1);
      if (previous && fromMs < previous.toMs + 1_500) continue;
      spans.push({ fromMs, toMs: Math.min(world.durationMs * 0.95, fromMs + draw.byRatio(1_500, Math.min(40_000, everyMs))) });
    }
    const moreMs = draw.byRatio(0.4, 8);
    const hidesEchoes = draw.chance(0.2);
    const doubled = draw.chance(0.3) ? draw.between(0.05, 0.4) : 0;
    const effects = spans.flatMap((span): Effect[] => [
      { part: 'service', span, lossRatio: draw.between(0.9, 1) },
      { part: 'guest', span, delayMs: (_tMs, by) => by.heavyTail(moreMs, 0.35), lossRatio: hidesEchoes ? 0.9 : draw.between(0, 0.1), doubled },
    ]);
    const fates = spans.slice(0, 1).map((span) => outageFate(world, span, draw));
    const knows = draw.chance(0.7);
    const addresses = spans.flatMap(({ fromMs, toMs }) => [
      hostAddress(world, fromMs + draw.between(50, 900), { mac: otherMac, ...(knows ? { uniqueId: null, certSha256: null } : {}) }),
      hostAddress(world, toMs + draw.between(50, 900)),
    ]);
    return both(
      {
        ...emptyStory,
        effects,
        client: fates.flatMap(({ client }) => client),
        stream: [...fates.flatMap(({ stream }) => stream), ...spans.map((span) => ({ side: 'self' as const, span, share: 0.05 }))],
        host: spans.slice(0, 2).flatMap((span) => goneAndBack(world, span, draw)),
        addresses: [hostAddress(world, 0), ...addresses],
        needs: [['probe:host', 'probe:port']],
      },
      maybeBackup(world, draw, 0.1),
    );
  },
};

/** Small questions get through, what fills a packet doesn't: at the start, or once a tunnel comes up. */
export const pathMtu: Fault = {
  wish: () => ({ http: true, client: ['moonlight-qt', 'moonlight-qt', 'moonlight-embedded'] }),
  happen: (world, draw) => {
    const isFromStart = draw.chance(0.5);
    const fromMs = isFromStart ? 0 : draw.between(world.durationMs * 0.12, world.durationMs * 0.7);
    const span = { fromMs, toMs: world.durationMs + 60_000 };
    const askedMs = isFromStart ? draw.between(2_000, world.durationMs * 0.5) : fromMs;
    const tunnelMs = draw.chance(0.5) ? 0 : draw.byRatio(0.2, 4);
    const http: Effect = { part: 'service', span, lossRatio: draw.between(0.92, 1), only: ['http'] };
    const detour: Effect[] = tunnelMs > 0 ? [{ part: 'host-link', span, delayMs: (_tMs, by) => by.heavyTail(tunnelMs, 0.2) }] : [];
    // Sound and control fit into small packets and go on.
    const small = draw.between(0.004, 0.02);
    return {
      ...emptyStory,
      effects: [http, ...detour],
      stream: [{ side: 'self', span: isFromStart ? { fromMs: 0, toMs: world.durationMs } : span, share: small }],
      client: tooBig(world, askedMs, isFromStart, draw),
      host: [...(isFromStart ? [] : [hostLine(world, 0, 'busy', draw)]), ...(draw.chance(0.3) ? [hostLine(world, askedMs + draw.between(4_000, 9_000), 'unreachable', draw)] : [])],
      // Only the sender's own figures tell lost video from video that was never sent.
      needs: [['probe:host'], ['probe:port'], ...(isFromStart ? [] : [['reading:host.txBps', 'reading:vmhost.txBps'], ['reading:self.rxBps']])],
    };
  },
};

function tooBig(world: World, askedMs: number, isFromStart: boolean, draw: Draw): TraceClient[] {
  const refused = draw.chance(0.45) ? [says(world, askedMs + draw.between(20, 900), draw.pick(['sendto() failed: 90 (Message too long)', 'Message too long', 'Detected low MTU interface: using packet size 1024']))] : [];
  if (!isFromStart) return [...refused, event(askedMs + draw.between(2_000, 4_500), 'stall'), ...(draw.chance(0.6) ? endedByAthena(world, askedMs + draw.between(5_000, 12_000), draw) : [])];
  const stages = ['name resolution', 'RTSP handshake', 'control stream establishment', 'video stream establishment', 'audio stream establishment'].map((text, number) => event(askedMs + number * 70, 'stage', { text }));
  const endMs = askedMs + draw.between(10_100, 11_000);
  const code = draw.pick([-100, -100, -101]);
  const text = code === -100 ? 'Terminating connection due to lack of video traffic' : 'Terminating connection due to lack of a successful video frame';
  return [...stages, ...refused, says(world, endMs, text), says(world, endMs + 3, world.client === 'moonlight-qt' ? `Connection terminated: ${code}` : `Connection terminated with error: ${code}`), event(endMs + 4, 'terminated', { code }), ...endedByAthena(world, endMs + 5, draw)];
}
