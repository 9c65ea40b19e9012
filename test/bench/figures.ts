// Sums up measured durations: smallest, median, 95th percentile, largest.
import { nearestRank } from '../../electron/common/latency-statistics';

/** Milliseconds, to a hundredth. */
export interface Figure {
  readonly count: number;
  readonly minMs: number;
  readonly medianMs: number;
  /** Nearest rank: one of the measured values. */
  readonly p95Ms: number;
  readonly maxMs: number;
}

/** @throws when nothing was measured: a figure of nothing would pass every goal */
export function figureOf(durationsMs: readonly number[]): Figure {
  const sorted = Float64Array.from(durationsMs).sort();
  const rank = (percent: number): number => {
    const value = nearestRank(sorted, percent);
    if (value === null || !Number.isFinite(value)) throw new Error('nothing was measured');
    return hundredths(value);
  };
  return {
    count: sorted.length,
    minMs: hundredths(sorted[0] ?? Number.NaN),
    medianMs: rank(50),
    p95Ms: rank(95),
    maxMs: rank(100),
  };
}

export function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
