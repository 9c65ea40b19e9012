// Latency samples as they travel: columns, not objects, because ten targets at 5 Hz are drawn live.
import { z } from 'zod';
import { vantageIdSchema } from './vantage';

/**
 * icmp: echo by the system's ping. tcp: time until the service port accepts. http: a GameStream host's own answer over its
 * plain port. loop: this machine alone (delay of an event loop, loopback), so that its own trouble is known from the network's.
 */
export const probeKindSchema = z.enum(['icmp', 'tcp', 'http', 'loop']);
export type ProbeKind = z.infer<typeof probeKindSchema>;

/** How often each vantage point is asked for an echo; what the config file may say instead. */
export const usualProbesPerSecond = 5;
export const probesPerSecondSchema = z.int('a whole number').min(1, 'at least 1').max(20, 'at most 20');

/**
 * Bits of a sample. late: the question has been told as lost, and this is its true round-trip time. reordered: answered
 * after a younger question was. duplicate: one more answer to a question that has been told.
 */
export const sampleFlags = { late: 1, reordered: 2, duplicate: 4 } as const;

/** Samples of one vantage point and one probe kind, oldest first; the columns have equal length. */
export const sampleBatchSchema = z.object({
  vantage: vantageIdSchema,
  probe: probeKindSchema,
  /** Epoch milliseconds at which the question was sent. */
  atMs: z.array(z.number()),
  /** Round-trip time in milliseconds; null: lost. */
  rttMs: z.array(z.number().nonnegative().nullable()),
  /** Sums of `sampleFlags`; absent: none has any. */
  flags: z.array(z.int().min(0).max(7)).optional(),
});
export type SampleBatch = z.infer<typeof sampleBatchSchema>;

/** True for a sample that tells more of a question that was told before: it must not be counted as another one. */
export function isRetold(flags: number | undefined): boolean {
  return ((flags ?? 0) & (sampleFlags.late | sampleFlags.duplicate)) !== 0;
}

/** A window of samples in numbers; null where the window holds no answer. */
export const latencySummarySchema = z.object({
  vantage: vantageIdSchema,
  probe: probeKindSchema,
  /** Length of the window in milliseconds. */
  windowMs: z.number(),
  sent: z.int(),
  lost: z.int(),
  lossRatio: z.number().min(0).max(1),
  /** Of the lost: answered after all, too late to count. */
  late: z.int(),
  /** Questions that were answered more than once. */
  duplicates: z.int(),
  /** Questions that were answered after a younger one. */
  reordered: z.int(),
  lastRttMs: z.number().nullable(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  /** Interarrival jitter after RFC 3550 §6.4.1, over round-trip times. */
  jitterMs: z.number().nullable(),
});
export type LatencySummary = z.infer<typeof latencySummarySchema>;

/** Why a vantage point is not measured by a probe kind, in words for people. */
export const probeTroubleSchema = z.object({
  vantage: vantageIdSchema,
  probe: probeKindSchema,
  /** null: the trouble is over. */
  message: z.string().nullable(),
});
export type ProbeTrouble = z.infer<typeof probeTroubleSchema>;
