// What the machines' own counters say once a second: innocent load of its own, the stream, and what a fault adds.
import type { TraceSource, TraceTelemetry } from '../../../electron/common/trace';
import { isIn, type Draw } from './draw';
import type { Reading, ReadingField, Story } from './story';
import type { World } from './world';

const percents = ['psiCpu', 'psiIo', 'psiMemory', 'stealPct'] as const;
const rates = ['rxBps', 'txBps'] as const;
const counters = ['rxDrops', 'txDrops', 'udpRcvErrors'] as const;

export const readingFields: readonly ReadingField[] = [...percents, ...rates, 'linkUp', ...counters];

/** Percentages are averages over ten seconds, or of the second itself. */
export interface ReaderHabits {
  readonly averages: boolean;
  readonly absent: ReadonlySet<string>;
}

export function measureMachine(source: TraceSource, world: World, story: Story, { averages, absent }: ReaderHabits, draw: Draw): TraceTelemetry[] {
  const readings = story.readings.filter((reading) => reading.source === source);
  const blind = story.blind.filter((gap) => gap.source === source);
  const restarts = story.restarts.filter((restart) => restart.source === source).map(({ tMs }) => tMs);
  const levels = new Map(percents.map((field) => [field, usualPercent(field, source, world, draw)]));
  const bursts = innocentBursts(world.durationMs, draw);
  const otherBps = draw.byRatio(5e4, source === 'vmhost' ? 6e7 : 6e6);
  const perSecond = new Map(counters.map((field) => [field, draw.chance(0.25) ? draw.byRatio(0.001, 0.08) : 0]));
  const counts = new Map(counters.map((field) => [field, draw.chance(0.5) ? 0 : Math.round(draw.byRatio(1, 200_000))]));
  const averaged = new Map<ReadingField, number>();
  const lines: TraceTelemetry[] = [];
  let lastMs = 0;

  for (let tMs = draw.between(50, 1_000); tMs < world.durationMs; tMs += 1_000 + draw.normal(0, 6)) {
    const now = (field: ReadingField): readonly Reading[] => readings.filter((reading) => reading.field === field && isIn(reading.span, tMs));
    const line: Partial<Record<ReadingField, number | boolean>> = {};
    for (const field of percents) {
      if (field === 'stealPct' && source !== 'host') {
        if (source === 'self' && draw.chance(0.5)) continue;
        line[field] = hundredths(Math.abs(draw.normal(0, 0.02)));
        continue;
      }
      const level = levels.get(field) ?? 0;
      const innocent = bursts.filter(({ span, field: which }) => which === field && isIn(span, tMs)).reduce((sum, { level: more }) => sum + more, 0);
      const raw = changed(Math.min(99, draw.heavyTail(level + innocent, 0.35)), now(field), tMs, draw);
      const before = averaged.get(field) ?? raw;
      const shown = averages && field !== 'stealPct' ? before + (raw - before) * 0.13 : raw;
      averaged.set(field, shown);
      line[field] = hundredths(Math.max(0, Math.min(100, shown)));
    }
    for (const field of rates) line[field] = Math.round(Math.max(0, changed(usualRate(field, source, world, story, tMs, draw) + draw.heavyTail(otherBps, 0.5), now(field), tMs, draw)));
    line['linkUp'] = !now('linkUp').some(({ how }) => how === 'off');
    for (const field of counters) {
      if (restarts.some((restart) => restart > lastMs && restart <= tMs)) counts.set(field, 0);
      const wanted = changed(perSecond.get(field) ?? 0, now(field), tMs, draw);
      const count = (counts.get(field) ?? 0) + Math.floor(wanted) + (draw.chance(wanted % 1) ? 1 : 0);
      counts.set(field, count);
      line[field] = count;
    }
    lastMs = tMs;
    if (blind.some(({ span }) => isIn(span, tMs)) || draw.chance(0.004)) continue;
    const kept = Object.fromEntries(Object.entries(line).filter(([field]) => !absent.has(`reading:${source}.${field}`)));
    if (Object.keys(kept).length > 0) lines.push({ kind: 'telemetry', tMs: Math.round(tMs), source, ...kept });
  }
  return lines;
}

function changed(usual: number, readings: readonly Reading[], tMs: number, draw: Draw): number {
  return readings.reduce((value, { how, value: by }) => {
    switch (how) {
      case 'at-least':
        return Math.max(value, by(tMs, draw));
      case 'add':
        return value + by(tMs, draw);
      case 'share':
        return value * by(tMs, draw);
      case 'off':
        return 0;
    }
  }, usual);
}

function usualPercent(field: (typeof percents)[number], source: TraceSource, { virtual }: World, draw: Draw): number {
  switch (field) {
    case 'psiCpu':
      return draw.byRatio(0.05, source === 'self' ? 5 : 8);
    case 'psiIo':
      return draw.byRatio(0.02, 4);
    case 'psiMemory':
      return draw.chance(0.7) ? 0 : draw.byRatio(0.01, 1);
    case 'stealPct':
      return virtual ? draw.byRatio(0.02, 1.5) : 0;
  }
}

/** A machine in use: updates, thumbnails, a compile job; nothing that anybody feels. */
function innocentBursts(durationMs: number, draw: Draw): readonly { readonly field: ReadingField; readonly span: { fromMs: number; toMs: number }; readonly level: number }[] {
  return Array.from({ length: draw.whole(0, 4) }, () => {
    const fromMs = draw.between(0, durationMs);
    const span = { fromMs, toMs: fromMs + draw.byRatio(2_000, 40_000) };
    return draw.chance(0.6) ? { field: 'psiCpu' as const, span, level: draw.between(1, 9) } : { field: 'psiIo' as const, span, level: draw.between(1, 14) };
  });
}

function usualRate(field: (typeof rates)[number], source: TraceSource, { bitrateBps }: World, { stream }: Story, tMs: number, draw: Draw): number {
  const side = source === 'self' ? 'self' : 'host';
  const share = stream.filter((piece) => piece.side === side && isIn(piece.span, tMs)).reduce((least, piece) => Math.min(least, piece.share), 1);
  const isVideo = field === (side === 'self' ? 'rxBps' : 'txBps');
  // Input, acknowledgements and pings go the other way.
  const fullBps = isVideo ? bitrateBps * 1.1 : 3e5 + bitrateBps * 0.006;
  return Math.max(0, fullBps * share * draw.normal(1, 0.08));
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
