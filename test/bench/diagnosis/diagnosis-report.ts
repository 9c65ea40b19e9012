// What the measurement of the diagnosis comes to.
import type { Confusion, Score } from './score';

export interface DiagnosisGoal {
  readonly goal: string;
  readonly value: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly met: boolean;
}

/** Of the open half every single answer is told, so that rules can learn from it. */
export interface OpenMiss {
  readonly case: string;
  readonly seed: number;
  readonly expected: string;
  readonly said: readonly string[];
}

export interface DiagnosisReport {
  readonly ok: boolean;
  readonly seeds: number;
  readonly tracesPerSecond: number;
  readonly open: SetReport;
  /** Odd seeds: only sums, so that no rule is written for one of its traces. Missing when a single seed was run. */
  readonly heldOut: SetReport | null;
  readonly openMisses: readonly OpenMiss[];
  readonly goals: readonly DiagnosisGoal[];
}

export interface SetReport extends Score {
  readonly byCause: Readonly<Record<string, Score>>;
  readonly confusion: Confusion;
}
