// Every channel between the window and the main process, each written once; preload, handlers and bridge derive from it.
import { z } from 'zod';
import { entryIdSchema, hostIdSchema, sessionIdSchema } from './ids';
import { latencySummarySchema, probeTroubleSchema, sampleBatchSchema } from './latency';
import { entryEditSchema, entryFormSchema, libraryViewSchema } from './library';
import { practiceStateSchema } from './practice';
import { hostKeyQuestionSchema, sessionViewSchema } from './session';
import type { Failure, Result } from './result';

const failureSchema = z.object({ kind: z.string(), message: z.string(), advice: z.string() }) as unknown as z.ZodType<Failure>;

/** A reply that may be an expected failure. */
function resultOf<T extends z.ZodType>(value: T): z.ZodType<Result<z.infer<T>>> {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), failure: failureSchema }),
  ]) as unknown as z.ZodType<Result<z.infer<T>>>;
}

const nothing = z.undefined();
const oneSession = z.strictObject({ sessionId: sessionIdSchema });
const oneEntry = z.strictObject({ entryId: entryIdSchema });

/** What a window needs to draw everything at once; pushes keep it true from then on. */
export const snapshotSchema = z.object({
  version: z.string(),
  library: libraryViewSchema,
  sessions: z.array(sessionViewSchema),
  summaries: z.array(latencySummarySchema),
  probeTroubles: z.array(probeTroubleSchema),
  hostKeyQuestions: z.array(hostKeyQuestionSchema),
  practice: practiceStateSchema,
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** Questions from the window: `subject:verb`, arguments, reply. */
export const invokeContract = {
  'app:snapshot': { args: nothing, reply: snapshotSchema },
  'library:add': { args: entryFormSchema, reply: resultOf(entryIdSchema) },
  'library:edit': { args: entryEditSchema, reply: resultOf(entryIdSchema) },
  /** Removes and hands back what is needed to put it back with `library:restore`, until Athena closes. */
  'library:remove': { args: oneEntry, reply: resultOf(nothing) },
  'library:restore': { args: oneEntry, reply: resultOf(nothing) },
  'library:set-favourite': {
    args: z.strictObject({ entryId: entryIdSchema, favourite: z.boolean() }),
    reply: resultOf(nothing),
  },
  'session:launch': { args: oneEntry, reply: resultOf(sessionIdSchema) },
  /** Ends the session, or forgets it when it has ended. */
  'session:stop': { args: oneSession, reply: resultOf(nothing) },
  'session:reconnect': { args: oneSession, reply: resultOf(nothing) },
  'session:pause': { args: oneSession, reply: resultOf(nothing) },
  'session:resume': { args: oneSession, reply: resultOf(nothing) },
  'session:stay-paused': { args: oneSession, reply: resultOf(nothing) },
  'session:give-password': {
    args: z.strictObject({
      sessionId: sessionIdSchema,
      password: z.string().max(1024).regex(/^[^\0\n\r]*$/, 'a password has no line ends'),
      remember: z.boolean(),
    }),
    reply: resultOf(nothing),
  },
  'session:trust-certificate': {
    args: z.strictObject({ sessionId: sessionIdSchema, fingerprint: z.string().max(200) }),
    reply: resultOf(nothing),
  },
  /**
   * Forgets the certificate that was trusted before and connects again, which shows the new one to be vouched for:
   * clients that refuse a changed certificate don't tell which one they saw.
   */
  'session:forget-certificate': { args: oneSession, reply: resultOf(nothing) },
  /** The client's output so far (at most 256 KiB); `session:printed` carries on from `endsAt`, in UTF-16 units since the start. */
  'session:read-output': { args: oneSession, reply: resultOf(z.object({ text: z.string(), endsAt: z.number() })) },
  'host:trust-key': { args: hostKeyQuestionSchema, reply: resultOf(nothing) },
  'host:refuse-key': { args: z.strictObject({ hostId: hostIdSchema }), reply: resultOf(nothing) },
  /** One question, one answer: is the host there now? */
  'host:check': {
    args: z.strictObject({ hostId: hostIdSchema }),
    reply: resultOf(z.object({ alive: z.boolean(), rttMs: z.number().nullable(), address: z.string().nullable() })),
  },
  /** All samples in memory for one host, for a graph that has just opened. */
  'latency:read-history': { args: z.strictObject({ hostId: hostIdSchema }), reply: z.array(sampleBatchSchema) },
  'practice:start': { args: nothing, reply: resultOf(nothing) },
  'practice:stop': { args: nothing, reply: resultOf(nothing) },
} as const;

/** News from main: `subject:past`. */
export const pushContract = {
  'library:changed': libraryViewSchema,
  'session:changed': sessionViewSchema,
  'session:forgotten': oneSession,
  /** Chosen outside the window, in the tray or by a second start: its page is the one to see. */
  'session:chosen': oneSession,
  'session:printed': z.object({ sessionId: sessionIdSchema, startsAt: z.number(), text: z.string() }),
  'latency:sampled': z.array(sampleBatchSchema),
  'latency:summarised': z.array(latencySummarySchema),
  'latency:troubled': probeTroubleSchema,
  'host:key-asked': hostKeyQuestionSchema,
  'host:key-answered': z.strictObject({ hostId: hostIdSchema }),
  'practice:changed': practiceStateSchema,
} as const;

export type InvokeChannel = keyof typeof invokeContract;
export type InvokeArgs<C extends InvokeChannel> = z.input<(typeof invokeContract)[C]['args']>;
export type ParsedArgs<C extends InvokeChannel> = z.infer<(typeof invokeContract)[C]['args']>;
export type InvokeReply<C extends InvokeChannel> = z.infer<(typeof invokeContract)[C]['reply']>;
export type PushChannel = keyof typeof pushContract;
export type PushPayload<C extends PushChannel> = z.infer<(typeof pushContract)[C]>;

export const invokeChannels = Object.keys(invokeContract) as InvokeChannel[];
export const pushChannels = Object.keys(pushContract) as PushChannel[];

/** What preload puts on `window.athena`; nothing else of Electron reaches the page. */
export interface AthenaBridge {
  invoke<C extends InvokeChannel>(channel: C, args: InvokeArgs<C>): Promise<InvokeReply<C>>;
  /** Returns the way to stop listening. */
  on<C extends PushChannel>(channel: C, listener: (payload: PushPayload<C>) => void): () => void;
}
