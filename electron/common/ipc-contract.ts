// Every channel between the window and the main process, each written once; preload, handlers and bridge derive from it.
import { z } from 'zod';
import { desktopGrantsSchema } from './desktop';
import { foundHostSchema, gameStreamHostViewSchema, hostAddSchema, hostPairSchema, offlineReasonSchema, pairingStateSchema, webLogInSchema } from './gamestream';
import { entryIdSchema, hostIdSchema, sessionIdSchema } from './ids';
import { importDoneSchema, importIdSchema, importViewSchema, mostCandidates } from './imports';
import { changeMarkSchema, comparisonSchema, exportFormatSchema, incidentIdSchema, incidentSchema, incidentSummarySchema, recordedLaneSchema } from './incident';
import { latencySummarySchema, probeTroubleSchema, sampleBatchSchema } from './latency';
import { entryEditSchema, entryFormSchema, libraryViewSchema, pauseEditSchema, protocolClientSchema } from './library';
import { practiceStateSchema } from './practice';
import { profilePlaceSchema, profileSchema, profileViewSchema } from './profile';
import { hostKeyQuestionSchema, leftSessionSchema, sessionViewSchema } from './session';
import { chosenSettingsSchema, settingNameSchema, settingsViewSchema } from './settings';
import { storageTroubleSchema } from './storage';
import { vantageIdSchema, vantagePointSchema } from './vantage';
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
const oneHost = z.strictObject({ hostId: hostIdSchema });

/** What a window needs to draw everything at once; pushes keep it true from then on. */
export const snapshotSchema = z.object({
  version: z.string(),
  /** Full screen, for people three metres away. */
  couch: z.boolean(),
  settings: settingsViewSchema,
  library: libraryViewSchema,
  sessions: z.array(sessionViewSchema),
  summaries: z.array(latencySummarySchema),
  probeTroubles: z.array(probeTroubleSchema),
  hostKeyQuestions: z.array(hostKeyQuestionSchema),
  leftSessions: z.array(leftSessionSchema),
  /** Absent: all files can be written. */
  storageTrouble: storageTroubleSchema.optional(),
  gameStreamHosts: z.array(gameStreamHostViewSchema),
  foundHosts: z.array(foundHostSchema),
  pairings: z.array(pairingStateSchema),
  practice: practiceStateSchema,
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** Questions from the window: `subject:verb`, arguments, reply. */
export const invokeContract = {
  'app:snapshot': { args: nothing, reply: snapshotSchema },
  /** The whole library, after a snapshot that told its start. */
  'library:read': { args: nothing, reply: libraryViewSchema },
  'library:add': { args: entryFormSchema, reply: resultOf(entryIdSchema) },
  'library:edit': { args: entryEditSchema, reply: resultOf(entryIdSchema) },
  'library:set-pause': { args: pauseEditSchema, reply: resultOf(nothing) },
  /** Removes and hands back what is needed to put it back with `library:restore`, until Athena closes. */
  'library:remove': { args: oneEntry, reply: resultOf(nothing) },
  'library:restore': { args: oneEntry, reply: resultOf(nothing) },
  'library:set-favourite': {
    args: z.strictObject({ entryId: entryIdSchema, favourite: z.boolean() }),
    reply: resultOf(nothing),
  },
  'library:set-hidden': {
    args: z.strictObject({ entryId: entryIdSchema, hidden: z.boolean() }),
    reply: resultOf(nothing),
  },
  /** Connections that other programs know, held against the library; takes a second at most. */
  'import:look': { args: nothing, reply: resultOf(importViewSchema) },
  /** Asks for files, and answers with these among the others; the same view when the person thought better of it. */
  'import:choose-files': { args: nothing, reply: resultOf(importViewSchema) },
  /** Adds what is new of it; the rest is counted. */
  'import:add': { args: z.strictObject({ ids: z.array(importIdSchema).min(1).max(mostCandidates) }), reply: resultOf(importDoneSchema) },
  /** Takes back what the last one has added, until Athena closes. */
  'import:undo': { args: nothing, reply: resultOf(nothing) },
  /** What shows each protocol on this machine, or what to install; asks programs for their version the first time. */
  'client:survey': { args: nothing, reply: resultOf(z.array(protocolClientSchema)) },
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
  /** Ends the other app that runs on the host, then starts this session's own. */
  'session:take-over': { args: oneSession, reply: resultOf(nothing) },
  /** Stops the session and ends its app on the host; only GameStream hosts end apps. */
  'session:quit-app': { args: oneSession, reply: resultOf(nothing) },
  /** Nobody wants to come back to what streamed when Athena died. */
  'session:forget-left': { args: oneEntry, reply: resultOf(nothing) },
  /** The client's output so far (at most 256 KiB); `session:printed` carries on from `endsAt`, in UTF-16 units since the start. */
  'session:read-output': { args: oneSession, reply: resultOf(z.object({ text: z.string(), endsAt: z.number() })) },
  'host:trust-key': { args: hostKeyQuestionSchema, reply: resultOf(nothing) },
  'host:refuse-key': { args: oneHost, reply: resultOf(nothing) },
  /** One question, one answer: is the host there now? */
  'host:check': {
    args: oneHost,
    reply: resultOf(z.object({ alive: z.boolean(), rttMs: z.number().nullable(), address: z.string().nullable() })),
  },
  /** Asks an address who it is and adds it as a GameStream host; a known one gains the address. */
  'host:add': { args: hostAddSchema, reply: resultOf(hostIdSchema) },
  /** Forgets a GameStream host with its pairing and its apps; the library's own entries on it stay. */
  'host:forget': { args: oneHost, reply: resultOf(nothing) },
  /** Looks at it now, and reads its list of apps anew when it is paired. */
  'host:refresh': { args: oneHost, reply: resultOf(nothing) },
  /** Begins to pair and answers with the PIN; how it ends is pushed as `host:pairing-changed`. */
  'host:pair': { args: hostPairSchema, reply: resultOf(z.object({ pin: z.string() })) },
  'host:cancel-pairing': { args: oneHost, reply: resultOf(nothing) },
  /** Ends the app that runs there, and every stream of it. */
  'host:quit-app': { args: z.strictObject({ hostId: hostIdSchema, web: webLogInSchema.optional() }), reply: resultOf(nothing) },
  /** Sends the wake-up signal, again and again until the host answers or has had time enough. */
  'host:wake': { args: oneHost, reply: resultOf(nothing) },
  /** Why a GameStream host is offline, step by step; takes some seconds. */
  'host:explain': { args: oneHost, reply: resultOf(offlineReasonSchema) },
  /** How an entry's stream will look, where each value comes from, and whether it fits. GameStream entries only. */
  'profile:read': { args: oneEntry, reply: resultOf(profileViewSchema) },
  /** Replaces what is set at one level; a value that is absent is inherited. */
  'profile:set': { args: z.strictObject({ place: profilePlaceSchema, profile: profileSchema }), reply: resultOf(nothing) },
  /** All samples in memory for one host, for a graph that has just opened. */
  'latency:read-history': { args: oneHost, reply: z.array(sampleBatchSchema) },
  /** Newest first, at most 500. */
  'incident:list': { args: nothing, reply: resultOf(z.array(incidentSummarySchema)) },
  'incident:read': { args: z.strictObject({ incidentId: incidentIdSchema }), reply: resultOf(incidentSchema) },
  /** Asks where to, and writes the file there; null: the person thought better of it. */
  'incident:export': {
    args: z.strictObject({ incidentId: incidentIdSchema, format: exportFormatSchema }),
    reply: resultOf(z.object({ path: z.string() }).nullable()),
  },
  /** Every vantage point that is measured or was, as far back as anything is kept. */
  'latency:list-vantages': { args: nothing, reply: resultOf(z.array(vantagePointSchema)) },
  /** Recorded time in at most `buckets` pieces; times are epoch milliseconds. */
  'latency:read-recorded': {
    args: z.strictObject({
      vantages: z.array(vantageIdSchema).min(1).max(16),
      fromMs: z.number(),
      toMs: z.number(),
      buckets: z.int().min(1).max(2_000),
    }),
    reply: resultOf(z.array(recordedLaneSchema)),
  },
  'change:list': { args: nothing, reply: resultOf(z.array(changeMarkSchema)) },
  /** "I changed something", now. */
  'change:mark': { args: z.strictObject({ text: z.string().trim().min(1).max(200) }), reply: resultOf(changeMarkSchema) },
  'change:forget': { args: z.strictObject({ changeId: z.int() }), reply: resultOf(nothing) },
  'change:compare': { args: z.strictObject({ changeId: z.int() }), reply: resultOf(z.array(comparisonSchema)) },
  /** Changes these and leaves the others; in force as soon as the file holds it. */
  'settings:set': { args: chosenSettingsSchema, reply: resultOf(nothing) },
  /** Back to the defaults, also to later ones. */
  'settings:reset': { args: z.strictObject({ names: z.array(settingNameSchema).min(1) }), reply: resultOf(nothing) },
  /** What the desktop grants right now: without it, some settings are in vain. */
  'desktop:look': { args: nothing, reply: resultOf(desktopGrantsSchema) },
  /** Full screen with everything larger, or back on the desk. */
  'window:set-couch': { args: z.strictObject({ couch: z.boolean() }), reply: resultOf(nothing) },
  /** Ends Athena and every stream of it; a window that is only closed may live on in the tray. */
  'window:quit': { args: nothing, reply: resultOf(nothing) },
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
  /** What streamed when Athena died, until somebody has decided about it. */
  'session:left-changed': z.array(leftSessionSchema),
  /** What keeps Athena from writing its own files; null: nothing any more. */
  'app:storage-changed': storageTroubleSchema.nullable(),
  'session:printed': z.object({ sessionId: sessionIdSchema, startsAt: z.number(), text: z.string() }),
  'latency:sampled': z.array(sampleBatchSchema),
  'latency:summarised': z.array(latencySummarySchema),
  'latency:troubled': probeTroubleSchema,
  'host:key-asked': hostKeyQuestionSchema,
  'host:key-answered': oneHost,
  /** All GameStream hosts, whenever one of them changes. */
  'host:states-changed': z.array(gameStreamHostViewSchema),
  'host:found-changed': z.array(foundHostSchema),
  'host:pairing-changed': pairingStateSchema,
  /** A new one, or one that has ended or been judged. */
  'incident:changed': incidentSummarySchema,
  'settings:changed': settingsViewSchema,
  'window:couch-changed': z.object({ couch: z.boolean() }),
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
