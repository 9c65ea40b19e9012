// Decides what is an incident: when one begins, what belongs to it, when it is over, and how many a bad night may make.
import type { IncidentId, IncidentKind } from '../../common/incident';
import type { HostId, SessionId } from '../../common/ids';
import type { Interruption, SessionView } from '../../common/session';
import type { VantagePoint } from '../../common/vantage';
import { interruptionOf } from './client-moments';
import { headline } from './headline';
import type { LaneTrouble } from './lane-watch';
import { isStreamOf, isUnsettled, sessionOf, signsBeforeMs, withTrouble, type IncidentEffect, type IncidentSession, type OpenIncident } from './open-incident';

/** What is recorded on both sides of an incident, in milliseconds; it is also how long it must be quiet to be over. */
export const aroundMs = 60_000;
/** Longer ones are cut: a host that stays away is no news any more. */
const longestMs = 15 * 60_000;
/** First a quick word for the screen that waits, then better ones. */
const judgedAfterMs = [2_000, 10_000, 30_000] as const;
const hourMs = 3_600_000;

export interface IncidentLimits {
  /** Incidents without a stream in an hour, by kind; more of them are counted and not kept. */
  readonly spikesAnHour: number;
  readonly lossBurstsAnHour: number;
}

export const usualLimits: IncidentLimits = { spikesAnHour: 6, lossBurstsAnHour: 12 };

export interface IncidentWatchParts {
  readonly newId: (atMs: number) => IncidentId;
  readonly hostName: (hostId: HostId) => string;
  readonly limits: IncidentLimits;
}

/** A session with a stream, or on its way back to one. */
interface Followed {
  readonly view: SessionView;
  readonly interruptedAtMs: number | null;
}

export class IncidentWatch {
  private open: OpenIncident[] = [];
  private readonly sessions = new Map<SessionId, Followed>();
  private readonly begun: { readonly kind: IncidentKind; readonly atMs: number }[] = [];
  private heldBack = 0;
  private readonly toldOf = new Set<IncidentKind>();

  constructor(private readonly parts: IncidentWatchParts) {}

  get isBusy(): boolean {
    return this.open.length > 0;
  }

  /** A vantage point is not as usual; told for every bad sample. */
  trouble(point: VantagePoint, trouble: LaneTrouble, nowMs: number): IncidentEffect[] {
    const streaming = [...this.sessions.values()].filter(({ view }) => isStreamOf(view));
    const only = streaming.length === 1 ? (streaming[0]?.view.hostId ?? null) : null;
    const hostId = point.kind === 'host' || point.kind === 'vmhost' ? point.hostId : null;
    const found = this.open.find((one) => one.hostId === hostId) ?? (hostId === null ? this.open.at(-1) : this.open.find((one) => one.hostId === null));
    if (found) {
      const next = withTrouble(found, point, trouble, nowMs);
      this.replace(found, { ...next, hostId: found.hostId ?? hostId });
      return [];
    }
    // This machine's own stutter matters only to a stream.
    if (point.kind === 'self' && streaming.length === 0) return [];
    const of = hostId ?? only;
    const followed = streaming.find(({ view }) => view.hostId === of);
    if (!followed && !this.hasRoom(trouble.kind, nowMs)) {
      this.heldBack += 1;
      if (this.toldOf.has(trouble.kind)) return [];
      this.toldOf.add(trouble.kind);
      return [{ kind: 'held-back', of: trouble.kind }];
    }
    const begun = this.begin(trouble.kind, trouble.sinceMs, of, followed ? sessionOf(followed.view) : null, nowMs);
    const incident = withTrouble(begun, point, trouble, nowMs);
    this.replace(begun, incident);
    return [this.keep(incident, nowMs)];
  }

  /**
   * A session has changed.
   * @param badSinceMs the first bad sample of its host or the way there in the last seconds; null: none
   */
  session(view: SessionView, badSinceMs: number | null, nowMs: number): IncidentEffect[] {
    const before = this.sessions.get(view.id);
    const interruption = interruptionOf(view.link);
    const isNew = interruption !== null && interruption.atMs !== before?.interruptedAtMs && interruption.end.kind !== 'slept';
    this.sessions.set(view.id, { view, interruptedAtMs: interruption?.atMs ?? before?.interruptedAtMs ?? null });
    const effects = isNew ? this.interrupted(view, interruption, badSinceMs, nowMs) : [];
    const own = this.open.find((one) => one.session?.id === view.id);
    if (own && isUnsettled(view)) this.replace(own, { ...own, troubleAtMs: nowMs });
    else if (own && isUnsettled(before?.view)) this.replace(own, { ...own, troubleAtMs: nowMs });
    const again = this.open.find((one) => one.session?.id === view.id);
    if (again && again.interruption !== null && again.backAtMs === null && view.link.kind === 'streaming') {
      this.replace(again, { ...again, backAtMs: view.link.sinceMs });
    }
    return effects;
  }

  forget(sessionId: SessionId): void {
    this.sessions.delete(sessionId);
  }

  /** What is due by now; call it once a second while it is busy. */
  tick(nowMs: number): IncidentEffect[] {
    return this.open.flatMap((incident) => {
      const view = incident.session && this.sessions.get(incident.session.id)?.view;
      if (view && isUnsettled(view)) incident = this.replace(incident, { ...incident, troubleAtMs: nowMs });
      if (nowMs - incident.openedAtMs >= longestMs) return [this.end(incident, nowMs, nowMs)];
      if (nowMs - incident.troubleAtMs >= aroundMs) return [this.end(incident, incident.troubleAtMs, nowMs)];
      const due = judgedAfterMs[incident.judged];
      if (due === undefined || nowMs - incident.openedAtMs < due) return [];
      return [this.keep(this.replace(incident, { ...incident, judged: incident.judged + 1 }), nowMs)];
    });
  }

  /** Athena ends: everything that goes on is over. */
  close(nowMs: number): IncidentEffect[] {
    return this.open.map((incident) => this.end(incident, incident.troubleAtMs, nowMs));
  }

  private interrupted(view: SessionView, interruption: Interruption, badSinceMs: number | null, nowMs: number): IncidentEffect[] {
    const { hostId } = view;
    const kind: IncidentKind = interruption.kind === 'stall' ? 'stall' : 'interruption';
    const signMs = badSinceMs !== null && interruption.atMs - badSinceMs <= signsBeforeMs && badSinceMs < interruption.atMs ? badSinceMs : interruption.atMs;
    const own = this.open.find((one) => one.hostId === hostId);
    const ofNobody = this.open.find((one) => one.hostId === null);
    const found = own ?? ofNobody ?? this.begin(kind, signMs, hostId, sessionOf(view), nowMs);
    const joined: OpenIncident = {
      ...found,
      kind: found.kind === 'interruption' ? found.kind : kind,
      hostId,
      session: sessionOf(view),
      interruption: found.interruption ?? interruption,
      backAtMs: null,
      beganAtMs: Math.min(found.beganAtMs, signMs, own && ofNobody ? ofNobody.beganAtMs : signMs),
      troubleAtMs: nowMs,
      // Judged anew from here on: the screen that waits shows what this one says.
      openedAtMs: found.interruption === null ? nowMs : found.openedAtMs,
      judged: found.interruption === null ? 0 : found.judged,
    };
    this.replace(found, joined);
    if (!own || !ofNobody) return [this.keep(joined, nowMs)];
    this.open = this.open.filter((one) => one !== ofNobody);
    return [this.keep(joined, nowMs, ofNobody.id)];
  }

  private begin(kind: IncidentKind, beganAtMs: number, hostId: HostId | null, session: IncidentSession | null, nowMs: number): OpenIncident {
    const incident: OpenIncident = {
      id: this.parts.newId(beganAtMs),
      kind,
      beganAtMs,
      troubleAtMs: nowMs,
      hostId,
      session,
      interruption: null,
      backAtMs: null,
      affected: new Map(),
      heldBack: this.heldBack,
      openedAtMs: nowMs,
      judged: 0,
    };
    this.heldBack = 0;
    if (session === null) this.begun.push({ kind, atMs: nowMs });
    this.open = [...this.open, incident];
    return incident;
  }

  private hasRoom(kind: IncidentKind, nowMs: number): boolean {
    while (this.begun[0] && nowMs - this.begun[0].atMs >= hourMs) this.begun.shift();
    const most = kind === 'spike' ? this.parts.limits.spikesAnHour : this.parts.limits.lossBurstsAnHour;
    const hasRoom = this.begun.filter((one) => one.kind === kind).length < most;
    if (hasRoom) this.toldOf.delete(kind);
    return hasRoom;
  }

  private replace(old: OpenIncident, next: OpenIncident): OpenIncident {
    this.open = this.open.map((one) => (one.id === old.id ? next : one));
    return next;
  }

  private keep(incident: OpenIncident, nowMs: number, replaces: IncidentId | null = null): IncidentEffect {
    return this.effect(incident, null, Math.min(nowMs, incident.troubleAtMs + aroundMs), incident.judged > 0, replaces);
  }

  private end(incident: OpenIncident, endedAtMs: number, nowMs: number): IncidentEffect {
    this.open = this.open.filter(({ id }) => id !== incident.id);
    return this.effect(incident, endedAtMs, Math.min(nowMs, endedAtMs + aroundMs), true, null);
  }

  private effect(incident: OpenIncident, endedAtMs: number | null, toMs: number, isJudged: boolean, replaces: IncidentId | null): IncidentEffect {
    const { id, kind, beganAtMs, hostId, session } = incident;
    const hostName = hostId === null ? null : this.parts.hostName(hostId);
    return {
      kind: 'keep',
      incident,
      summary: {
        id,
        kind,
        beganAtMs,
        endedAtMs,
        hostId,
        entryId: session?.entryId ?? null,
        entryName: session?.entryName ?? null,
        sessionId: session?.id ?? null,
        headline: headline(incident, hostName, endedAtMs !== null),
      },
      fromMs: beganAtMs - aroundMs,
      toMs,
      isJudged,
      replaces,
    };
  }
}
