import { describe, expect, it } from 'vitest';
import { Baseline } from '../../../../electron/domain/latency/baseline';

function learned(...stretches: readonly (readonly [count: number, rttMs: number])[]): Baseline {
  const baseline = new Baseline();
  for (const [count, rttMs] of stretches) for (let index = 0; index < count; index += 1) baseline.learn(rttMs);
  return baseline;
}

describe('Baseline', () => {
  it('says nothing before ten answers', () => {
    expect(learned([9, 1]).medianMs).toBeNull();
    expect(learned([10, 1]).medianMs).toBe(1);
  });

  it('is a median: one slow first answer does not count', () => {
    expect(learned([1, 900], [9, 2]).medianMs).toBe(2);
    expect(learned([5, 1], [5, 2]).medianMs).toBe(1.5);
  });

  it('is not moved by five minutes of spike after ten minutes of peace', () => {
    expect(learned([3_000, 1], [1_500, 400]).medianMs).toBe(1);
  });

  it('learns a new home after a long while, and forgets the old one', () => {
    expect(learned([9_000, 1], [6_000, 20]).medianMs).toBe(20);
  });
});
