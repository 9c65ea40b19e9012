// Knows the latency of every watched vantage point: feeds on probe batches, sums up once a second, and tells which hosts are there and fit.
import type { HostReach } from '../../common/host';
import type { HostId } from '../../common/ids';
import type { LatencySummary, ProbeKind, ProbeTrouble, SampleBatch } from '../../common/latency';
import { tell } from '../../common/told';
import { hostVantage, vantageHost, vantageKind, type VantageId } from '../../common/vantage';
import type { Clock, Disposable } from '../clock';
import type { NetworkFitness } from './network-gate';
import type { Probe, ProbeTarget } from './probe';
import { VantageTrack } from './vantage-track';

export interface LatencyNews {
  /** Once a second while anything is watched. */
  summarised?(summaries: readonly LatencySummary[]): void;
  reachChanged?(hostId: HostId, reach: HostReach): void;
  /** The host answers and did not before (or was not known to): whoever waits for it may try now. */
  hostSeen?(hostId: HostId): void;
}

export interface LatencyBookOptions {
  /** Samples kept of each vantage point and probe kind; 3600 are twelve minutes of echo. */
  readonly capacity?: number;
  /** Length of the summed-up window in milliseconds. */
  readonly summaryWindowMs?: number;
}

const summaryEveryMs = 1_000;

export class LatencyBook {
  private readonly tracks = new Map<VantageId, VantageTrack>();
  private readonly news = new Set<LatencyNews>();
  private readonly gateWatches = new Set<() => void>();
  private readonly subscriptions: readonly Disposable[];
  private readonly capacity: number;
  private readonly summaryWindowMs: number;
  private timer: Disposable | null = null;

  constructor(
    private readonly probe: Probe,
    private readonly clock: Clock,
    { capacity = 3_600, summaryWindowMs = 60_000 }: LatencyBookOptions = {},
  ) {
    this.capacity = capacity;
    this.summaryWindowMs = summaryWindowMs;
    this.subscriptions = [
      probe.onSamples((batches) => this.take(batches)),
      probe.onTrouble((trouble) => this.noteTrouble(trouble)),
    ];
  }

  /** Replaces the whole set of targets; one whose address or port is new starts without a past. */
  watch(targets: readonly ProbeTarget[]): void {
    const wanted = new Map(targets.map((target) => [target.vantage, target]));
    for (const [vantage, { target }] of this.tracks) {
      const next = wanted.get(vantage);
      if (next?.address !== target.address || next.port !== target.port) this.tracks.delete(vantage);
    }
    for (const [vantage, target] of wanted) {
      if (!this.tracks.has(vantage)) this.tracks.set(vantage, new VantageTrack(target, this.capacity));
    }
    this.probe.watch([...wanted.values()]);
    if (this.tracks.size > 0) this.timer ??= this.clock.after(summaryEveryMs, () => this.tick());
  }

  onNews(news: LatencyNews): Disposable {
    this.news.add(news);
    return { dispose: () => this.news.delete(news) };
  }

  /** Of all watched vantage points; those without samples in the window are left out. */
  summaries(): LatencySummary[] {
    const nowMs = this.clock.nowMs();
    return [...this.tracks.values()].flatMap((track) => track.summaries(nowMs, this.summaryWindowMs));
  }

  /** The troubles that are not over. */
  troubles(): ProbeTrouble[] {
    return [...this.tracks].flatMap(([vantage, { troubles }]) =>
      [...troubles].map(([probe, message]) => ({ vantage, probe, message })),
    );
  }

  /** All kept samples of a vantage point, one batch for each probe kind; empty for one that is not watched. */
  history(vantage: VantageId): SampleBatch[] {
    return this.tracks.get(vantage)?.history() ?? [];
  }

  reach(hostId: HostId): HostReach {
    return this.trackOf(hostId)?.reach ?? 'unknown';
  }

  /** The usual round-trip time in milliseconds; null: not learned yet. */
  baselineMs(hostId: HostId, probe: ProbeKind): number | null {
    return this.trackOf(hostId)?.baselineMs(probe) ?? null;
  }

  fitness(hostId: HostId): NetworkFitness {
    const track = this.trackOf(hostId);
    return track?.fitness(this.clock.nowMs()) ?? { kind: 'unmeasured', reason: tell`this host is not watched` };
  }

  /**
   * Calls once, as soon as the network to the host is fit or can't be judged; never within this very call, so that the
   * caller holds the way to stop it first.
   */
  watchGate(hostId: HostId, onFit: (fitness: NetworkFitness) => void): Disposable {
    const stop = (): void => {
      this.gateWatches.delete(look);
      firstLook.dispose();
    };
    const look = (): void => {
      const fitness = this.fitness(hostId);
      if (fitness.kind === 'unfit') return;
      stop();
      onFit(fitness);
    };
    const firstLook = this.clock.after(0, look);
    this.gateWatches.add(look);
    return { dispose: stop };
  }

  /** The probe is not disposed: who created it does that. */
  dispose(): void {
    this.timer?.dispose();
    this.timer = null;
    for (const subscription of this.subscriptions) subscription.dispose();
    this.tracks.clear();
    this.gateWatches.clear();
    this.news.clear();
  }

  private trackOf(hostId: HostId): VantageTrack | undefined {
    return this.tracks.get(hostVantage(hostId));
  }

  private take(batches: readonly SampleBatch[]): void {
    const touched = new Set<VantageTrack>();
    for (const batch of batches) {
      const track = this.tracks.get(batch.vantage); // none: sent before it was forgotten
      track?.append(batch);
      if (track) touched.add(track);
    }
    this.lookAround(touched);
  }

  private noteTrouble({ vantage, probe, message }: ProbeTrouble): void {
    const troubles = this.tracks.get(vantage)?.troubles;
    if (message === null) troubles?.delete(probe);
    else troubles?.set(probe, message);
  }

  private tick(): void {
    this.timer = this.tracks.size > 0 ? this.clock.after(summaryEveryMs, () => this.tick()) : null;
    this.lookAround(this.tracks.values());
    const summaries = this.summaries();
    this.tell((news) => news.summarised?.(summaries));
  }

  /** Silence decides too: that is why this also runs on the clock, not only on samples. */
  private lookAround(tracks: Iterable<VantageTrack>): void {
    const nowMs = this.clock.nowMs();
    for (const track of tracks) {
      const { vantage } = track.target;
      const hostId = vantageKind(vantage) === 'host' ? vantageHost(vantage) : null;
      if (hostId === null || !track.updateReach(nowMs)) continue;
      this.tell((news) => news.reachChanged?.(hostId, track.reach));
      if (track.reach === 'online') this.tell((news) => news.hostSeen?.(hostId));
    }
    // One that opens may close another.
    for (const look of [...this.gateWatches]) if (this.gateWatches.has(look)) look();
  }

  private tell(say: (news: LatencyNews) => void): void {
    for (const news of [...this.news]) say(news);
  }
}
