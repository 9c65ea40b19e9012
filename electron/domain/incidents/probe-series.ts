// One target's samples in a trace, cut into seconds: what is usual for it, and how bad each second was.
import type { TraceProbe, TraceSample, TraceTarget } from '../../common/trace';

export interface ProbeSeries {
  readonly target: TraceTarget;
  readonly probe: TraceProbe;
  readonly samples: readonly TraceSample[];
  /** The usual round trip: of the quicker part of all answers, so that a long trouble does not pass for usual. */
  readonly usualMs: number;
  /** From here on an answer counts as bad. */
  readonly badFromMs: number;
  /** For each second since the trace's start the share of bad samples, 0 to 1; NaN: not asked. */
  readonly badness: Float64Array;
  /** The same for lost ones alone. */
  readonly loss: Float64Array;
  /** The worst answered round trip of each second; NaN: none. */
  readonly worstMs: Float64Array;
  readonly lossRatio: number;
  readonly reorderedRatio: number;
  readonly duplicateRatio: number;
  readonly lateCount: number;
}

export const binMs = 1_000;

/** @param bins seconds of the whole trace */
export function probeSeries(target: TraceTarget, probe: TraceProbe, samples: readonly TraceSample[], bins: number): ProbeSeries {
  const answered = samples.flatMap(({ rttMs, late }) => (rttMs === null || late === true ? [] : [rttMs])).sort((one, other) => one - other);
  const usualMs = quantile(answered, 0.3);
  const spreadMs = quantile(answered, 0.5) - quantile(answered, 0.1);
  const badFromMs = Math.max(usualMs * 3, usualMs + 8, usualMs + spreadMs * 8);
  const counts = { all: new Float64Array(bins), bad: new Float64Array(bins), lost: new Float64Array(bins) };
  const worstMs = new Float64Array(bins).fill(Number.NaN);
  for (const { tMs, rttMs, late, duplicate } of samples) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(tMs / binMs)));
    if (duplicate === true) continue;
    add(counts.all, bin);
    if (rttMs === null) add(counts.lost, bin);
    if (rttMs === null || late === true || rttMs > badFromMs) add(counts.bad, bin);
    if (rttMs !== null) worstMs[bin] = Math.max(rttMs, Number.isNaN(worstMs[bin] ?? Number.NaN) ? 0 : (worstMs[bin] ?? 0));
  }
  const share = (part: Float64Array): Float64Array => part.map((count, bin) => ((counts.all[bin] ?? 0) === 0 ? Number.NaN : count / (counts.all[bin] ?? 1)));
  const ratio = (is: (sample: TraceSample) => boolean): number => (samples.length === 0 ? 0 : samples.filter(is).length / samples.length);
  return {
    target,
    probe,
    samples,
    usualMs,
    badFromMs,
    badness: share(counts.bad),
    loss: share(counts.lost),
    worstMs,
    lossRatio: ratio(({ rttMs }) => rttMs === null),
    reorderedRatio: ratio(({ reordered }) => reordered === true),
    duplicateRatio: ratio(({ duplicate }) => duplicate === true),
    lateCount: samples.filter(({ late }) => late === true).length,
  };
}

function add(counts: Float64Array, bin: number): void {
  counts[bin] = (counts[bin] ?? 0) + 1;
}

/** @param sorted ascending. @returns 0 for none */
export function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return 0;
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

export function median(values: readonly number[]): number {
  return quantile([...values].sort((one, other) => one - other), 0.5);
}
