// Latency samples as they travel: columns, not objects, because ten targets at 5 Hz are drawn live.
import { z } from 'zod';
import { hostIdSchema } from './ids';

/** icmp: echo by the system's ping. tcp: time until the service port accepts. */
export const probeKindSchema = z.enum(['icmp', 'tcp']);
export type ProbeKind = z.infer<typeof probeKindSchema>;

/** Samples of one host and one probe kind, oldest first; the columns have equal length. */
export const sampleBatchSchema = z.object({
  hostId: hostIdSchema,
  probe: probeKindSchema,
  /** Epoch milliseconds at which the question was sent. */
  atMs: z.array(z.number()),
  /** Round-trip time in milliseconds; null: lost. */
  rttMs: z.array(z.number().nonnegative().nullable()),
});
export type SampleBatch = z.infer<typeof sampleBatchSchema>;

/** A window of samples in numbers; null where the window holds no answer. */
export const latencySummarySchema = z.object({
  hostId: hostIdSchema,
  probe: probeKindSchema,
  /** Length of the window in milliseconds. */
  windowMs: z.number(),
  sent: z.int(),
  lost: z.int(),
  lossRatio: z.number().min(0).max(1),
  lastRttMs: z.number().nullable(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  /** Interarrival jitter after RFC 3550 §6.4.1, over round-trip times. */
  jitterMs: z.number().nullable(),
});
export type LatencySummary = z.infer<typeof latencySummarySchema>;

/** Why a host is not measured by a probe kind, in words for the host's page. */
export const probeTroubleSchema = z.object({
  hostId: hostIdSchema,
  probe: probeKindSchema,
  /** null: the trouble is over. */
  message: z.string().nullable(),
});
export type ProbeTrouble = z.infer<typeof probeTroubleSchema>;
