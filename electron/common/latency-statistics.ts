// Puts a window of latency samples into numbers: loss, percentiles and jitter.
import { sampleFlags, type LatencySummary } from './latency';
import type { SampleWindow } from './sample-ring';

export interface WindowStatistics {
  readonly sent: number;
  readonly lost: number;
  /** 0 for an empty window. */
  readonly lossRatio: number;
  /** Of the lost: answered after all. */
  readonly late: number;
  /** Questions answered more than once. */
  readonly duplicates: number;
  /** Questions answered after a younger one. */
  readonly reordered: number;
  /** Of the newest answered sample; null when nothing was answered. */
  readonly lastRttMs: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  /** null below two answers: there is no difference to speak of. */
  readonly jitterMs: number | null;
}

/**
 * The nearest-rank percentile: the smallest value with at least `percent` per cent of all values at or below it
 * (rank ⌈p/100·n⌉), so the result is always one of the values.
 * @param sorted ascending, without NaN
 * @param percent 0 < percent <= 100
 * @returns null when there are no values
 */
export function nearestRank(sorted: Float64Array, percent: number): number | null {
  // The product is rounded first: 0.07 * 100 is 7.000000000000001 and must stay rank 7.
  const rank = Math.ceil(Number(((percent * sorted.length) / 100).toFixed(9)));
  return sorted[Math.max(rank, 1) - 1] ?? null;
}

/**
 * Interarrival jitter, RFC 3550 §6.4.1: J += (|D| - J) / 16 for each pair of consecutive answers. D is the change of the
 * round-trip time, since one clock took both ends of each sample. Lost samples are passed over; order is that of sending.
 * @returns milliseconds; null below two answers
 */
export function interarrivalJitter(rttMs: Float64Array): number | null {
  let previous = Number.NaN;
  let jitterMs: number | null = null;
  for (const rtt of rttMs) {
    if (Number.isNaN(rtt)) continue;
    if (!Number.isNaN(previous)) {
      const before: number = jitterMs ?? 0;
      jitterMs = before + (Math.abs(rtt - previous) - before) / 16;
    }
    previous = rtt;
  }
  return jitterMs;
}

export function windowStatistics({ rttMs, flags }: SampleWindow): WindowStatistics {
  const answered = rttMs.filter((rtt) => !Number.isNaN(rtt));
  const lastRttMs = answered.at(-1) ?? null;
  const sorted = answered.sort();
  const lost = rttMs.length - sorted.length;
  return {
    sent: rttMs.length,
    lost,
    lossRatio: rttMs.length === 0 ? 0 : lost / rttMs.length,
    late: marked(flags, sampleFlags.late),
    duplicates: marked(flags, sampleFlags.duplicate),
    reordered: marked(flags, sampleFlags.reordered),
    lastRttMs,
    p50Ms: nearestRank(sorted, 50),
    p95Ms: nearestRank(sorted, 95),
    p99Ms: nearestRank(sorted, 99),
    jitterMs: interarrivalJitter(rttMs),
  };
}

function marked(flags: Uint8Array | undefined, flag: number): number {
  let count = 0;
  for (const one of flags ?? []) if ((one & flag) !== 0) count += 1;
  return count;
}

/** @param about whose samples these are, and the length of the window in milliseconds */
export function summarise(window: SampleWindow, about: Pick<LatencySummary, 'vantage' | 'probe' | 'windowMs'>): LatencySummary {
  return { ...about, ...windowStatistics(window) };
}
