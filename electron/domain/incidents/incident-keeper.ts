// The port of what keeps records and incidents: the recorder thread in Athena, a list in tests.
import type { IncidentId, IncidentSummary } from '../../common/incident';
import type { Result } from '../../common/result';
import type { RecordAbout } from './incident-record';
import type { RecordedItem } from './recorded-item';

export interface IncidentRequest extends RecordAbout {
  /** The recorded time around it, epoch milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  /** False: too early to say why; it is kept without causes. */
  readonly isJudged: boolean;
  /** An incident that this one has taken in: it is forgotten. */
  readonly replaces: IncidentId | null;
}

export interface IncidentKeeper {
  /** Written to disk within a second. */
  keep(items: readonly RecordedItem[]): void;
  /** Judges the incident by what is recorded, and keeps it, in place of what was kept of it before. @returns its summary, with its cause */
  keepIncident(request: IncidentRequest): Promise<Result<IncidentSummary>>;
}
