// What the owner and the probe thread say to each other; all of it survives the structured clone.
import type { ProbeTrouble, SampleBatch } from '../common/latency';
import type { ProbeTarget } from '../domain/latency/probe';

export type ToProbeThread =
  /** `generation` grows with each call and comes back with the samples, so that those of replaced targets are told apart. */
  | { readonly kind: 'watch'; readonly generation: number; readonly targets: readonly ProbeTarget[] }
  /** End every ping and every socket, then say `stopped`. */
  | { readonly kind: 'stop' };

export type FromProbeThread =
  | { readonly kind: 'samples'; readonly generation: number; readonly batches: readonly SampleBatch[] }
  | { readonly kind: 'trouble'; readonly generation: number; readonly trouble: ProbeTrouble }
  | { readonly kind: 'stopped' };
