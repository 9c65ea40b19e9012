import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interarrivalJitter, nearestRank, summarise, windowStatistics } from '../../../electron/common/latency-statistics';
import { hostIdSchema } from '../../../electron/common/ids';
import { hostVantage } from '../../../electron/common/vantage';
import type { SampleWindow } from '../../../electron/common/sample-ring';

const lost = Number.NaN;

function windowOf(...rttMs: number[]): SampleWindow {
  return { atMs: Float64Array.from(rttMs, (_, index) => index * 200), rttMs: Float64Array.from(rttMs) };
}

const rtt = fc.double({ min: 0, max: 10_000, noNaN: true });

describe('nearestRank', () => {
  // The example of the definition: five values, ranks ⌈p/100·5⌉.
  it.each([
    [5, 15],
    [30, 20],
    [40, 20],
    [50, 35],
    [95, 50],
    [99, 50],
    [100, 50],
  ])('%i %% of 15, 20, 35, 40, 50 is %i', (percent, expected) => {
    expect(nearestRank(Float64Array.of(15, 20, 35, 40, 50), percent)).toBe(expected);
  });

  it('is not led astray by the last bit of a product: 95 % of 20 values is the 19th, 7 % of 100 the 7th', () => {
    const upTo = (count: number): Float64Array => Float64Array.from({ length: count }, (_, index) => index + 1);
    expect(nearestRank(upTo(20), 95)).toBe(19);
    expect(nearestRank(upTo(100), 7)).toBe(7);
    expect(nearestRank(upTo(1000), 99.9)).toBe(999);
  });

  it('has no answer without values', () => {
    expect(nearestRank(new Float64Array(), 50)).toBeNull();
  });

  it('is a value with enough values at or below it, and the smallest such', () => {
    fc.assert(
      fc.property(fc.array(rtt, { minLength: 1, maxLength: 200 }), fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const sorted = Float64Array.from(values).sort();
        const found = nearestRank(sorted, percent) ?? Number.NaN;
        const needed = (percent * values.length) / 100;
        expect(values).toContain(found);
        expect(values.filter((value) => value <= found).length).toBeGreaterThanOrEqual(needed);
        expect(values.filter((value) => value < found).length).toBeLessThan(needed);
      }),
    );
  });
});

describe('interarrivalJitter', () => {
  it('follows RFC 3550 by hand: 10, 26, 10, 42', () => {
    // D = 16, 16, 32. J = 0 + 16/16 = 1; 1 + 15/16 = 1.9375; 1.9375 + (32 - 1.9375)/16 = 3.81640625
    expect(interarrivalJitter(Float64Array.of(10, 26))).toBe(1);
    expect(interarrivalJitter(Float64Array.of(10, 26, 10))).toBe(1.9375);
    expect(interarrivalJitter(Float64Array.of(10, 26, 10, 42))).toBe(3.81640625);
  });

  it('passes over lost samples', () => {
    expect(interarrivalJitter(Float64Array.of(lost, 10, lost, lost, 26, lost))).toBe(1);
  });

  it('needs two answers', () => {
    expect(interarrivalJitter(Float64Array.of())).toBeNull();
    expect(interarrivalJitter(Float64Array.of(5, lost))).toBeNull();
  });

  it('is 0 for a constant time, never negative, and below the widest difference', () => {
    expect(interarrivalJitter(Float64Array.of(7, 7, 7))).toBe(0);
    fc.assert(
      fc.property(fc.array(rtt, { minLength: 2, maxLength: 100 }), (values) => {
        const jitter = interarrivalJitter(Float64Array.from(values)) ?? Number.NaN;
        expect(jitter).toBeGreaterThanOrEqual(0);
        expect(jitter).toBeLessThanOrEqual(Math.max(...values) - Math.min(...values));
      }),
    );
  });
});

describe('windowStatistics', () => {
  it('sums up a window by hand', () => {
    expect(windowStatistics(windowOf(4, lost, 2, 1, 3, lost))).toEqual({
      sent: 6,
      lost: 2,
      lossRatio: 2 / 6,
      late: 0,
      duplicates: 0,
      reordered: 0,
      lastRttMs: 3,
      p50Ms: 2,
      p95Ms: 4,
      p99Ms: 4,
      jitterMs: interarrivalJitter(Float64Array.of(4, 2, 1, 3)),
    });
  });

  it('has no times where nothing answered, and no loss where nothing was asked', () => {
    const nothing = { lastRttMs: null, p50Ms: null, p95Ms: null, p99Ms: null, jitterMs: null };
    expect(windowStatistics(windowOf(lost, lost))).toEqual({ sent: 2, lost: 2, lossRatio: 1, late: 0, duplicates: 0, reordered: 0, ...nothing });
    expect(windowStatistics(windowOf())).toEqual({ sent: 0, lost: 0, lossRatio: 0, late: 0, duplicates: 0, reordered: 0, ...nothing });
  });

  it('counts late, repeated and reordered answers apart', () => {
    const rttMs = Float64Array.of(1, lost, 2, 3);
    expect(windowStatistics({ atMs: Float64Array.of(0, 200, 400, 600), rttMs, flags: Uint8Array.of(4, 1, 2 + 4, 0) })).toMatchObject({
      sent: 4,
      lost: 1,
      late: 1,
      duplicates: 2,
      reordered: 1,
    });
  });

  it('counts every sample once, keeps the percentiles in order and leaves the window as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(rtt, fc.constant(lost)), { maxLength: 200 }), (values) => {
        const window = windowOf(...values);
        const { sent, lost: gone, lossRatio, p50Ms, p95Ms, p99Ms } = windowStatistics(window);
        expect(sent).toBe(values.length);
        expect(gone).toBe(values.filter(Number.isNaN).length);
        expect(lossRatio).toBeGreaterThanOrEqual(0);
        expect(lossRatio).toBeLessThanOrEqual(1);
        expect(p50Ms ?? 0).toBeLessThanOrEqual(p95Ms ?? 0);
        expect(p95Ms ?? 0).toBeLessThanOrEqual(p99Ms ?? 0);
        expect([...window.rttMs]).toEqual(values);
      }),
    );
  });
});

it('a summary says whose it is', () => {
  const about = { vantage: hostVantage(hostIdSchema.parse('desk')), probe: 'icmp', windowMs: 60_000 } as const;
  expect(summarise(windowOf(1), about)).toMatchObject({ ...about, sent: 1, p50Ms: 1, jitterMs: null });
});
