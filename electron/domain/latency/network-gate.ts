// Says whether the network to a host is fit for a reconnect, so that an attempt doesn't run into the next spike.
import { nearestRank } from '../../common/latency-statistics';
import type { ProbeKind } from '../../common/latency';
import type { SampleWindow } from '../../common/sample-ring';
import { assertNever } from '../../common/result';
import { figure, tell, type Told } from '../../common/told';

export type NetworkFitness =
  | { readonly kind: 'fit'; readonly judgedBy: readonly ProbeKind[] }
  | { readonly kind: 'unfit'; readonly reasons: readonly Told[] }
  /** Nothing can be said: waiting at the gate would be waiting for nothing. */
  | { readonly kind: 'unmeasured'; readonly reason: Told };

export interface ProbeEvidence {
  readonly probe: ProbeKind;
  /** Milliseconds between two questions of this kind. */
  readonly intervalMs: number;
  /** The samples of the last `gateWindowMs`. */
  readonly window: SampleWindow;
  /** This kind has been answered by this host at least once since it is watched. */
  readonly everAnswered: boolean;
  /** The usual round-trip time; null: not learned yet. */
  readonly baselineMs: number | null;
}

/** Ten echo questions: the shortest time after which "all answered" says something. */
export const gateWindowMs = 2_000;
/** A question from later than now: the wall clock was set back since. */
const clockSetBackMs = 1_000;
/** Below this, three times the usual time is noise of a local network and no hindrance to a stream. */
const alwaysFineMs = 5;
const timesBaseline = 3;
/** Two answers further apart than this many intervals have an open question between them (a lost one is told after a second). */
const openQuestionIntervals = 1.75;
/** From the answer to the judge: batching at 100 ms and two busy event loops. */
const deliveryMs = 300;

/**
 * Fit: with each kind that this host answers, all questions of the last two seconds are answered, and the 95th percentile is at
 * most the larger of 5 ms and three times the usual. A kind the host has never answered is no evidence (firewalls drop
 * echo), as long as another one is.
 * @param nowMs epoch milliseconds
 */
export function judgeNetwork(nowMs: number, evidence: readonly ProbeEvidence[]): NetworkFitness {
  const measured = evidence
    .filter(({ probe }) => saysOfTheWay(probe))
    .map((kind) => ({ ...kind, window: untilNow(kind.window, nowMs) }))
    .filter(({ window }) => window.atMs.length > 0);
  if (measured.length === 0) return { kind: 'unmeasured', reason: tell`no probe works, so nothing is known about the network` };
  const usable = measured.filter(({ everAnswered }) => everAnswered);
  if (usable.length === 0) {
    return { kind: 'unfit', reasons: measured.map(({ probe }) => tell`${nameOf(probe)} has never been answered`) };
  }
  // A connect is timed in our own event loop: beside echo, which the kernel times, it would only add our own load.
  const hasEcho = usable.some(({ probe }) => probe === 'icmp');
  const reasons = usable.flatMap((kind) => [
    ...unansweredReasons(nowMs, kind),
    ...(kind.probe === 'tcp' && hasEcho ? [] : slownessReasons(kind)),
  ]);
  return reasons.length === 0 ? { kind: 'fit', judgedBy: usable.map(({ probe }) => probe) } : { kind: 'unfit', reasons };
}

/** What the 95th percentile may be at most, in milliseconds. @param baselineMs the usual round-trip time */
export function gateLimitMs(baselineMs: number): number {
  return Math.max(alwaysFineMs, baselineMs * timesBaseline);
}

/** A web server that is busy, or a late event loop of ours, says nothing of the way to the host. */
function saysOfTheWay(probe: ProbeKind): boolean {
  return probe === 'icmp' || probe === 'tcp';
}

function untilNow(window: SampleWindow, nowMs: number): SampleWindow {
  const count = window.atMs.findIndex((at) => at > nowMs + clockSetBackMs);
  return count < 0 ? window : { atMs: window.atMs.subarray(0, count), rttMs: window.rttMs.subarray(0, count) };
}

function unansweredReasons(nowMs: number, { probe, intervalMs, window }: ProbeEvidence): Told[] {
  const { atMs, rttMs } = window;
  const lost = rttMs.filter(Number.isNaN).length;
  if (lost > 0) return [tell`${nameOf(probe)}: ${lost} of ${rttMs.length} questions of the last 2 s lost`];

  const open = intervalMs * openQuestionIntervals;
  const oldestAgeMs = nowMs - (atMs[0] ?? nowMs);
  if (oldestAgeMs < gateWindowMs - open) return [tell`${nameOf(probe)}: answered for only ${seconds(oldestAgeMs)}`];
  const newestAgeMs = nowMs - (atMs.at(-1) ?? nowMs);
  if (newestAgeMs > open + deliveryMs + Math.max(...rttMs)) return [tell`${nameOf(probe)}: no answer for ${seconds(newestAgeMs)}`];
  const hasHole = atMs.some((at, index) => at - (atMs[index - 1] ?? at) > open);
  return hasHole ? [tell`${nameOf(probe)}: a question of the last 2 s is not answered yet`] : [];
}

function slownessReasons({ probe, window, baselineMs }: ProbeEvidence): Told[] {
  const p95Ms = nearestRank(window.rttMs.filter((rtt) => !Number.isNaN(rtt)).sort(), 95);
  if (p95Ms === null || baselineMs === null) return [];
  const limitMs = gateLimitMs(baselineMs);
  if (p95Ms <= limitMs) return [];
  return [tell`${nameOf(probe)}: p95 ${figure(p95Ms, 1)} ms, usual ${figure(baselineMs, 1)} ms, at most ${figure(limitMs, 1)} ms is fine`];
}

function nameOf(probe: ProbeKind): Told {
  switch (probe) {
    case 'icmp':
      return tell`echo`;
    case 'tcp':
      return tell`connecting to the port`;
    case 'http':
      return tell`the web answer`;
    case 'loop':
      return tell`this machine`;
    default:
      return assertNever(probe);
  }
}

function seconds(ms: number): Told {
  return tell`${figure(ms / 1000, 1)} s`;
}
