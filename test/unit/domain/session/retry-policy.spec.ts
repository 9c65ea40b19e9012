// How long an attempt waits.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graceTimeMs, patientDelayMs, retryDelayMs } from '../../../../electron/domain/session/retry-policy';

describe('the wait before an attempt', () => {
  it('is 0, 1, 2, 4 and 8 seconds, and 8 from then on', () => {
    expect([1, 2, 3, 4, 5, 6, 50].map((attempt) => retryDelayMs(attempt, 0, 0.5))).toEqual([0, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  it('is patient once the grace time is over', () => {
    expect(retryDelayMs(9, graceTimeMs - 1, 0.5)).toBe(8_000);
    expect(retryDelayMs(9, graceTimeMs, 0.5)).toBe(patientDelayMs);
    expect(retryDelayMs(1, graceTimeMs, 0.5)).toBe(patientDelayMs);
  });

  it('is spread by a fifth either way, so that clients of one host do not come back in step', () => {
    expect([retryDelayMs(2, 0, 0), retryDelayMs(2, 0, 0.999_999)]).toEqual([800, 1_200]);
  });

  it('is never negative, never longer than the patient one, and whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.nat(1e9), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, elapsedMs, random01) => {
        const delayMs = retryDelayMs(attempt, elapsedMs, random01);
        return Number.isInteger(delayMs) && delayMs >= 0 && delayMs <= patientDelayMs;
      }),
    );
  });
});
