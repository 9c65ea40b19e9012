// Turns latency samples into what a stall watch asks of them: for how long has a host been silent, by which kind of probe.
import type { HostId } from '../../common/ids';
import { isRetold, type ProbeKind, type SampleBatch } from '../../common/latency';
import { vantageHost, vantageKind } from '../../common/vantage';
import type { Clock } from '../clock';
import { probeIntervalsMs } from '../latency/probe';
import type { ProbeLook } from './stall-evidence';

interface KindAnswers {
  readonly rtts: number[];
  readonly gaps: number[];
  newestAskedMs: number;
  answeredAskedMs: number;
  answers: number;
}

/** Enough for a median that one odd sample does not move. */
const kept = 25;
const fewestAnswers = 5;
/** A kind that has been silent for this long while the stream went on says nothing about the stream. */
const uselessAfterMs = 60_000;
/** Older samples than this have waited somewhere: the wall clock was set, or the machine slept. */
const oldestArrivalMs = 5_000;
/** Two questions and what it takes to tell of them. */
const answeringMs = 600;

export class StallProbes {
  private readonly hosts = new Map<HostId, Map<ProbeKind, KindAnswers>>();

  constructor(private readonly clock: Clock) {}

  take(batches: readonly SampleBatch[]): void {
    const nowMs = this.clock.nowMs();
    const tMs = this.clock.monotonicMs();
    for (const { vantage, probe, atMs, rttMs, flags } of batches) {
      const hostId = vantageKind(vantage) === 'host' ? vantageHost(vantage) : null;
      // A web server that is busy says nothing of the way to the host.
      if (hostId === null || probe === 'http') continue;
      const kinds = this.hosts.get(hostId) ?? new Map<ProbeKind, KindAnswers>();
      this.hosts.set(hostId, kinds);
      const answers = kinds.get(probe) ?? { rtts: [], gaps: [], newestAskedMs: 0, answeredAskedMs: 0, answers: 0 };
      kinds.set(probe, answers);
      atMs.forEach((at, index) => {
        if (isRetold(flags?.[index])) return;
        const agoMs = nowMs - at;
        note(answers, tMs - (agoMs >= 0 && agoMs < oldestArrivalMs ? agoMs : 0), rttMs[index] ?? null);
      });
    }
  }

  looks(hostId: HostId): ProbeLook[] {
    const tMs = this.clock.monotonicMs();
    return [...(this.hosts.get(hostId) ?? [])].map(([probe, { rtts, gaps, answeredAskedMs, answers }]) => ({
      probe,
      intervalMs: median(gaps) ?? probeIntervalsMs[probe],
      silentMs: tMs - answeredAskedMs,
      usable: answers >= fewestAnswers && tMs - answeredAskedMs < uselessAfterMs,
      usualMs: median(rtts) ?? 0,
    }));
  }

  /** Of the hosts besides this one that answered echo within the last minute. */
  others(hostId: HostId): { answering: number; watched: number } {
    const looks = [...this.hosts.keys()].filter((id) => id !== hostId).flatMap((id) => this.looks(id));
    const usable = looks.filter(({ probe, usable: isUsable }) => probe === 'icmp' && isUsable);
    return { answering: usable.filter(({ silentMs, usualMs }) => silentMs - usualMs < answeringMs).length, watched: usable.length };
  }
}

function note(answers: KindAnswers, askedMs: number, rttMs: number | null): void {
  if (askedMs > answers.newestAskedMs) {
    if (answers.newestAskedMs > 0) push(answers.gaps, askedMs - answers.newestAskedMs);
    answers.newestAskedMs = askedMs;
  }
  if (rttMs === null) return;
  answers.answeredAskedMs = Math.max(answers.answeredAskedMs, askedMs);
  answers.answers += 1;
  push(answers.rtts, rttMs);
}

function push(values: number[], value: number): void {
  values.push(value);
  if (values.length > kept) values.shift();
}

function median(values: readonly number[]): number | null {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? null;
}
