// Keeps what the probes found out about one vantage point: samples, usual times, troubles, and whether it is there.
import type { HostReach } from '../../common/host';
import { isRetold, type LatencySummary, type ProbeKind, type SampleBatch } from '../../common/latency';
import { summarise } from '../../common/latency-statistics';
import { SampleRing, toColumns } from '../../common/sample-ring';
import { Baseline } from './baseline';
import { gateWindowMs, judgeNetwork, type NetworkFitness } from './network-gate';
import { probeIntervalsMs, type ProbeTarget } from './probe';
import { decideReach, silentAfterMs } from './reach';

interface KindTrack {
  readonly ring: SampleRing;
  readonly baseline: Baseline;
  everAnswered: boolean;
}

/** Long enough that lost or open questions don't hide the usual distance of two samples. */
const intervalWindowMs = 10_000;
/** What says whether somebody is there and the way is fit. A web server that is busy says nothing about either. */
const deciding: ReadonlySet<ProbeKind> = new Set<ProbeKind>(['icmp', 'tcp']);

export class VantageTrack {
  readonly troubles = new Map<ProbeKind, string>();
  reach: HostReach = 'unknown';
  private readonly kinds = new Map<ProbeKind, KindTrack>();

  /** @param capacity samples kept of each probe kind */
  constructor(
    readonly target: ProbeTarget,
    private readonly capacity: number,
  ) {}

  append(batch: SampleBatch): void {
    const track = this.kindTrack(batch.probe);
    track.ring.append(batch);
    batch.rttMs.forEach((rttMs, index) => {
      if (rttMs === null || isRetold(batch.flags?.[index])) return;
      track.everAnswered = true;
      track.baseline.learn(rttMs);
    });
  }

  /** Decides anew. @returns true when the reach changed */
  updateReach(nowMs: number): boolean {
    const before = this.reach;
    const recent = this.decidingKinds().map(([, { ring }]) => ring.window(nowMs - silentAfterMs).rttMs);
    this.reach = decideReach(before, recent);
    return this.reach !== before;
  }

  fitness(nowMs: number): NetworkFitness {
    return judgeNetwork(
      nowMs,
      this.decidingKinds().map(([probe, { ring, baseline, everAnswered }]) => ({
        probe,
        intervalMs: usualIntervalMs(ring.window(nowMs - intervalWindowMs).atMs) ?? probeIntervalsMs[probe],
        window: ring.window(nowMs - gateWindowMs),
        everAnswered,
        baselineMs: baseline.medianMs,
      })),
    );
  }

  /** @returns one summary for each probe kind that has samples in the window */
  summaries(nowMs: number, windowMs: number): LatencySummary[] {
    return [...this.kinds].flatMap(([probe, { ring }]) => {
      const summary = summarise(ring.window(nowMs - windowMs), { vantage: this.target.vantage, probe, windowMs });
      return summary.sent === 0 ? [] : [summary];
    });
  }

  history(): SampleBatch[] {
    return [...this.kinds].map(([probe, { ring }]) => ({ vantage: this.target.vantage, probe, ...toColumns(ring.window()) }));
  }

  baselineMs(probe: ProbeKind): number | null {
    return this.kinds.get(probe)?.baseline.medianMs ?? null;
  }

  private decidingKinds(): (readonly [ProbeKind, KindTrack])[] {
    return [...this.kinds].filter(([probe]) => deciding.has(probe));
  }

  private kindTrack(probe: ProbeKind): KindTrack {
    const known = this.kinds.get(probe);
    if (known) return known;
    const track = { ring: new SampleRing(this.capacity), baseline: new Baseline(), everAnswered: false };
    this.kinds.set(probe, track);
    return track;
  }
}

/** The median distance of two samples; null below three samples. Where echo is asked less often than planned, this shows it. */
function usualIntervalMs(atMs: Float64Array): number | null {
  if (atMs.length < 3) return null;
  const gaps = Float64Array.from(atMs.subarray(1), (at, index) => at - (atMs[index] ?? at)).sort();
  return gaps[Math.floor(gaps.length / 2)] ?? null;
}
