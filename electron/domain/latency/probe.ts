// The port of the latency probes: what to aim at, and where the samples go.
import type { ProbeKind, ProbeTrouble, SampleBatch } from '../../common/latency';
import type { VantageId } from '../../common/vantage';
import type { Disposable } from '../clock';

export interface ProbeTarget {
  readonly vantage: VantageId;
  /** For `self`: any, since that one never leaves the machine. */
  readonly address: string;
  /** Service port for the TCP connect probe (see `tcpProbePort`: not every service bears it); null: echo only. */
  readonly port: number | null;
  /** Plain port of a GameStream host whose own answer is timed. */
  readonly httpPort?: number;
  /** Milliseconds between two echo questions, 50 to 1000; absent: `probeIntervalsMs.icmp`. */
  readonly intervalMs?: number;
  /** No connects for now, only echo: a connect wakes machines that sleep. What was measured before stays. */
  readonly quiet?: boolean;
}

/**
 * Milliseconds between two questions. Echo: a spike of 300 ms must not fall between two samples. A connect reaches
 * a service, which logs it or even starts a process for it: once a second is the most a service is asked.
 */
export const probeIntervalsMs: Readonly<Record<ProbeKind, number>> = { icmp: 200, tcp: 1_000, http: 1_000, loop: 200 };

/** A question without an answer after this is told as lost; an answer that comes later is told with the flag `late`. */
export const lostAfterMs = 1_000;
/** Nobody waits any longer: an answer after this is told no more. */
export const lateUntilMs = 60_000;

export interface Probe {
  /** Replaces the whole set of targets, one a vantage point; unchanged ones go on without a gap. */
  watch(targets: readonly ProbeTarget[]): void;
  /**
   * At most ten batches a second for all targets together. Each question is told once, and once more for each late or repeated answer
   * (`isRetold`). A batch is in order of time, but a loss is known later than the answers to younger questions and comes in a
   * later batch than they.
   */
  onSamples(listener: (batches: readonly SampleBatch[]) => void): Disposable;
  onTrouble(listener: (trouble: ProbeTrouble) => void): Disposable;
  dispose(): Promise<void>;
}
