// The list of incidents as it is shown: filtered, and by days.
import type { HostId } from '../../../electron/common/ids';
import type { IncidentSummary } from '../../../electron/common/incident';
import type { CauseId } from '../../../electron/common/trace';
import { wordsOf } from '../../language/language';
import { formatDay } from '../../language/locale';

const words = wordsOf('incidents');

export interface IncidentFilter {
  /** `all`, a host, or `network`: incidents of no host of its own. */
  readonly host: HostId | 'all' | 'network';
  /** `pending`: not judged yet. */
  readonly cause: CauseId | 'all' | 'pending';
}

export const noFilter: IncidentFilter = { host: 'all', cause: 'all' };

export interface IncidentDay {
  readonly day: string;
  readonly incidents: readonly IncidentSummary[];
}

export function hostOf({ hostId }: IncidentSummary): HostId | 'network' {
  return hostId ?? 'network';
}

export function causeOf({ cause }: IncidentSummary): CauseId | 'pending' {
  return cause?.cause ?? 'pending';
}

export function filtered(incidents: readonly IncidentSummary[], { host, cause }: IncidentFilter): IncidentSummary[] {
  return incidents.filter((incident) => (host === 'all' || hostOf(incident) === host) && (cause === 'all' || causeOf(incident) === cause));
}

/** @param incidents newest first; so are the days. @param nowMs epoch milliseconds */
export function byDay(incidents: readonly IncidentSummary[], nowMs: number): IncidentDay[] {
  const days: { day: string; incidents: IncidentSummary[] }[] = [];
  for (const incident of incidents) {
    const day = dayName(incident.beganAtMs, nowMs);
    const last = days.at(-1);
    if (last?.day === day) last.incidents.push(incident);
    else days.push({ day, incidents: [incident] });
  }
  return days;
}

function dayName(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  const today = new Date(nowMs);
  if (at.toDateString() === today.toDateString()) return words('today');
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (at.toDateString() === yesterday.toDateString()) return words('yesterday');
  const isThisYear = at.getFullYear() === today.getFullYear();
  return formatDay(atMs, { weekday: 'long', day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) });
}
