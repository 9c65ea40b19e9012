// Faults of the machine that shows the stream: its client dies, its processor is taken, its sockets overflow.
import type { TraceClient } from '../../../../electron/common/trace';
import { again, afterEnd, lossyFate } from '../client-fate';
import { event, says, stall } from '../client-log';
import { ramp, type Draw, type Span } from '../draw';
import { both, emptyStory, type Effect, type Fault, type Reading } from '../story';
import { isMoonlight, type World } from '../world';
import { hostLine, maybeBackup } from './surroundings';

export const clientCrash: Fault = {
  wish: () => ({}),
  happen: (world, draw) => {
    const atMs = draw.between(world.durationMs * 0.15, world.durationMs * 0.92);
    const crash = {
      ...emptyStory,
      client: [...lastWords(world, atMs, draw), deathOf(world, atMs, draw), ...again(world, atMs, draw)],
      stream: afterEnd(world, atMs, atMs, draw),
      host: [hostLine(world, 0, 'busy', draw), ...(draw.chance(0.6) ? [hostLine(world, atMs + draw.between(300, 6_000), 'busy', draw)] : [])],
      needs: [['probe:gateway', 'probe:host']],
    };
    const hiccup: Effect[] = draw.chance(0.25) ? [{ part: 'client-link', span: around(draw.between(0, world.durationMs), 700), delayMs: (_tMs, by) => by.heavyTail(25, 0.6) }] : [];
    return both({ ...crash, effects: hiccup }, maybeBackup(world, draw, 0.4));
  },
};

function around(tMs: number, lengthMs: number): Span {
  return { fromMs: tMs, toMs: tMs + lengthMs };
}

function lastWords(world: World, atMs: number, draw: Draw): TraceClient[] {
  if (draw.chance(0.4)) return [];
  const texts: Readonly<Record<World['client'], readonly string[]>> = {
    'moonlight-qt': ['FFmpeg: [hevc @ 0x55d1] Could not find ref with POC 23', 'vaSyncSurface() failed: invalid VASurfaceID', 'Failed to submit decode unit: -22', 'libva error: vaGetDriverNameByIndex() failed', 'malloc(): unaligned tcache chunk detected', 'Renderer lost: D3D11 device removed'],
    'moonlight-embedded': ['free(): invalid pointer', 'moonlight: ../nptl/pthread_mutex_lock.c:94: Assertion `mutex->__data.__owner == 0\' failed.', '[h264 @ 0x7f20] error while decoding MB 44 21'],
    freerdp: ['[FATAL][com.winpr.utils.debug] - Caught signal \'Segmentation fault\' [11]', '[ERROR][com.winpr.utils.debug] - 3: dli_fname=/usr/lib/libfreerdp2.so.2, saddr=0x7f11'],
    tigervnc: ['Decoder error: Tight: corrupt data', 'std::bad_alloc'],
  };
  return [says(world, atMs - draw.between(2, 400), draw.pick(texts[world.client]))];
}

function deathOf(world: World, atMs: number, draw: Draw): TraceClient {
  const signal = draw.weigh([[8, 'SIGSEGV'], [5, 'SIGABRT'], [1, 'SIGBUS'], [1, 'SIGILL'], [1, 'SIGFPE'], [1, 'SIGTRAP']] as const);
  if (world.client === 'moonlight-qt' && draw.chance(0.15)) return event(atMs, 'exit', { code: draw.pick([0xc0000005, -1073741819, 0xc0000409]) });
  return event(atMs, 'exit', { signal, ...(draw.chance(0.3) ? { code: null } : {}) });
}

export const clientMachineBusy: Fault = {
  wish: () => ({}),
  happen: (world, draw) => {
    const spans = draw.troubles(world.durationMs, { shortestMs: 8_000, longestMs: 90_000, most: 3 });
    const force = draw.between(0.25, 1);
    const kind = draw.weigh([[6, 'psiCpu'], [2, 'psiIo'], [2, 'psiMemory']] as const);
    const edgeMs = draw.byRatio(200, 10_000);
    const effects = spans.flatMap((span): Effect[] => [
      { part: 'client', span, delayMs: (tMs, by) => ramp(span, tMs, edgeMs) * by.heavyTail(0.6 + 5 * force, 0.9) },
      ...stands(span, draw, { everyMs: 6_000 - 5_200 * force, medianMs: 40 + 180 * force }).map((still): Effect => ({ part: 'client', span: still, holds: true })),
    ]);
    const readings = spans.flatMap((span): Reading[] => [
      { source: 'self', field: kind, span, how: 'at-least', value: (tMs, by) => ramp(span, tMs, edgeMs) * by.between(28 + 30 * force, 50 + 48 * force) },
      // What stalls on memory or disks keeps the processor busy as well.
      ...(kind === 'psiCpu' ? [] : [{ source: 'self', field: 'psiCpu', span, how: 'add', value: (_tMs: number, by: Draw) => by.between(2, 20) } as const]),
      ...(draw.chance(0.3) ? [{ source: 'self', field: 'udpRcvErrors', span, how: 'add', value: (_tMs: number, by: Draw) => by.heavyTail(2 + 30 * force, 1) } as const] : []),
    ]);
    const fates = spans.map((span) => lossyFate(world, span, force * draw.between(0.02, 0.3), draw));
    const tooSlow = isMoonlight(world) && draw.chance(0.6) ? spans.map(({ fromMs, toMs }) => says(world, draw.between(fromMs, toMs), 'Video decode unit queue overflow')) : [];
    const stalled = draw.chance(0.3 * force) ? stall(world, spans[0]?.fromMs ?? 0, draw) : [];
    return both(
      { ...emptyStory, effects, readings, client: [...fates.flatMap(({ client }) => client), ...tooSlow, ...stalled], stream: fates.flatMap(({ stream }) => stream), needs: [[`reading:self.${kind}`, 'probe:self'], ['probe:gateway', 'probe:host'], ['probe:peer', 'probe:host', 'probe:vmhost']] },
      maybeBackup(world, draw, 0.15),
    );
  },
};

/** Times at which something gets no processor at all. */
export function stands(span: Span, draw: Draw, { everyMs, medianMs }: { everyMs: number; medianMs: number }): Span[] {
  const stills: Span[] = [];
  for (let tMs = span.fromMs + draw.gap(everyMs); tMs < span.toMs; tMs += draw.gap(everyMs)) {
    const still = { fromMs: tMs, toMs: tMs + Math.min(4_000, draw.heavyTail(medianMs, 0.9)) };
    stills.push(still);
    tMs = still.toMs;
  }
  return stills;
}

export const udpBufferOverrun: Fault = {
  wish: () => ({ client: ['moonlight-qt', 'moonlight-qt', 'moonlight-embedded'], leastBitrateBps: 45e6, mostBitrateBps: 300e6 }),
  happen: (world, draw) => {
    const spans = draw.troubles(world.durationMs, { shortestMs: 4_000, longestMs: 120_000, most: 4 });
    const perSecond = draw.byRatio(15, 2_500);
    // About 1400 bytes a packet; a frame lacks more than its parity once several of its packets are gone.
    const frameLoss = Math.min(0.6, (perSecond / (world.bitrateBps / 11_200)) * draw.between(1.2, 3));
    const fates = spans.map((span) => lossyFate(world, span, Math.max(0.02, frameLoss), draw));
    const readings = spans.map((span): Reading => ({ source: 'self', field: 'udpRcvErrors', span, how: 'add', value: (_tMs, by) => (by.chance(0.85) ? by.heavyTail(perSecond, 0.7) : 0) }));
    return both(
      { ...emptyStory, readings, client: fates.flatMap(({ client }) => client), stream: fates.flatMap(({ stream }) => stream), needs: [['reading:self.udpRcvErrors'], ['probe:gateway', 'probe:host']] },
      maybeBackup(world, draw, 0.2),
    );
  },
};
