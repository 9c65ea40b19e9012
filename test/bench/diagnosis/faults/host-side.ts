// Faults of the machine that serves: its hypervisor, its encoder, its app; it restarts, or goes to sleep.
import type { TraceClient } from '../../../../electron/common/trace';
import { again, afterEnd, endedByAthena, lossyFate, lost, outageFate } from '../client-fate';
import { event, says, stall } from '../client-log';
import { ramp, type Draw, type Span } from '../draw';
import { both, emptyStory, type Effect, type Fault, type Reading, type StreamShare } from '../story';
import { isMoonlight, type World } from '../world';
import { stands } from './client-side';
import { goneAndBack, hostAddress, hostLine, innocentBackup, maybeBackup } from './surroundings';

export const vmHostCpuPressure: Fault = {
  wish: () => ({ virtual: true }),
  happen: (world, draw) => {
    const spans = draw.troubles(world.durationMs, { shortestMs: 10_000, longestMs: 150_000, most: 3 });
    const force = draw.between(0.15, 1);
    const edgeMs = draw.byRatio(500, 20_000);
    const share = draw.between(0.03, 0.3);
    const effects = spans.flatMap((span): Effect[] => [
      { part: 'guest', span, delayMs: (tMs, by) => ramp(span, tMs, edgeMs) * by.heavyTail(1 + 9 * force, 1.2) },
      { part: 'vmhost', span, delayMs: (tMs, by) => ramp(span, tMs, edgeMs) * by.heavyTail((0.4 + 4 * force) * share, 1) },
      { part: 'service', span, delayMs: (tMs, by) => ramp(span, tMs, edgeMs) * by.heavyTail(1 + 8 * force, 1.1) },
      ...stands(span, draw, { everyMs: 5_000 - 4_200 * force, medianMs: 25 + 160 * force }).map((still): Effect => ({ part: 'guest', span: still, holds: true, lossRatio: draw.chance(0.1) ? 0.3 : 0 })),
    ]);
    const readings = spans.flatMap((span): Reading[] => [
      { source: 'vmhost', field: 'psiCpu', span, how: 'at-least', value: (tMs, by) => ramp(span, tMs, edgeMs) * by.between(24 + 25 * force, 38 + 55 * force) },
      { source: 'host', field: 'stealPct', span, how: 'at-least', value: (tMs, by) => ramp(span, tMs, edgeMs) * by.between(5 + 10 * force, 11 + 28 * force) },
      { source: 'host', field: 'psiCpu', span, how: 'add', value: (tMs, by) => ramp(span, tMs, edgeMs) * by.between(0, 8 + 14 * force) },
    ]);
    const fates = spans.map((span) => lossyFate(world, span, force * draw.between(0.02, 0.25), draw));
    const stalled = draw.chance(0.4 * force) ? stall(world, spans[0]?.fromMs ?? 0, draw) : [];
    return both(
      { ...emptyStory, effects, readings, client: [...fates.flatMap(({ client }) => client), ...stalled], stream: fates.flatMap(({ stream }) => stream), needs: [['reading:vmhost.psiCpu', 'reading:host.stealPct'], ['probe:host', 'probe:port'], ['probe:gateway', 'probe:peer', 'probe:vmhost']] },
      draw.chance(0.2) ? innocentBackup(world, draw) : emptyStory,
    );
  },
};

export const hostAppEnded: Fault = {
  wish: () => ({}),
  happen: (world, draw) => {
    const atMs = draw.between(world.durationMs * 0.15, world.durationMs * 0.9);
    const wasCancelled = isMoonlight(world) && draw.chance(0.15);
    const freeMs = atMs + draw.between(100, 6_000);
    const lines = wasCancelled ? lost(world, atMs, draw) : appEndLines(world, atMs, draw);
    return both(
      {
        ...emptyStory,
        client: lines,
        stream: afterEnd(world, atMs, atMs, draw).map((piece): StreamShare => ({ ...piece, span: { ...piece.span, toMs: world.durationMs } })),
        host: [hostLine(world, 0, 'busy', draw), ...(wasCancelled || world.client === 'tigervnc' || draw.chance(0.75) ? [hostLine(world, Math.min(freeMs, world.durationMs - 100), 'free', draw)] : [])],
        needs: [['probe:gateway', 'probe:host']],
      },
      maybeBackup(world, draw, 0.25),
    );
  },
};

function appEndLines(world: World, atMs: number, draw: Draw): TraceClient[] {
  switch (world.client) {
    case 'moonlight-qt':
    case 'moonlight-embedded':
      return [
        ...(draw.chance(0.8) ? [says(world, atMs, 'Server notified termination reason: 0x80030023'), ...(world.client === 'moonlight-embedded' ? [says(world, atMs + 2, 'Connection has been terminated gracefully.')] : [])] : []),
        event(atMs + 4, 'terminated', { code: 0 }),
        ...(draw.chance(0.5) ? [event(atMs + draw.between(80, 900), 'exit', { code: 0 })] : endedByAthena(world, atMs + 5, draw)),
      ];
    case 'freerdp':
      return [says(world, atMs, '[INFO][com.freerdp.core] - ERRINFO_LOGOFF_BY_USER (0x0000000C): The disconnection was initiated by the user logging off their session on the server.'), event(atMs + 90, 'exit', { code: 2 })];
    case 'tigervnc':
      return [says(world, atMs, 'End of stream'), event(atMs + 20, 'exit', { code: 0 })];
  }
}

export const hostEncoderStall: Fault = {
  wish: () => ({ client: ['moonlight-qt', 'moonlight-qt', 'moonlight-embedded'], http: true }),
  happen: (world, draw) => {
    const fromMs = draw.between(world.durationMs * 0.12, world.durationMs * 0.75);
    const isMended = draw.chance(0.5);
    const toMs = isMended ? Math.min(world.durationMs - 2_000, fromMs + draw.byRatio(3_500, 60_000)) : world.durationMs + 60_000;
    const span = { fromMs, toMs };
    const isHung = draw.chance(0.15);
    const left = isHung ? 0 : draw.chance(0.75) ? draw.between(0.003, 0.02) : draw.between(0.05, 0.25);
    const verdict = isHung && toMs - fromMs > 10_000 ? lost(world, fromMs + draw.between(10_000, 10_700), draw) : [];
    const afterwards = isMended && verdict.length === 0 ? [says(world, toMs, `Network dropped ${Math.round(((toMs - fromMs) / 1_000) * 60)} frames`), says(world, toMs + 3, 'Waiting for IDR frame')] : [];
    const waits = draw.chance(0.55) ? Array.from({ length: draw.whole(1, 6) }, (_unused, number) => says(world, fromMs + 100 + number * draw.between(200, 900), draw.pick(['Waiting for IDR frame', 'IDR frame request sent', 'Waiting for IDR frame']))) : [];
    const killed = verdict.length === 0 && !isMended && draw.chance(0.6) ? endedByAthena(world, fromMs + draw.between(6_000, 15_000), draw) : [];
    const load: Reading[] = draw.chance(0.4) ? [{ source: 'host', field: 'psiCpu', span, how: 'add', value: (_tMs, by) => by.between(1, 9) }] : [];
    return both(
      {
        ...emptyStory,
        effects: isHung ? [{ part: 'service', span, lossRatio: 1, only: ['http'] }] : [],
        readings: load,
        stream: [{ side: 'self', span, share: left }, { side: 'host', span, share: left }],
        client: [...stall(world, fromMs, draw), ...waits, ...verdict, ...afterwards.filter(({ tMs }) => tMs < world.durationMs), ...killed],
        host: [hostLine(world, 0, 'busy', draw), ...(isHung ? [] : [hostLine(world, fromMs + draw.between(1_000, 9_000), 'busy', draw)])],
        // A service that hangs shows in its own answers only.
        needs: [isHung ? ['probe:port'] : ['probe:host', 'probe:port'], ['probe:gateway', 'probe:peer', 'probe:vmhost', 'probe:host'], ['reading:self.rxBps', 'reading:host.txBps']],
      },
      maybeBackup(world, draw, 0.2),
    );
  },
};

/** The machine is away for a span, and what stands on it with it. */
function away(world: World, span: Span): Pick<typeof emptyStory, 'effects' | 'blind'> & { readonly stream: readonly StreamShare[] } {
  return { effects: [{ part: 'guest', span, lossRatio: 1 }], blind: [{ source: 'host', span: { fromMs: span.fromMs, toMs: span.toMs + 2_000 } }], stream: [{ side: 'self', span, share: 0 }, { side: 'host', span: { fromMs: span.fromMs, toMs: world.durationMs }, share: 0 }] };
}

export const hostRebooted: Fault = {
  wish: (draw) => ({ atLeastMs: draw.between(110_000, 200_000) }),
  happen: (world, draw) => {
    const fromMs = draw.between(world.durationMs * 0.1, world.durationMs * 0.3);
    const toMs = Math.min(world.durationMs - 15_000, fromMs + draw.between(15_000, 90_000));
    const span = { fromMs, toMs };
    const wasOrderly = draw.chance(0.45);
    const orderlyMs = fromMs - draw.between(400, 6_000);
    const fate = wasOrderly ? { client: appEndLines(world, orderlyMs, draw), stream: afterEnd(world, orderlyMs, world.durationMs, draw) } : outageFate(world, span, draw);
    const startMs = toMs + draw.between(4_000, 12_000);
    const bootedMs = toMs - draw.between(4_000, 14_000);
    const fresh = hostLine(world, startMs, 'free', draw);
    const serviceUp: Effect = { part: 'service', span: { fromMs: toMs, toMs: startMs }, lossRatio: 1 };
    const { effects, blind, stream } = away(world, span);
    const gone = goneAndBack(world, span, draw).filter(({ state }) => state === 'unreachable');
    return {
      ...emptyStory,
      effects: [...effects, serviceUp],
      blind,
      restarts: [{ source: 'host', tMs: toMs }],
      stream: [...stream, ...fate.stream],
      client: fate.client.filter(({ text }) => text === undefined || text === null || !text.includes('first video')),
      host: [hostLine(world, 0, 'busy', draw), ...(wasOrderly && draw.chance(0.3) ? [hostLine(world, orderlyMs + 300, 'free', draw)] : []), ...gone, { ...fresh, uptimeS: Math.round((startMs - bootedMs) / 1_000) }, ...(draw.chance(0.5) && startMs + 10_000 < world.durationMs ? [{ ...hostLine(world, startMs + 10_000, 'free', draw), uptimeS: Math.round((startMs + 10_000 - bootedMs) / 1_000) }] : [])],
      addresses: draw.chance(0.4) ? [hostAddress(world, 0), hostAddress(world, fromMs + 5_000, { mac: null, uniqueId: null, certSha256: null }), hostAddress(world, startMs)] : [],
      needs: [['probe:host', 'probe:port'], ['probe:gateway', 'probe:peer', 'probe:vmhost']],
    };
  },
};

export const hostAsleep: Fault = {
  wish: (draw) => ({ atLeastMs: draw.between(70_000, 150_000), virtual: draw.chance(0.3) }),
  happen: (world, draw) => {
    const fromMs = draw.between(world.durationMs * 0.12, world.durationMs * 0.5);
    const wakes = draw.chance(0.5);
    const toMs = wakes ? Math.min(world.durationMs - 8_000, fromMs + draw.byRatio(18_000, 120_000)) : world.durationMs + 60_000;
    const span = { fromMs, toMs };
    const fate = outageFate(world, span, draw);
    const sleepMs = fromMs + draw.between(1_500, 12_000);
    const { effects, blind, stream } = away(world, span);
    // Sleep keeps the machine's age: it goes on where it was.
    const wakeMs = toMs + draw.between(800, 5_000);
    const unreachable = draw.chance(0.4) ? [hostLine(world, sleepMs - 1_000, 'unreachable', draw)] : [];
    const woken = { ...hostLine(world, wakeMs, 'busy', draw), uptimeS: Math.round(world.uptimeS + wakeMs / 1_000) };
    const before = { ...hostLine(world, 0, 'busy', draw), uptimeS: Math.round(world.uptimeS) };
    return both(
      {
        ...emptyStory,
        effects,
        blind,
        stream: [...stream, ...fate.stream],
        client: fate.client,
        host: [before, ...unreachable, hostLine(world, Math.min(sleepMs, world.durationMs - 200), 'asleep', draw), ...(wakes ? [woken] : [])],
        addresses: draw.chance(0.4) ? [hostAddress(world, 0), hostAddress(world, fromMs + 6_000, { mac: null, uniqueId: null, certSha256: null }), ...(wakes ? [hostAddress(world, wakeMs)] : [])] : [],
        needs: [['probe:host', 'probe:port'], ['probe:gateway', 'probe:peer', 'probe:vmhost']],
      },
      draw.chance(0.1) ? { ...emptyStory, client: again(world, wakeMs, draw).filter(({ tMs }) => wakes && tMs < world.durationMs) } : emptyStory,
    );
  },
};
