// Before and after: the rate ratio's interval holds its level, and nothing is said where little was measured.
import { describe, expect, it } from 'vitest';
import type { ChangeMark } from '../../../../electron/common/incident';
import { selfVantage } from '../../../../electron/common/vantage';
import { compareSides, longestSideMs, rateRatio, sideLengths, type MeasuredSide } from '../../../../electron/domain/incidents/comparison';
import { LatencyBucket } from '../../../../electron/domain/incidents/latency-bucket';
import { Draw } from '../../../bench/diagnosis/draw';

const hourMs = 3_600_000;
const change: ChangeMark = { id: 1, atMs: 0, text: 'Another switch' };
const about = { change, vantage: selfVantage, probe: 'icmp' as const };

function side(hours: number, spikes: number, rttMs = 0.5): MeasuredSide {
  const bucket = new LatencyBucket();
  for (let index = 0; index < 100; index += 1) bucket.add(index === 50 ? null : rttMs, 0);
  return { bucket, measuredMs: hours * hourMs, spikes };
}

describe('the ratio of two rates', () => {
  it.each([
    // Exact 95 % intervals (Clopper-Pearson on the share of the later side) for the same counts, for comparison.
    [{ count: 10, time: 100 }, { count: 30, time: 100 }, 3, [1.42, 6.86]],
    [{ count: 20, time: 50 }, { count: 5, time: 100 }, 0.125, [0.037, 0.345]],
    [{ count: 40, time: 100 }, { count: 40, time: 100 }, 1, [0.63, 1.59]],
    [{ count: 0, time: 100 }, { count: 6, time: 100 }, 12, [1.18, Number.POSITIVE_INFINITY]],
    [{ count: 6, time: 100 }, { count: 0, time: 100 }, 0, [0, 0.85]],
  ])('%j after %j', (before, after, value, [low = 0, high = 0]) => {
    const ratio = rateRatio(before, after);
    expect(ratio?.value).toBeCloseTo(value, 6);
    // Wilson's interval is a little shorter than the exact one, and never far from it.
    expect(ratio?.low).toBeGreaterThanOrEqual(low * 0.8);
    expect(ratio?.low).toBeLessThanOrEqual(Math.max(low * 1.5, 0.01));
    if (Number.isFinite(high)) expect(ratio?.high).toBeLessThanOrEqual(high * 1.2);
    expect(ratio?.high).toBeGreaterThanOrEqual(Math.min(high, 50) * 0.7);
  });

  it('says nothing without spikes or without time', () => {
    expect(rateRatio({ count: 0, time: 10 }, { count: 0, time: 10 })).toBeNull();
    expect(rateRatio({ count: 3, time: 0 }, { count: 3, time: 10 })).toBeNull();
  });

  it('holds the true ratio in 19 of 20 repetitions', () => {
    const draw = new Draw(5);
    const poisson = (mean: number): number => {
      let count = -1;
      for (let sum = 0; sum < mean; sum += draw.gap(1)) count += 1;
      return count;
    };
    const rounds = 2_000;
    let held = 0;
    for (let round = 0; round < rounds; round += 1) {
      const ratio = rateRatio({ count: poisson(12), time: 10 }, { count: poisson(24), time: 20 * 0.8 });
      if (ratio && ratio.low <= 1.25 && ratio.high >= 1.25) held += 1;
    }
    expect(held / rounds).toBeGreaterThan(0.93);
    expect(held / rounds).toBeLessThan(0.98);
  });
});

describe('a comparison', () => {
  it.each([
    ['better', side(48, 60), side(48, 10)],
    ['worse', side(48, 10), side(48, 60)],
    ['no-difference', side(48, 50), side(24, 26)],
    ['too-little', side(48, 1), side(48, 1)],
    ['too-little', side(48, 0), side(48, 0)],
    ['too-little', side(48, 60), side(0.1, 0)],
  ] as const)('is %s', (verdict, before, after) => {
    expect(compareSides(about, before, after).verdict).toBe(verdict);
  });

  it('tells percentiles, loss and rates of both sides', () => {
    const { before, after } = compareSides(about, side(10, 40, 0.5), side(5, 5, 2));
    expect(before).toMatchObject({ hours: 10, spikesPerHour: 4, lossRatio: 0.01, p50Ms: 0.5 });
    expect(after).toMatchObject({ hours: 5, spikesPerHour: 1, p50Ms: 2, p99Ms: 2 });
  });

  it('reaches as far to both sides, no further than a week, and an hour back at least', () => {
    expect(sideLengths(100 * hourMs, 110 * hourMs)).toEqual({ beforeMs: 10 * hourMs, afterMs: 10 * hourMs });
    expect(sideLengths(1_000 * hourMs, 3_000 * hourMs)).toEqual({ beforeMs: longestSideMs, afterMs: longestSideMs });
    expect(sideLengths(100 * hourMs, 100 * hourMs + 5_000)).toEqual({ beforeMs: hourMs, afterMs: 5_000 });
    expect(sideLengths(100 * hourMs, 90 * hourMs)).toEqual({ beforeMs: hourMs, afterMs: 0 });
  });
});
