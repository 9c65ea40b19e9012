// What the owner and the probe thread say to each other; all of it survives the structured clone.
import type { ProbeTrouble, SampleBatch } from '../common/latency';
import type { TelemetryReading } from '../common/telemetry';
import type { ProbeTarget } from '../domain/latency/probe';

export type ToProbeThread =
  /** `generation` grows with each call and comes back with the samples, so that those of replaced targets are told apart. */
  | { readonly kind: 'watch'; readonly generation: number; readonly targets: readonly ProbeTarget[] }
  /** Tell once a second how this machine fares; see `MachineTelemetry`. */
  | { readonly kind: 'observe'; readonly towards: string | null }
  /** End every ping and every socket, then say `stopped`. */
  | { readonly kind: 'stop' };

export type FromProbeThread =
  | { readonly kind: 'samples'; readonly generation: number; readonly batches: readonly SampleBatch[] }
  | { readonly kind: 'trouble'; readonly generation: number; readonly trouble: ProbeTrouble }
  | { readonly kind: 'telemetry'; readonly reading: TelemetryReading }
  | { readonly kind: 'stopped' };
