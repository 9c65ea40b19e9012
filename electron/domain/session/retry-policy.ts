// When the next attempt is made: quickly at first, then patiently, for as long as the user doesn't cancel.

/** Grace time: how long attempts follow each other quickly after an interruption, in milliseconds. */
export const graceTimeMs = 60_000;

/** Between attempts once the grace time is over. A host that is seen again cuts the wait short. */
export const patientDelayMs = 30_000;

const quickDelaysMs = [0, 1_000, 2_000, 4_000, 8_000] as const;
const spread = 0.2;

/**
 * Milliseconds to wait before the attempt.
 * @param attempt 1 for the first after the interruption
 * @param elapsedMs since the interruption
 * @param random01 a number in [0, 1): spreads the delay by ±20 %, so that many clients of one host don't come back in step
 */
export function retryDelayMs(attempt: number, elapsedMs: number, random01: number): number {
  if (elapsedMs >= graceTimeMs) return patientDelayMs;
  const base = quickDelaysMs[Math.min(attempt, quickDelaysMs.length) - 1] ?? 0;
  return Math.round(base * (1 - spread + 2 * spread * random01));
}
