// The port of the practice run: a stream that is lost on purpose, without owning a host.
import type { PracticeEvent, PracticeLoss, PracticeState, PracticeSummary } from '../common/practice';
import type { Disposable } from './clock';

export interface PracticeRunner {
  readonly state: PracticeState;
  onChange(listener: (state: PracticeState) => void): Disposable;
  onEvent(listener: (event: PracticeEvent) => void): Disposable;
  /**
   * Runs the whole journey once; resolves with its summary, whatever happened. One run at a time.
   * @param loss `kill` when left out
   */
  run(loss?: PracticeLoss): Promise<PracticeSummary>;
  /** Ends a run and everything it started. */
  stop(): Promise<void>;
}
