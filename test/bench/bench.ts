// What a measurement is: what it needs to run, and what it hands back.
import type { CleanUp } from './clean-up';

export interface BenchOptions {
  readonly runs: number;
  /** Everything that is started is registered here, and ended when the measurement is over, however it ends. */
  readonly cleanUp: CleanUp;
  /** Aborted when the user stops the measurement. */
  readonly signal: AbortSignal;
  /** For people who wait; never on stdout. */
  readonly progress: (text: string) => void;
  /** A folder for what was measured with, where a measurement has something to show. */
  readonly writeTo?: string;
}

export interface BenchOutcome<Report = unknown> {
  /** All goals are met. */
  readonly ok: boolean;
  /** For JSON. */
  readonly report: Report;
  /** For people. */
  readonly table: string;
}

export interface Bench {
  readonly about: string;
  readonly usualRuns: number;
  /** @throws when it can't measure */
  readonly run: (options: BenchOptions) => Promise<BenchOutcome>;
}
