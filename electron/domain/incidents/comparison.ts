// Before and after a change: whether spikes come more or less often, with what certainty, and how the percentiles moved.
import type { ChangeMark, Comparison } from '../../common/incident';
import type { ProbeKind } from '../../common/latency';
import type { VantageId } from '../../common/vantage';
import type { LatencyBucket } from './latency-bucket';

export interface MeasuredSide {
  readonly bucket: LatencyBucket;
  /** Time in which was measured, in milliseconds. */
  readonly measuredMs: number;
  readonly spikes: number;
}

/** Neither side counts for more than a week, and the time before for no longer than the time after. */
export const longestSideMs = 7 * 86_400_000;
/** But for so long it does: right after the change there is something to see already. */
const leastBeforeMs = 3_600_000;
/** Below ten minutes on a side nothing is said. */
const shortestHours = 1 / 6;

/** How far to both sides of a change is compared, in milliseconds. */
export function sideLengths(changeAtMs: number, nowMs: number): { readonly beforeMs: number; readonly afterMs: number } {
  const afterMs = Math.max(0, Math.min(longestSideMs, nowMs - changeAtMs));
  return { beforeMs: Math.max(leastBeforeMs, afterMs), afterMs };
}

export function compareSides(about: { readonly change: ChangeMark; readonly vantage: VantageId; readonly probe: ProbeKind }, before: MeasuredSide, after: MeasuredSide): Comparison {
  const spikeRatio = rateRatio({ count: before.spikes, time: before.measuredMs }, { count: after.spikes, time: after.measuredMs });
  const sides = { before: sideOf(before), after: sideOf(after) };
  return { ...about, ...sides, spikeRatio, verdict: verdictOf(sides, spikeRatio) };
}

function sideOf({ bucket, measuredMs, spikes }: MeasuredSide): Comparison['before'] {
  const hours = measuredMs / 3_600_000;
  return {
    hours,
    spikesPerHour: hours > 0 ? spikes / hours : 0,
    p50Ms: bucket.percentile(50),
    p95Ms: bucket.percentile(95),
    p99Ms: bucket.percentile(99),
    lossRatio: bucket.sent === 0 ? null : bucket.lost / bucket.sent,
  };
}

/** An interval that holds 1 leaves it open: with few spikes that means too little, with many that there is no difference to speak of. */
function verdictOf({ before, after }: Pick<Comparison, 'before' | 'after'>, ratio: Comparison['spikeRatio']): Comparison['verdict'] {
  if (before.hours < shortestHours || after.hours < shortestHours || ratio === null) return 'too-little';
  if (ratio.high < 1) return 'better';
  if (ratio.low > 1) return 'worse';
  return ratio.high / Math.max(ratio.low, 1e-6) <= 16 ? 'no-difference' : 'too-little';
}

interface Rate {
  readonly count: number;
  readonly time: number;
}

/** Of the standard normal distribution, for 95 % on both sides. */
const z95 = 1.959964;

/**
 * The ratio of two Poisson rates, after / before, with its 95 % confidence interval. Given their sum, the later count is binomial with
 * p = r·t₂ / (t₁ + r·t₂); Wilson's interval for p, turned back into r, holds its level also for small counts and for none on one side
 * (Brown, Cai, DasGupta 2001, Statistical Science 16(2); Przyborowski, Wilenski 1940, Biometrika 31).
 * @returns null: no spikes at all, or no time
 */
export function rateRatio(before: Rate, after: Rate): Comparison['spikeRatio'] {
  const total = before.count + after.count;
  if (total === 0 || before.time <= 0 || after.time <= 0) return null;
  const share = after.count / total;
  const spread = (z95 * Math.sqrt((share * (1 - share) + z95 ** 2 / (4 * total)) / total)) / (1 + z95 ** 2 / total);
  const middle = (share + z95 ** 2 / (2 * total)) / (1 + z95 ** 2 / total);
  const toRatio = (p: number): number => Math.min(largestRatio, (p / Math.max(1 - p, 1e-12)) * (before.time / after.time));
  const low = toRatio(Math.max(0, middle - spread));
  const high = toRatio(Math.min(1, middle + spread));
  // Where the earlier side had none, the ratio itself is not finite: half a spike stands for it.
  const value = Math.min(largestRatio, (after.count / Math.max(before.count, 0.5)) * (before.time / after.time));
  return { low, high, value };
}

/** Beyond this, a figure says no more than "many times". */
const largestRatio = 10_000;
