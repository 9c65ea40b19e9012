// How a stream client takes an outage: survives, gives up after its own patience, or is ended and started anew by Athena.
import type { TraceClient } from '../../../electron/common/trace';
import { event, lossLines, says, stall } from './client-log';
import type { Draw, Span } from './draw';
import type { StreamShare } from './story';
import { isMoonlight, type World } from './world';

export interface Fate {
  readonly client: readonly TraceClient[];
  readonly stream: readonly StreamShare[];
}

/**
 * Nothing gets through either way within `outage`. Sources: ENet's peer limit of 10 s, FreeRDP's TCP_USER_TIMEOUT of 9 s
 * plus what it takes to notice; a VNC viewer never notices.
 */
export function outageFate(world: World, outage: Span, draw: Draw): Fate {
  const lengthMs = outage.toMs - outage.fromMs;
  const gone = [share(world, outage, 0)];
  const stalls = draw.chance(0.75) && lengthMs > 2_000 ? stall(world, outage.fromMs, draw).filter(({ tMs }) => tMs < outage.toMs) : [];
  if (world.client === 'tigervnc') return { client: stalls, stream: gone };
  const patienceMs = world.client === 'freerdp' ? draw.between(9_500, 10_400) : draw.between(10_000, 10_700);
  if (lengthMs < patienceMs) {
    if (!isMoonlight(world) || lengthMs < 150 || outage.toMs >= world.durationMs) return { client: stalls, stream: gone };
    const lost = Math.round((lengthMs / 1_000) * 60);
    const backMs = outage.toMs + draw.between(5, 60);
    const told = draw.chance(0.85) ? [says(world, backMs, `Network dropped ${lost} frames`), says(world, backMs + 3, 'Waiting for IDR frame')] : [];
    const poor = lengthMs > 1_000 ? lossLines(world, { fromMs: backMs - 2_500, toMs: backMs + 900 }, 0.4, draw).filter(({ tMs }) => tMs >= backMs) : [];
    return { client: [...stalls, ...told, ...poor], stream: gone };
  }
  const endMs = outage.fromMs + patienceMs;
  return { client: [...stalls, ...lost(world, endMs, draw), ...again(world, Math.max(outage.toMs, endMs), draw)], stream: [...gone, ...afterEnd(world, endMs, Math.max(outage.toMs, endMs), draw)] };
}

/** The verdict of a client that gave up on a silent host. */
export function lost(world: World, tMs: number, draw: Draw): TraceClient[] {
  if (tMs >= world.durationMs) return [];
  switch (world.client) {
    case 'moonlight-qt':
    case 'moonlight-embedded': {
      const lines = [says(world, tMs, draw.pick(['Control stream received unexpected disconnect event', 'ENet disconnect event pending'])), says(world, tMs + 4, world.client === 'moonlight-qt' ? 'Connection terminated: -1' : 'Connection terminated with error: -1')];
      return [...(draw.chance(0.85) ? lines : []), event(tMs + 5, 'terminated', { code: -1 }), ...endedByAthena(world, tMs + 6, draw)];
    }
    case 'freerdp':
      return [says(world, tMs, '[ERROR][com.freerdp.core.transport] - BIO_read returned a system error 110: Connection timed out'), says(world, tMs + 2, '[INFO][com.freerdp.client.x11] - Network disconnect!'), event(tMs + 60, 'exit', { code: 131 })];
    case 'tigervnc':
      return [says(world, tMs, 'read: Connection timed out (110)'), event(tMs + 30, 'exit', { code: 0 })];
  }
}

/** Moonlight's own box waits for a click: Athena ends it. Told to end by SIGTERM it exits with 0, or by the signal. */
export function endedByAthena(world: World, tMs: number, draw: Draw): TraceClient[] {
  const exitMs = tMs + draw.between(60, 700);
  if (exitMs >= world.durationMs || draw.chance(0.15)) return [];
  const how = draw.weigh<Partial<Pick<TraceClient, 'code' | 'signal'>>>([[4, { signal: 'SIGTERM' }], [2, { signal: 'SIGKILL' }], [3, { code: 0 }], [1, { code: null, signal: 'SIGTERM' }]]);
  const teardown = isMoonlight(world) && how.signal !== 'SIGKILL' && draw.chance(0.5) ? [says(world, tMs + 20, 'Stopping input stream...'), says(world, tMs + 40, 'Cleaning up platform...')] : [];
  return [...teardown, event(exitMs, 'exit', how)];
}

/** Athena starts the client anew, and it gets through. */
export function again(world: World, fromMs: number, draw: Draw): TraceClient[] {
  const tMs = fromMs + draw.between(800, 4_000);
  if (tMs + 2_000 >= world.durationMs || draw.chance(0.35) || !isMoonlight(world)) return [];
  const stages = ['RTSP handshake', 'control stream establishment', 'video stream establishment', 'input stream establishment'];
  return [
    ...stages.map((text, number) => event(tMs + number * draw.between(20, 90), 'stage', { text })),
    says(world, tMs + draw.between(400, 900), `Received first video packet after ${draw.whole(20, 300)} ms`),
  ];
}

/** From the client's end on nothing is received; the host notices some seconds later. */
export function afterEnd(world: World, endMs: number, backMs: number, draw: Draw): StreamShare[] {
  const isBack = draw.chance(0.5);
  const untilMs = isBack ? backMs + draw.between(2_000, 6_000) : world.durationMs;
  return [share(world, { fromMs: endMs, toMs: untilMs }, 0), { side: 'host', span: { fromMs: endMs + draw.between(200, 5_500), toMs: untilMs }, share: 0 }];
}

/** What a span of trouble leaves of the stream at the client. */
export function share(_world: World, span: Span, left: number): StreamShare {
  return { side: 'self', span, share: left };
}

/** Loss of packets: the lines of a client that sees it, and what is left of the stream. */
export function lossyFate(world: World, span: Span, frameLossRatio: number, draw: Draw): Fate {
  return { client: draw.chance(0.85) ? lossLines(world, span, frameLossRatio, draw) : [], stream: [share(world, span, 1 - frameLossRatio * 0.4)] };
}
