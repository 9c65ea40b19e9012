// One frame of the latency graph: two probes with times of their own, merged to the columns that uPlot draws.
import type { SampleWindow } from '../../../electron/common/sample-ring';

/** `undefined`: this series has no sample at that time (the line goes on); null: the sample was lost (the line breaks). */
export type Column = (number | null | undefined)[];

export interface GraphFrame {
  readonly atMs: number[];
  readonly icmp: Column;
  readonly tcp: Column;
  /** Running jitter after RFC 3550 §6.4.1, over the probe that answers: the echo, else the port. */
  readonly jitter: Column;
  /** Epoch milliseconds of each lost echo, or of each refused connect where no echo answers. */
  readonly losses: number[];
  readonly highestMs: number;
}

export function buildFrame(icmp: SampleWindow, tcp: SampleWindow): GraphFrame {
  const frame: GraphFrame & { highestMs: number } = { atMs: [], icmp: [], tcp: [], jitter: [], losses: [], highestMs: 0 };
  const leading = icmp.rttMs.some((rtt) => !Number.isNaN(rtt)) || tcp.atMs.length === 0 ? icmp : tcp;
  const jitter = new RunningJitter();
  let i = 0;
  let t = 0;
  while (i < icmp.atMs.length || t < tcp.atMs.length) {
    const icmpAt = icmp.atMs[i] ?? Infinity;
    const tcpAt = tcp.atMs[t] ?? Infinity;
    const at = Math.min(icmpAt, tcpAt);
    const icmpRtt = icmpAt === at ? take(icmp, i++) : undefined;
    const tcpRtt = tcpAt === at ? take(tcp, t++) : undefined;
    const rtt = leading === icmp ? icmpRtt : tcpRtt;
    frame.atMs.push(at);
    frame.icmp.push(icmpRtt);
    frame.tcp.push(tcpRtt);
    frame.jitter.push(rtt === undefined || rtt === null ? undefined : jitter.next(rtt));
    if (rtt === null) frame.losses.push(at);
    frame.highestMs = Math.max(frame.highestMs, icmpRtt ?? 0, tcpRtt ?? 0);
  }
  return frame;
}

function take(window: SampleWindow, index: number): number | null {
  const rtt = window.rttMs[index];
  return rtt === undefined || Number.isNaN(rtt) ? null : rtt;
}

class RunningJitter {
  #previous: number | null = null;
  #jitterMs = 0;

  next(rttMs: number): number {
    if (this.#previous !== null) this.#jitterMs += (Math.abs(rttMs - this.#previous) - this.#jitterMs) / 16;
    this.#previous = rttMs;
    return this.#jitterMs;
  }
}

/** The next round figure (1, 2, 5 × 10ⁿ) with room above the highest sample; never below 2 ms. */
export function roundCeiling(highestMs: number): number {
  const wanted = Math.max(2, highestMs * 1.12);
  const decade = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 3, 5, 8, 10].find((factor) => factor * decade >= wanted) ?? 10;
  return step * decade;
}
