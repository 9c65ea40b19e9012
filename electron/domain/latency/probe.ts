// The port of the latency probes: what to aim at, and where the samples go.
import type { HostId } from '../../common/ids';
import type { ProbeKind, ProbeTrouble, SampleBatch } from '../../common/latency';
import type { Disposable } from '../clock';

export interface ProbeTarget {
  readonly hostId: HostId;
  readonly address: string;
  /** Service port for the TCP connect probe (see `tcpProbePort`: not every service bears it); null: echo only. */
  readonly port: number | null;
  /** No connects for now, only echo: a connect wakes machines that sleep. What was measured before stays. */
  readonly quiet?: boolean;
}

/**
 * Milliseconds between two questions. Echo: a spike of 300 ms must not fall between two samples. A connect reaches
 * a service, which logs it or even starts a process for it: once a second is the most a service is asked.
 */
export const probeIntervalsMs: Readonly<Record<ProbeKind, number>> = { icmp: 200, tcp: 1_000 };

/** A question without an answer after this is lost, and stays lost: an answer that comes later is told as a trouble, not as a sample. */
export const lostAfterMs = 1_000;

export interface Probe {
  /** Replaces the whole set of targets, one a host; unchanged ones go on without a gap. */
  watch(targets: readonly ProbeTarget[]): void;
  /**
   * At most ten batches a second for all targets together. Each sample is told once. A batch is in order of time, but a
   * loss is known later than the answers to younger questions and comes in a later batch than they.
   */
  onSamples(listener: (batches: readonly SampleBatch[]) => void): Disposable;
  onTrouble(listener: (trouble: ProbeTrouble) => void): Disposable;
  dispose(): Promise<void>;
}
