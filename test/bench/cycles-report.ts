// What the measurement of a thousand crashes hands back.
import type { Leavings } from './cycles-driver';
import type { Figure } from './figures';

export interface CyclesReport {
  readonly bench: 'cycles';
  readonly ok: boolean;
  readonly cycles: number;
  readonly machine: { readonly node: string; readonly kernel: string; readonly cpus: number; readonly loadBefore: readonly number[]; readonly loadAfter: readonly number[] };
  readonly crashToResumed: Figure;
  /** The first one is the start: after the warm-up. */
  readonly samples: readonly Omit<Leavings, 'crashToResumedMs'>[];
  readonly goals: readonly CycleGoal[];
}

export interface CycleGoal {
  readonly goal: string;
  readonly value: number;
  readonly atMost: number;
  readonly met: boolean;
}
