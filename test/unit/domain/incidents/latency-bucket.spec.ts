// A bucket keeps counts and extremes exactly and percentiles to one part in ninety, also after it was written and merged.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleFlags } from '../../../../electron/common/latency';
import { nearestRank } from '../../../../electron/common/latency-statistics';
import { LatencyBucket } from '../../../../electron/domain/incidents/latency-bucket';

const rtts = fc.array(fc.option(fc.double({ min: 0.001, max: 60_000, noNaN: true }), { nil: null }), { maxLength: 200 });

function bucketOf(values: readonly (number | null)[]): LatencyBucket {
  const bucket = new LatencyBucket();
  for (const value of values) bucket.add(value, 0);
  return bucket;
}

function figures(bucket: LatencyBucket): unknown {
  const { sent, lost, late, reordered, duplicates, minMs, maxMs } = bucket;
  return { sent, lost, late, reordered, duplicates, minMs, maxMs, percentiles: [1, 50, 95, 99, 100].map((percent) => bucket.percentile(percent)) };
}

describe('a bucket of samples', () => {
  it('knows percentiles to 1.1 %, and its extremes exactly', () => {
    fc.assert(
      fc.property(rtts, (values) => {
        const bucket = bucketOf(values);
        const answered = Float64Array.from(values.filter((value) => value !== null)).sort();
        expect([bucket.sent, bucket.lost]).toEqual([values.length, values.length - answered.length]);
        for (const percent of [1, 50, 95, 99, 100]) {
          const exact = nearestRank(answered, percent);
          const told = bucket.percentile(percent);
          if (exact === null) expect(told).toBeNull();
          else expect(Math.abs((told ?? 0) - exact)).toBeLessThanOrEqual(exact * 0.0111 + 1e-6);
        }
        if (answered.length > 0) expect([bucket.minMs, bucket.maxMs]).toEqual([Math.fround(answered[0] ?? 0), Math.fround(answered.at(-1) ?? 0)]);
      }),
      { numRuns: 60 },
    );
  });

  it('merged from what was written is the bucket of all samples', () => {
    fc.assert(
      fc.property(rtts, rtts, (first, second) => {
        const merged = new LatencyBucket();
        const bytes = [...bucketOf(first).encode(), ...bucketOf(second).encode()];
        const place = merged.mergeEncoded(Uint8Array.from(bytes));
        expect(merged.mergeEncoded(Uint8Array.from(bytes), place)).toBe(bytes.length);
        expect(figures(merged)).toEqual(figures(bucketOf([...first, ...second])));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps one spike among a day of calm answers', () => {
    const day = new LatencyBucket();
    const calm = bucketOf(Array.from({ length: 50 }, () => 0.4)).encode();
    for (let bucket = 0; bucket < 8_639; bucket += 1) day.mergeEncoded(calm);
    day.mergeEncoded(bucketOf([...Array.from({ length: 49 }, () => 0.4), 312.5]).encode());
    expect(day.maxMs).toBe(312.5);
    expect(day.percentile(100)).toBe(312.5);
    expect(day.percentile(99)).toBeCloseTo(0.4, 1);
  });

  it('counts late, repeated and reordered answers apart, and no question twice', () => {
    const bucket = bucketOf([0.4, null]);
    bucket.add(2_300, sampleFlags.late);
    bucket.add(0.5, sampleFlags.duplicate);
    bucket.add(0.6, sampleFlags.reordered);
    expect(bucket).toMatchObject({ sent: 3, lost: 1, late: 1, duplicates: 1, reordered: 1 });
    expect(bucket.maxMs).toBe(Math.fround(0.6));
  });

  it('takes some forty bytes for ten seconds, and is empty again when cleared', () => {
    const bucket = bucketOf(Array.from({ length: 50 }, (_, index) => 0.4 + (index % 12) * 0.01));
    expect(bucket.encode().length).toBeLessThan(60);
    bucket.clear();
    expect(figures(bucket)).toEqual(figures(new LatencyBucket()));
  });

  it('refuses bytes that are no bucket', () => {
    expect(() => new LatencyBucket().mergeEncoded(Uint8Array.from([5, 1, 0, 0, 0, 1, 2]))).toThrow(RangeError);
    expect(() => new LatencyBucket().mergeEncoded(Uint8Array.from([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0xff, 0x7f, 1]))).toThrow(RangeError);
  });
});
