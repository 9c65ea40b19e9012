// An incident: a period with an interruption or a broken threshold, what Athena did in it, and its probable causes.
import { z } from 'zod';
import { entryIdSchema, hostIdSchema, sessionIdSchema } from './ids';
import { probeKindSchema } from './latency';
import { markSchema } from './session';
import { toldSchema } from './told';
import { causeSchema } from './trace';
import { vantageIdSchema, vantagePointSchema } from './vantage';

/** Sorts by time as text: `20261123-214500-7f3a`. */
export const incidentIdSchema = z
  .string()
  .regex(/^\d{8}-\d{6}-[0-9a-f]{4}$/, 'not the id of an incident')
  .brand<'IncidentId'>();
export type IncidentId = z.infer<typeof incidentIdSchema>;

export const incidentKindSchema = z.enum(['interruption', 'stall', 'spike', 'loss-burst']);
export type IncidentKind = z.infer<typeof incidentKindSchema>;

/** How long each step took, in milliseconds; null: it did not come to that. */
export const incidentStepsSchema = z.object({
  /** From the first sign of trouble; 0: the interruption itself was the first sign. */
  detectMs: z.number().nullable(),
  pauseMs: z.number().nullable(),
  gateMs: z.number().nullable(),
  reconnectMs: z.number().nullable(),
  resumeMs: z.number().nullable(),
});
export type IncidentSteps = z.infer<typeof incidentStepsSchema>;

export const incidentSummarySchema = z.object({
  id: incidentIdSchema,
  kind: incidentKindSchema,
  /** Epoch milliseconds. */
  beganAtMs: z.number(),
  /** Null: it goes on, or its last minute is still being recorded. */
  endedAtMs: z.number().nullable(),
  hostId: hostIdSchema.nullable(),
  hostName: z.string(),
  /** What streamed; null: nothing did. */
  entryId: entryIdSchema.nullable(),
  entryName: z.string().nullable(),
  sessionId: sessionIdSchema.nullable(),
  /** In one line: "RIG did not answer for 6.2 s". */
  headline: toldSchema,
  /** The likeliest; null: not judged yet. */
  cause: causeSchema.nullable(),
});
export type IncidentSummary = z.infer<typeof incidentSummarySchema>;

/** Samples of one vantage point and probe; the columns have equal length. */
export const sampleLaneSchema = z.object({
  vantage: vantagePointSchema,
  probe: probeKindSchema,
  /** Epoch milliseconds at which the question was sent. */
  atMs: z.array(z.number()),
  /** Null: lost. */
  rttMs: z.array(z.number().nullable()),
});
export type SampleLane = z.infer<typeof sampleLaneSchema>;

/** One figure of one machine; counters are told as their change a second. */
export const figureLaneSchema = z.object({
  /** "This machine", "RIG", "RIG's VM host". */
  source: toldSchema,
  /** "CPU pressure". */
  figure: toldSchema,
  unit: z.enum(['%', 'bit/s', '1/s', 'dBm']),
  atMs: z.array(z.number()),
  values: z.array(z.number().nullable()),
});
export type FigureLane = z.infer<typeof figureLaneSchema>;

/** Anything with a moment: a mark of the session, a line of the client, a change of an address, a host's state. */
export const incidentEventSchema = z.object({
  atMs: z.number(),
  kind: z.enum(['mark', 'client', 'host', 'address', 'change']),
  text: toldSchema,
});
export type IncidentEvent = z.infer<typeof incidentEventSchema>;

/** Everything an incident's page draws and its HTML file holds. */
export const incidentSchema = z.object({
  summary: incidentSummarySchema,
  /** The recorded time around it, epoch milliseconds. */
  fromMs: z.number(),
  toMs: z.number(),
  steps: incidentStepsSchema,
  marks: z.array(markSchema),
  causes: z.array(causeSchema),
  lanes: z.array(sampleLaneSchema),
  figures: z.array(figureLaneSchema),
  events: z.array(incidentEventSchema),
});
export type Incident = z.infer<typeof incidentSchema>;

export const exportFormatSchema = z.enum(['html', 'json', 'trace']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** A stretch of recorded time, summed up in buckets; extremes are kept, so that a spike never averages away. */
export const recordedLaneSchema = z.object({
  vantage: vantageIdSchema,
  probe: probeKindSchema,
  /** Beginning of each bucket, epoch milliseconds; buckets without questions are left out. */
  atMs: z.array(z.number()),
  /** Length of a bucket in milliseconds. */
  bucketMs: z.number(),
  sent: z.array(z.int()),
  lost: z.array(z.int()),
  minMs: z.array(z.number().nullable()),
  p50Ms: z.array(z.number().nullable()),
  p95Ms: z.array(z.number().nullable()),
  p99Ms: z.array(z.number().nullable()),
  maxMs: z.array(z.number().nullable()),
});
export type RecordedLane = z.infer<typeof recordedLaneSchema>;

/** "I changed something": the moment that before and after are compared at. */
export const changeMarkSchema = z.object({ id: z.int(), atMs: z.number(), text: z.string().min(1).max(200) });
export type ChangeMark = z.infer<typeof changeMarkSchema>;

const sideSchema = z.object({
  /** Time measured on this side, in hours. */
  hours: z.number(),
  spikesPerHour: z.number(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  lossRatio: z.number().nullable(),
});

/** A vantage point before and after a change. */
export const comparisonSchema = z.object({
  change: changeMarkSchema,
  vantage: vantageIdSchema,
  probe: probeKindSchema,
  before: sideSchema,
  after: sideSchema,
  /** Ratio after/before of the spikes an hour with its 95 % confidence interval; null where nothing can be said. */
  spikeRatio: z.object({ low: z.number(), high: z.number(), value: z.number() }).nullable(),
  verdict: z.enum(['better', 'worse', 'no-difference', 'too-little']),
});
export type Comparison = z.infer<typeof comparisonSchema>;
