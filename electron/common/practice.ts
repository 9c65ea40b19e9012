// What the practice run tells, step by step: the same events in the window, the terminal and as JSON lines.
import { z } from 'zod';
import { toldSchema } from './told';

export const practiceStepSchema = z.enum([
  'host-ready',
  'discovered',
  'paired',
  'listed',
  'launched',
  'streaming',
  /** The stream is taken away on purpose. */
  'cut',
  /** Athena knows. */
  'lost',
  'paused',
  'gate-open',
  'reconnected',
  'resumed',
  'ended',
]);
export type PracticeStep = z.infer<typeof practiceStepSchema>;

export const practiceEventSchema = z.object({
  event: practiceStepSchema,
  atMs: z.number(),
  /** Milliseconds since the step this one is measured from; null where nothing is measured. */
  tookMs: z.number().nullable(),
  text: toldSchema,
});
export type PracticeEvent = z.infer<typeof practiceEventSchema>;

/**
 * How the stream is taken away. `kill`: the client's process dies. `dialog`: the host drops the stream, which ends no
 * Moonlight: it says so in its log, and waits with a dialog.
 */
export const practiceLossSchema = z.enum(['kill', 'dialog']);
export type PracticeLoss = z.infer<typeof practiceLossSchema>;

export const practiceSummarySchema = z.object({
  ok: z.boolean(),
  loss: practiceLossSchema,
  /** `address`: multicast does not work on this machine's loopback. Null: it did not come that far. */
  discoveredBy: z.enum(['mdns', 'address']).nullable(),
  /** Stream cut → known. */
  detectMs: z.number().nullable(),
  /** Loss known → every process of the app verified as stopped. */
  pauseMs: z.number().nullable(),
  /** Loss known → the next client streams. */
  reconnectMs: z.number().nullable(),
  /** End of the count-down → every process of the app verified as running. */
  resumeMs: z.number().nullable(),
  /** Why it is not ok; absent when it is. */
  problem: z.string().optional(),
});
export type PracticeSummary = z.infer<typeof practiceSummarySchema>;

export const practiceStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('running'), events: z.array(practiceEventSchema) }),
  z.object({ kind: z.literal('finished'), events: z.array(practiceEventSchema), summary: practiceSummarySchema }),
]);
export type PracticeState = z.infer<typeof practiceStateSchema>;
