// What the owner and the recorder thread say to each other; all of it survives the structured clone.
import type { ChangeMark, Comparison, ExportFormat, Incident, IncidentId, IncidentSummary, RecordedLane } from '../common/incident';
import type { Result } from '../common/result';
import type { VantagePoint } from '../common/vantage';
import type { RecordedQuestion } from '../domain/incidents/flight-recorder';
import type { IncidentRequest } from '../domain/incidents/incident-keeper';
import type { RecordedItem } from '../domain/incidents/recorded-item';

/** What the thread answers, by the kind of the question. */
export interface RecorderAnswers {
  readonly incidents: IncidentSummary[];
  readonly incident: Incident;
  readonly report: string;
  readonly vantages: VantagePoint[];
  readonly recorded: RecordedLane[];
  readonly changes: ChangeMark[];
  readonly 'mark-change': ChangeMark;
  readonly 'forget-change': undefined;
  readonly compare: Comparison[];
  readonly 'keep-incident': IncidentSummary;
}

export type RecorderQuestion =
  | { readonly kind: 'incidents' }
  | { readonly kind: 'incident'; readonly id: IncidentId }
  | { readonly kind: 'report'; readonly id: IncidentId; readonly format: ExportFormat }
  | { readonly kind: 'vantages' }
  | { readonly kind: 'recorded'; readonly question: RecordedQuestion }
  | { readonly kind: 'changes' }
  | { readonly kind: 'mark-change'; readonly text: string }
  | { readonly kind: 'forget-change'; readonly id: number }
  | { readonly kind: 'compare'; readonly changeId: number }
  | { readonly kind: 'keep-incident'; readonly request: IncidentRequest };

export interface RecorderThreadStart {
  /** The store; its directory is made when it is not there. */
  readonly file: string;
  readonly limitBytes: number;
}

export type ToRecorderThread =
  | { readonly kind: 'keep'; readonly items: readonly RecordedItem[] }
  | { readonly kind: 'ask'; readonly number: number; readonly question: RecorderQuestion }
  /** Write what is there, close the store, then say `stopped`. */
  | { readonly kind: 'stop' };

export type FromRecorderThread =
  | { readonly kind: 'answer'; readonly number: number; readonly result: Result<RecorderAnswers[keyof RecorderAnswers]> }
  /** For the log. */
  | { readonly kind: 'trouble'; readonly message: string; readonly fields: Readonly<Record<string, unknown>> }
  /** An incident that a process before this one did not end has been ended. */
  | { readonly kind: 'finished'; readonly summary: IncidentSummary }
  | { readonly kind: 'stopped' };
