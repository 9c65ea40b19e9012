// Beats: moments that keep one, and moments that only seem to.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBeat } from '../../../../electron/domain/incidents/periodicity';

const minute = 60_000;
const every = (periodMs: number, count: number, off: (index: number) => number = () => 0): number[] =>
  Array.from({ length: count }, (_, index) => 1e12 + index * periodMs + off(index));

describe('a beat', () => {
  it('is found with its period', () => {
    expect(findBeat(every(15 * minute, 8))).toMatchObject({ periodMs: 15 * minute, onBeat: 1 });
  });

  it('is found although some moments are missing and each is a little off', () => {
    const moments = every(5 * minute, 14, (index) => ((index * 37) % 10) * 500).filter((_, index) => index !== 4 && index !== 9);
    const beat = findBeat(moments);
    expect(Math.abs((beat?.periodMs ?? 0) - 5 * minute)).toBeLessThan(5_000);
  });

  it('is none for too few moments, and for moments of chance', () => {
    expect(findBeat(every(minute, 3))).toBeNull();
    const chance = [0, 17, 220, 231, 900, 1_300, 1_333, 2_100, 4_000].map((second) => second * 1_000);
    expect(findBeat(chance)).toBeNull();
  });

  it('is rarely seen in pure chance', () => {
    const seen = { beats: 0, all: 0 };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 24 * 3_600_000 }), { minLength: 5, maxLength: 12 }), (moments) => {
        seen.all += 1;
        if (findBeat(moments)) seen.beats += 1;
      }),
      { numRuns: 500, seed: 42 },
    );
    expect(seen.beats / seen.all).toBeLessThan(0.05);
  });
});
