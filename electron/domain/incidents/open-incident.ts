// An incident while it goes on: what it is made of, and what belongs to it.
import type { IncidentId, IncidentKind, IncidentSummary } from '../../common/incident';
import type { EntryId, HostId, SessionId } from '../../common/ids';
import type { Interruption, SessionView } from '../../common/session';
import type { VantageId, VantagePoint } from '../../common/vantage';
import { interruptionOf } from './client-moments';
import type { LaneTrouble } from './lane-watch';

/** Signs that come so shortly before an interruption belong to it. */
export const signsBeforeMs = 15_000;

export interface IncidentSession {
  readonly id: SessionId;
  readonly entryId: EntryId;
  readonly entryName: string;
  readonly clientName: string;
}

/** How a vantage point fared in it. */
export interface Affected {
  readonly name: string;
  readonly kind: VantagePoint['kind'];
  readonly peakMs: number | null;
  readonly lost: boolean;
}

export interface OpenIncident {
  readonly id: IncidentId;
  readonly kind: IncidentKind;
  readonly beganAtMs: number;
  /** When the trouble was seen last. */
  readonly troubleAtMs: number;
  readonly hostId: HostId | null;
  readonly session: IncidentSession | null;
  readonly interruption: Interruption | null;
  /** When the picture was there again; null: not yet. */
  readonly backAtMs: number | null;
  readonly affected: ReadonlyMap<VantageId, Affected>;
  /** Others before it that were only counted. */
  readonly heldBack: number;
  readonly openedAtMs: number;
  /** How often it was judged so far. */
  readonly judged: number;
}

export type IncidentEffect =
  | {
      readonly kind: 'keep';
      readonly incident: OpenIncident;
      readonly summary: Omit<IncidentSummary, 'cause' | 'hostName'>;
      /** The recorded time around it, epoch milliseconds. */
      readonly fromMs: number;
      readonly toMs: number;
      readonly isJudged: boolean;
      readonly replaces: IncidentId | null;
    }
  /** The hour has had its share: told once, until an hour has room again. */
  | { readonly kind: 'held-back'; readonly of: IncidentKind };

/** The incident as it is with one more sign of trouble. */
export function withTrouble(incident: OpenIncident, { id, name, kind }: VantagePoint, trouble: LaneTrouble, nowMs: number): OpenIncident {
  const before = incident.affected.get(id);
  const peaks = [before?.peakMs ?? null, trouble.peakMs].filter((peak) => peak !== null);
  const affected: Affected = { name, kind, peakMs: peaks.length === 0 ? null : Math.max(...peaks), lost: (before?.lost ?? false) || trouble.kind === 'loss-burst' };
  return {
    ...incident,
    // Losses weigh more than slowness.
    kind: incident.kind === 'spike' ? trouble.kind : incident.kind,
    troubleAtMs: nowMs,
    beganAtMs: Math.min(incident.beganAtMs, Math.max(trouble.sinceMs, incident.beganAtMs - signsBeforeMs)),
    affected: new Map(incident.affected).set(id, affected),
  };
}

export function sessionOf({ id, entryId, name, clientName }: SessionView): IncidentSession {
  return { id, entryId, entryName: name, clientName };
}

export function isStreamOf({ link }: SessionView): boolean {
  return link.kind === 'streaming' || interruptionOf(link) !== null;
}

/** On its way back, or with an app that still stands paused for it. */
export function isUnsettled(view: SessionView | undefined): boolean {
  if (!view) return false;
  const { link, app } = view;
  if (link.kind === 'asking' || link.kind === 'ended') return false;
  if (interruptionOf(link) !== null) return true;
  return link.kind === 'streaming' && (app.kind === 'counting-down' || app.kind === 'resuming' || (app.kind === 'paused' && app.by === 'interruption'));
}
