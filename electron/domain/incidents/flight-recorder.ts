// The flight recorder as the window and the command line ask it: incidents, recorded latency, and what was changed when.
import type { ChangeMark, Comparison, ExportFormat, Incident, IncidentId, IncidentSummary, RecordedLane } from '../../common/incident';
import type { Result } from '../../common/result';
import type { VantageId, VantagePoint } from '../../common/vantage';
import type { Disposable } from '../clock';

export interface RecordedQuestion {
  readonly vantages: readonly VantageId[];
  /** Epoch milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  /** At most so many pieces. */
  readonly buckets: number;
}

/** Failures: `not-found` for what is not kept (any more), `io` while the recorder does not answer. */
export interface FlightRecorder {
  /** Newest first, at most 500. */
  incidents(): Promise<Result<IncidentSummary[]>>;
  incident(id: IncidentId): Promise<Result<Incident>>;
  /** The incident's file: HTML and JSON as text, a trace as JSON Lines. */
  report(id: IncidentId, format: ExportFormat): Promise<Result<string>>;
  /** Every vantage point of which anything is kept, by name. */
  vantages(): Promise<Result<VantagePoint[]>>;
  recorded(question: RecordedQuestion): Promise<Result<RecordedLane[]>>;
  /** Newest first. */
  changes(): Promise<Result<ChangeMark[]>>;
  /** "I changed something", now. */
  markChange(text: string): Promise<Result<ChangeMark>>;
  forgetChange(id: number): Promise<Result<undefined>>;
  /** Every vantage point and probe that was measured on both sides of the change, or on one of them. */
  compare(changeId: number): Promise<Result<Comparison[]>>;
  /** A new incident, or one that has ended or been judged. */
  onIncident(listener: (summary: IncidentSummary) => void): Disposable;
}
