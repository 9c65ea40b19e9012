// The trace file: the public form of an incident, JSON Lines, one object a line; anybody can replay one.
import { z } from 'zod';
import { toldSchema } from './told';

/** Milliseconds from the trace's start, at most a day. Of a sample: when its question was sent. */
const tMs = z.number().min(0).max(86_400_000);
const text = z.string().max(4_096);
const optionalNumber = z.number().finite().nullish();

export const traceTargetSchema = z.enum(['gateway', 'host', 'vmhost', 'peer', 'self', 'port']);
export type TraceTarget = z.infer<typeof traceTargetSchema>;
export const traceProbeSchema = z.enum(['icmp', 'tcp', 'http', 'loop']);
export type TraceProbe = z.infer<typeof traceProbeSchema>;
export const traceSourceSchema = z.enum(['self', 'host', 'vmhost']);
export type TraceSource = z.infer<typeof traceSourceSchema>;

export const traceMetaSchema = z.object({
  kind: z.literal('meta'),
  version: z.literal(1),
  host: text.optional(),
  client: text.optional(),
  intervalMs: z.number().positive().max(60_000).optional(),
  linkBps: z.number().positive().optional(),
  wifi: z.boolean().optional(),
  /** Epoch milliseconds of earlier spikes. */
  history: z.array(z.number().finite()).max(100_000).optional(),
  /** Epoch milliseconds of `tMs` 0. */
  startedAt: z.number().finite().optional(),
});
export type TraceMeta = z.infer<typeof traceMetaSchema>;

export const traceSampleSchema = z.object({
  kind: z.literal('sample'),
  tMs,
  target: traceTargetSchema,
  probe: traceProbeSchema,
  seq: z.number().optional(),
  /** null: lost. */
  rttMs: z.number().nonnegative().finite().nullable(),
  late: z.boolean().optional(),
  reordered: z.boolean().optional(),
  duplicate: z.boolean().optional(),
});
export type TraceSample = z.infer<typeof traceSampleSchema>;

/** Rates in bits a second, PSI and steal in percent; drops and errors count since the machine's start. */
export const traceTelemetrySchema = z.object({
  kind: z.literal('telemetry'),
  tMs,
  source: traceSourceSchema,
  psiCpu: optionalNumber,
  psiIo: optionalNumber,
  psiMemory: optionalNumber,
  stealPct: optionalNumber,
  rxBps: optionalNumber,
  txBps: optionalNumber,
  rxDrops: optionalNumber,
  txDrops: optionalNumber,
  linkUp: z.boolean().nullish(),
  udpRcvErrors: optionalNumber,
});
export type TraceTelemetry = z.infer<typeof traceTelemetrySchema>;

export const traceAddressSchema = z.object({
  kind: z.literal('address'),
  tMs,
  name: text,
  ip: text.nullish(),
  mac: text.nullish(),
  uniqueId: text.nullish(),
  certSha256: text.nullish(),
});
export type TraceAddress = z.infer<typeof traceAddressSchema>;

export const traceClientSchema = z.object({
  kind: z.literal('client'),
  tMs,
  event: z.enum(['line', 'stage', 'poor', 'okay', 'terminated', 'exit', 'stall']),
  text: z.string().max(65_536).nullish(),
  code: z.number().nullish(),
  signal: text.nullish(),
});
export type TraceClient = z.infer<typeof traceClientSchema>;

export const traceHostSchema = z.object({
  kind: z.literal('host'),
  tMs,
  state: z.enum(['busy', 'free', 'unreachable', 'asleep']),
  app: text.nullish(),
  uptimeS: z.number().nonnegative().nullish(),
});
export type TraceHost = z.infer<typeof traceHostSchema>;

export const traceLineSchema = z.discriminatedUnion('kind', [
  traceMetaSchema,
  traceSampleSchema,
  traceTelemetrySchema,
  traceAddressSchema,
  traceClientSchema,
  traceHostSchema,
]);
export type TraceLine = z.infer<typeof traceLineSchema>;

export const causeIdSchema = z.enum([
  'client-crash',
  'client-machine-busy',
  'vm-host-cpu-pressure',
  'router-freeze',
  'nic-contention',
  'address-stale',
  'duplicate-address',
  'link-down',
  'wifi',
  'packet-reordering',
  'path-mtu',
  'udp-buffer-overrun',
  'host-app-ended',
  'host-encoder-stall',
  'host-rebooted',
  'host-asleep',
  'periodic-job',
  'unknown',
]);
export type CauseId = z.infer<typeof causeIdSchema>;

export const causeSchema = z.object({
  cause: causeIdSchema,
  /** 0 to 1. */
  confidence: z.number().min(0).max(1),
  evidence: z.array(toldSchema),
  against: z.array(toldSchema),
  /** What would tell for sure. */
  confirm: toldSchema,
  fix: toldSchema,
});
export type Cause = z.infer<typeof causeSchema>;
