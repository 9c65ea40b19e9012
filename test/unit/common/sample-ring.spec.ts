import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SampleRing, toColumns } from '../../../electron/common/sample-ring';

function ringOf(capacity: number, ...samples: readonly (readonly [atMs: number, rttMs: number | null])[]): SampleRing {
  const ring = new SampleRing(capacity);
  ring.append({ atMs: samples.map(([atMs]) => atMs), rttMs: samples.map(([, rttMs]) => rttMs) });
  return ring;
}

describe('SampleRing', () => {
  it('is empty at first', () => {
    const ring = new SampleRing(4);
    expect(ring.length).toBe(0);
    expect(ring.newestAtMs).toBeNull();
    expect(toColumns(ring.window())).toEqual({ atMs: [], rttMs: [] });
  });

  it('keeps the newest samples, lost ones as NaN', () => {
    const ring = ringOf(3, [1, 0.5], [2, null], [3, 1.5], [4, 2.5]);
    expect(ring.length).toBe(3);
    expect(ring.newestAtMs).toBe(4);
    expect([...ring.window().rttMs]).toEqual([Number.NaN, 1.5, 2.5]);
    expect(toColumns(ring.window())).toEqual({ atMs: [2, 3, 4], rttMs: [null, 1.5, 2.5] });
  });

  it('puts a loss that is told late where it belongs', () => {
    const ring = ringOf(10, [1000, 1], [1200, 1], [1600, 1], [1400, null]);
    expect(toColumns(ring.window())).toEqual({ atMs: [1000, 1200, 1400, 1600], rttMs: [1, 1, null, 1] });
  });

  it('marks a late answer at its question, which stays lost and is not counted twice', () => {
    const ring = ringOf(10, [1000, 1], [1200, null], [1400, 1]);
    ring.append({ atMs: [1200], rttMs: [1_700], flags: [1] });
    expect(toColumns(ring.window())).toEqual({ atMs: [1000, 1200, 1400], rttMs: [1, null, 1], flags: [0, 1, 0] });
  });

  it('keeps the first of two answers, and the order in which they came', () => {
    const ring = ringOf(10, [1000, 1]);
    ring.append({ atMs: [1000, 1200], rttMs: [5, 2], flags: [4, 2] });
    expect(toColumns(ring.window())).toEqual({ atMs: [1000, 1200], rttMs: [1, 2], flags: [4, 2] });
  });

  it('hands out its columns so that another ring takes them as they are, also when the marks come first', () => {
    const ring = ringOf(2, [1000, 1], [1200, null], [1400, 1]);
    ring.append({ atMs: [1200, 1400], rttMs: [1_700, 3], flags: [1, 4] });
    const other = new SampleRing(2);
    other.append(toColumns(ring.window()));
    expect(toColumns(other.window())).toEqual({ atMs: [1200, 1400], rttMs: [null, 1], flags: [1, 4] });
    const late = new SampleRing(4);
    late.append({ atMs: [1200], rttMs: [1_700], flags: [1] });
    expect(toColumns(late.window())).toEqual({ atMs: [1200], rttMs: [null], flags: [1] });
  });

  it('moves marks along when it runs full', () => {
    const ring = new SampleRing(3);
    for (let at = 1; at <= 20; at += 1) ring.append({ atMs: [at], rttMs: [at], flags: [at % 2 === 0 ? 2 : 0] });
    expect(toColumns(ring.window())).toEqual({ atMs: [18, 19, 20], rttMs: [18, 19, 20], flags: [2, 0, 2] });
  });

  it('starts anew when the wall clock was set back by hours', () => {
    const ring = ringOf(10, [7_200_000, 1], [7_200_200, 1], [3_600_000, 2]);
    expect(toColumns(ring.window())).toEqual({ atMs: [3_600_000], rttMs: [2] });
  });

  it('hands out a window from, but not including, its limits', () => {
    const ring = ringOf(10, [10, 1], [20, 2], [30, 3], [40, 4]);
    expect([...ring.window(20).atMs]).toEqual([20, 30, 40]);
    expect([...ring.window(20, 40).atMs]).toEqual([20, 30]);
    expect([...ring.window(40, 20).atMs]).toEqual([]);
    expect([...ring.window(41).atMs]).toEqual([]);
  });

  it('hands out views, not copies', () => {
    const ring = ringOf(10, [10, 1], [20, 2]);
    expect(ring.window().atMs.buffer).toBe(ring.window(20).atMs.buffer);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a capacity of %s', (capacity) => {
    expect(() => new SampleRing(capacity)).toThrow(RangeError);
  });

  it('always holds what a sorted, cut list holds', () => {
    const sample = fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.option(fc.double({ min: 0, max: 5_000, noNaN: true }), { nil: null }));
    const batches = fc.array(fc.array(sample, { maxLength: 12 }), { maxLength: 30 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), batches, (capacity, all) => {
        const ring = new SampleRing(capacity);
        let model: (readonly [number, number | null])[] = [];
        for (const batch of all) {
          ring.append({ atMs: batch.map(([atMs]) => atMs), rttMs: batch.map(([, rttMs]) => rttMs) });
          for (const one of batch) {
            // Stable, as the ring is: equal times keep the order in which they came.
            model = [...model, one].sort(([a], [b]) => a - b).slice(-capacity);
          }
        }
        expect(toColumns(ring.window())).toEqual({ atMs: model.map(([atMs]) => atMs), rttMs: model.map(([, rttMs]) => rttMs) });
        expect(ring.length).toBe(model.length);
      }),
    );
  });
});
