// Feeds the flight recorder with all that is measured and lived through, and carries out what the incident watch decides.
import type { GameStreamHostView } from '../../common/gamestream';
import type { HostRecord } from '../../common/host';
import { incidentIdSchema, type IncidentId } from '../../common/incident';
import type { HostId } from '../../common/ids';
import type { SampleBatch } from '../../common/latency';
import type { SessionView } from '../../common/session';
import { vantageHost, vantageKind, type VantageId, type VantagePoint } from '../../common/vantage';
import type { Clock, Disposable } from '../clock';
import type { HostWatch } from '../hosts/host-watch';
import type { Observations } from '../latency/observations';
import type { Log } from '../log';
import type { Sessions } from '../session/sessions';
import { ClientMoments } from './client-moments';
import { IncidentWatch, usualLimits, type IncidentLimits } from './incident-watch';
import type { IncidentKeeper } from './incident-keeper';
import { LaneWatch } from './lane-watch';
import type { IncidentEffect } from './open-incident';
import type { HostMoment, RecordedItem } from './recorded-item';

export interface IncidentDeskParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly keeper: IncidentKeeper;
  readonly observations: Observations;
  readonly sessions: Pick<Sessions, 'onNews' | 'view'>;
  readonly hostWatch: Pick<HostWatch, 'onNews'>;
  readonly host: (hostId: HostId) => HostRecord | null;
  /** 0 to 65,535. */
  readonly random16: () => number;
  readonly limits?: IncidentLimits;
}

const tickMs = 1_000;
/** No samples for so long: this machine slept, and what comes first afterwards says nothing about the network. */
const gapMs = 15_000;
const settlingMs = 10_000;

export class IncidentDesk {
  private readonly watch: IncidentWatch;
  private readonly lanes = new Map<string, LaneWatch>();
  private readonly moments = new ClientMoments();
  private readonly hostStates = new Map<HostId, string>();
  /** As they were last: a host may be forgotten while its incident goes on. */
  private readonly hosts = new Map<HostId, HostRecord>();
  private readonly subscriptions: readonly Disposable[];
  private readonly underWay = new Set<Promise<void>>();
  private timer: Disposable | null = null;
  private isRecording = false;
  private sampledAtMs = Number.POSITIVE_INFINITY;
  private settledAtMs = 0;

  constructor(private readonly parts: IncidentDeskParts) {
    const { clock, observations, sessions, hostWatch } = parts;
    this.watch = new IncidentWatch({
      newId: (atMs) => this.newId(atMs),
      hostName: (hostId) => this.hostName(hostId),
      limits: parts.limits ?? usualLimits,
    });
    this.subscriptions = [
      observations.onSamples((batches) => this.takeSamples(batches)),
      observations.onTelemetry((reading) => this.keep({ kind: 'telemetry', reading })),
      observations.onAddress((reading) => this.keep({ kind: 'address', reading })),
      observations.onVantagesChanged((points) => this.keep({ kind: 'vantages', points, atMs: clock.nowMs() })),
      sessions.onNews({
        changed: (view) => this.takeSession(view),
        marked: (view, mark) => {
          this.keep({ kind: 'session', moment: { sessionId: view.id, hostId: view.hostId, entryId: view.entryId, mark } });
          this.keepClient(this.moments.mark(view, mark));
        },
        printed: (sessionId, _startsAt, text) => {
          const view = sessions.view(sessionId);
          if (view) this.keepClient(this.moments.printed(view, text, clock.nowMs()));
        },
        forgotten: (sessionId) => {
          this.watch.forget(sessionId);
          this.moments.forget(sessionId);
        },
      }),
      hostWatch.onNews({ changed: (views) => this.takeHosts(views) }),
    ];
  }

  /** Begins to record: the window does at once, a command with its first session. Before, nothing is kept. */
  begin(): void {
    if (this.isRecording) return;
    this.isRecording = true;
    const { observations, clock } = this.parts;
    this.keep({ kind: 'vantages', points: observations.vantagePoints(), atMs: clock.nowMs() });
    for (const reading of observations.addresses()) this.keep({ kind: 'address', reading });
  }

  /** Ends what goes on; resolves when it is kept. */
  async dispose(): Promise<void> {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.timer?.dispose();
    this.carryOut(this.watch.close(this.parts.clock.nowMs()));
    await Promise.all(this.underWay);
  }

  private keep(...items: readonly RecordedItem[]): void {
    if (this.isRecording && items.length > 0) this.parts.keeper.keep(items);
  }

  private keepClient(moments: ReturnType<ClientMoments['see']>): void {
    this.keep(...moments.map((moment): RecordedItem => ({ kind: 'client', moment })));
  }

  private takeSamples(batches: readonly SampleBatch[]): void {
    const nowMs = this.parts.clock.nowMs();
    if (nowMs - this.sampledAtMs > gapMs) this.settledAtMs = nowMs + settlingMs;
    this.sampledAtMs = nowMs;
    this.keep(...batches.map((batch): RecordedItem => ({ kind: 'samples', batch })));
    for (const { vantage, probe, atMs, rttMs, flags } of batches) {
      // A web server that is busy says nothing about the way to it.
      if (probe === 'http') continue;
      const lane = this.laneOf(vantage, probe);
      const point = this.pointOf(vantage);
      atMs.forEach((sentMs, index) => {
        const trouble = lane.take(sentMs, rttMs[index] ?? null, flags?.[index] ?? 0);
        if (!this.isRecording || trouble === null || nowMs < this.settledAtMs || this.isShadowed(vantage, probe)) return;
        if (trouble.isNew) this.keep({ kind: 'spike', moment: { atMs: trouble.sinceMs, vantage, probe, peakMs: trouble.peakMs } });
        this.carryOut(this.watch.trouble(point, trouble, nowMs));
      });
    }
  }

  private takeSession(view: SessionView): void {
    const nowMs = this.parts.clock.nowMs();
    this.begin();
    this.host(view.hostId);
    this.keepClient(this.moments.see(view, nowMs));
    this.carryOut(this.watch.session(view, this.badSince(view.hostId), nowMs));
  }

  private takeHosts(views: readonly GameStreamHostView[]): void {
    const atMs = this.parts.clock.nowMs();
    for (const { hostId, state, runningApp } of views) {
      const told = hostStates[state];
      const key = `${told} ${runningApp ?? ''}`;
      if (told === null || this.hostStates.get(hostId) === key) continue;
      this.hostStates.set(hostId, key);
      this.keep({ kind: 'host', moment: { atMs, hostId, state: told, app: runningApp, uptimeS: null } });
    }
  }

  /** A connect is timed in our own event loop: beside echo, which the kernel times, it would only add our own load. */
  private isShadowed(vantage: VantageId, probe: SampleBatch['probe']): boolean {
    return probe === 'tcp' && (this.lanes.get(`${vantage} icmp`)?.usualMs ?? null) !== null;
  }

  /** The first bad sample of the last seconds on the way to a host. */
  private badSince(hostId: HostId): number | null {
    const times = [...this.lanes].flatMap(([key, lane]) => {
      const vantage = key.slice(0, key.lastIndexOf(' ')) as VantageId;
      const isOnTheWay = vantageHost(vantage) === hostId || vantageKind(vantage) === 'gateway';
      return isOnTheWay ? (lane.badSinceMs ?? []) : [];
    });
    return times.length === 0 ? null : Math.min(...times);
  }

  private carryOut(effects: readonly IncidentEffect[]): void {
    for (const effect of effects) {
      if (effect.kind === 'held-back') this.parts.log.info('more of these incidents this hour are only counted', { kind: effect.of });
      else this.keepIncident(effect);
    }
    if (this.watch.isBusy) this.timer ??= this.parts.clock.after(tickMs, () => this.tick());
  }

  private tick(): void {
    this.timer = null;
    this.carryOut(this.watch.tick(this.parts.clock.nowMs()));
  }

  private keepIncident({ incident, summary, fromMs, toMs, isJudged, replaces }: Extract<IncidentEffect, { kind: 'keep' }>): void {
    const { keeper, log } = this.parts;
    const host = summary.hostId === null ? null : this.host(summary.hostId);
    const kept = keeper
      .keepIncident({
        summary: { ...summary, hostName: summary.hostId === null ? 'Network' : this.hostName(summary.hostId), cause: null },
        clientName: incident.session?.clientName ?? null,
        hostAddress: host?.address ?? null,
        fromMs,
        toMs,
        isJudged,
        replaces,
      })
      .then((result) => {
        if (!result.ok) log.warn('incident could not be kept', { incident: summary.id, ...result.failure });
      })
      .catch((error: unknown) => log.error('incident could not be kept', { incident: summary.id, error }))
      .finally(() => this.underWay.delete(kept));
    this.underWay.add(kept);
  }

  private laneOf(vantage: VantageId, probe: string): LaneWatch {
    const key = `${vantage} ${probe}`;
    const lane = this.lanes.get(key) ?? new LaneWatch();
    this.lanes.set(key, lane);
    return lane;
  }

  private pointOf(id: VantageId): VantagePoint {
    const known = this.parts.observations.vantagePoints().find((point) => point.id === id);
    const hostId = vantageHost(id);
    return known ?? { id, kind: vantageKind(id), name: hostId === null ? id : this.hostName(hostId), address: null, hostId };
  }

  private hostName(hostId: HostId): string {
    return this.host(hostId)?.name ?? hostId;
  }

  private host(hostId: HostId): HostRecord | null {
    const present = this.parts.host(hostId);
    if (present) this.hosts.set(hostId, present);
    return present ?? this.hosts.get(hostId) ?? null;
  }

  private newId(atMs: number): IncidentId {
    const stamp = new Date(atMs).toISOString().replaceAll(/[-:]/g, '');
    return incidentIdSchema.parse(`${stamp.slice(0, 8)}-${stamp.slice(9, 15)}-${this.parts.random16().toString(16).padStart(4, '0')}`);
  }
}

/** As a trace names them; null: nothing is known. */
const hostStates: Readonly<Record<GameStreamHostView['state'], HostMoment['state'] | null>> = {
  unknown: null,
  asleep: 'asleep',
  booting: 'unreachable',
  online: 'free',
  busy: 'busy',
  paused: 'busy',
  'address-in-doubt': 'unreachable',
  'certificate-changed': 'unreachable',
};
