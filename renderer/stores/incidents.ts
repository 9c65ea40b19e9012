// Incidents as main keeps them: the list, what of it nobody has seen yet, and one with all that was recorded.
import { create } from 'zustand';
import type { SessionId } from '../../electron/common/ids';
import type { ExportFormat, Incident, IncidentId, IncidentSummary } from '../../electron/common/incident';
import type { Failure, Result } from '../../electron/common/result';
import { wordsOf } from '../language/language';
import { ask, request } from './request';
import { useToasts } from './toasts';

const words = wordsOf('stores');

interface IncidentsState {
  /** Newest first; null: not read yet. */
  readonly list: readonly IncidentSummary[] | null;
  /** Why it could not be read. */
  readonly failure: Failure | null;
  /** Those that came since the window opened and whose list nobody has looked at since. */
  readonly unseen: ReadonlySet<IncidentId>;
}

/** As many as main keeps in its list. */
const mostListed = 500;

export const useIncidents = create<IncidentsState>()(() => ({ list: null, failure: null, unseen: new Set() }));

export async function loadIncidents(): Promise<void> {
  const read = await ask('incident:list', undefined);
  if (read.ok) useIncidents.setState({ list: read.value, failure: null });
  else useIncidents.setState({ failure: read.failure });
}

export function putIncident(summary: IncidentSummary): void {
  useIncidents.setState(({ list, unseen }) => {
    const known = list ?? [];
    const isNew = !known.some(({ id }) => id === summary.id);
    const others = known.filter(({ id }) => id !== summary.id);
    const sorted = [summary, ...others].sort((one, other) => other.beganAtMs - one.beganAtMs).slice(0, mostListed);
    return { list: list === null ? null : sorted, unseen: isNew ? new Set([...unseen, summary.id]) : unseen };
  });
}

export function newIncidents({ unseen }: IncidentsState): number {
  return unseen.size;
}

/** Somebody has looked at the list. */
export function seeIncidents(): void {
  if (useIncidents.getState().unseen.size > 0) useIncidents.setState({ unseen: new Set() });
}

/** The newest incident of a session, for what tells why it broke; undefined: there is none. */
export function useSessionIncident(sessionId: SessionId): IncidentId | undefined {
  return useIncidents(({ list }) => list?.find((incident) => incident.sessionId === sessionId)?.id);
}

/** Failures stand on the page. */
export async function readIncident(incidentId: IncidentId): Promise<Result<Incident>> {
  return ask('incident:read', { incidentId });
}

/** Main asks where to. */
export async function exportIncident(incidentId: IncidentId, format: ExportFormat): Promise<void> {
  const written = await request('incident:export', { incidentId, format });
  if (written.ok && written.value !== null) useToasts.getState().show({ tone: 'neutral', title: words('incidentSaved'), advice: written.value.path, action: null });
}
