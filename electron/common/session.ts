// A session as the window, the tray and the command line see it: two tagged unions, the stream's and the app's.
import { z } from 'zod';
import { gateViewSchema } from './gate';
import { entryIdSchema, hostIdSchema, sessionIdSchema } from './ids';
import { toldSchema } from './told';

/** How a stream client came to its end, whatever program it was. */
export const clientEndSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ended-by-user') }),
  z.object({ kind: z.literal('host-ended') }),
  z.object({ kind: z.literal('auth-refused') }),
  z.object({ kind: z.literal('certificate-unknown'), fingerprint: z.string(), subject: z.string() }),
  /** Clients that refuse it don't say which one they saw. */
  z.object({ kind: z.literal('certificate-changed') }),
  z.object({ kind: z.literal('host-name-unknown') }),
  z.object({ kind: z.literal('host-unreachable') }),
  z.object({ kind: z.literal('connection-lost') }),
  /** A Moonlight's verdict; the codes are in termination-words.ts. 0 is told as `host-ended` instead. */
  z.object({ kind: z.literal('terminated'), code: z.int() }),
  /** `stage` in the words of the GameStream client library, `code` of the operating system or of RTSP. */
  z.object({ kind: z.literal('stage-failed'), stage: z.string(), code: z.int() }),
  /** The host did not start or resume the app. `code` is its own answer where the client tells it. */
  z.object({
    kind: z.literal('launch-refused'),
    reason: z.enum(['stream-limit', 'no-picture', 'start-failed', 'app-unknown', 'other']),
    code: z.int().nullable(),
    /** In the host's words. */
    message: z.string(),
  }),
  z.object({ kind: z.literal('not-paired') }),
  /** Athena ended it, because it showed nothing any more. network: nothing came through; picture: only the stream stood; client: the process stood. */
  z.object({ kind: z.literal('stalled'), what: z.enum(['network', 'picture', 'client']) }),
  /** Athena ended it, because this machine slept meanwhile, for so many milliseconds. */
  z.object({ kind: z.literal('slept'), forMs: z.number() }),
  z.object({ kind: z.literal('crashed'), signal: z.string() }),
  z.object({ kind: z.literal('client-misused'), detail: z.string() }),
  z.object({ kind: z.literal('display-lost') }),
  z.object({ kind: z.literal('thread-lost') }),
  z.object({ kind: z.literal('unexpected'), exitCode: z.int() }),
]);
export type ClientEnd = z.infer<typeof clientEndSchema>;

/** crash: the process died. disconnect: the client says so. host gone: nothing answers there. */
export const interruptionKindSchema = z.enum(['crash', 'disconnect', 'stall', 'host-gone']);
export type InterruptionKind = z.infer<typeof interruptionKindSchema>;

export const interruptionSchema = z.object({
  kind: interruptionKindSchema,
  end: clientEndSchema,
  atMs: z.number(),
});
export type Interruption = z.infer<typeof interruptionSchema>;

/** What a person must decide before a session can go on. */
export const questionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('password'), reason: z.enum(['missing', 'refused']) }),
  z.object({
    kind: z.literal('trust-certificate'),
    fingerprint: z.string(),
    subject: z.string(),
  }),
  z.object({ kind: z.literal('certificate-changed') }),
  z.object({ kind: z.literal('host-name-unknown') }),
  z.object({ kind: z.literal('client-failed'), end: clientEndSchema }),
  /** The host does not know Athena: it must be paired first. */
  z.object({ kind: z.literal('not-paired') }),
  /** The client crashed this often within this time, with ever more careful settings where there are any. */
  z.object({ kind: z.literal('crash-loop'), crashes: z.int(), minutes: z.number(), end: clientEndSchema }),
  /** Another app runs on the host: starting ours would end it, or show it instead. Null: its name is not known. */
  z.object({ kind: z.literal('other-app'), appName: z.string().nullable() }),
]);
export type Question = z.infer<typeof questionSchema>;

/** A session that was streaming when Athena died: its app may stand paused on its host. */
export const leftSessionSchema = z.object({
  entryId: entryIdSchema,
  hostId: hostIdSchema,
  name: z.string(),
  /** Epoch milliseconds at which its picture was there first. */
  streamedAtMs: z.number(),
});
export type LeftSession = z.infer<typeof leftSessionSchema>;

/** The host's SSH key is asked beside the stream: a session streams on while it waits for the answer. */
export const hostKeyQuestionSchema = z.object({
  hostId: hostIdSchema,
  address: z.string(),
  keyType: z.string(),
  /** As OpenSSH shows it: SHA256:base64. */
  fingerprint: z.string(),
});
export type HostKeyQuestion = z.infer<typeof hostKeyQuestionSchema>;

export const linkStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connecting'), attempt: z.int(), stage: toldSchema, sinceMs: z.number() }),
  z.object({ kind: z.literal('streaming'), sinceMs: z.number() }),
  /** The client lives and shows nothing new: it is given a moment to come back by itself. */
  z.object({
    kind: z.literal('stalled'),
    interruption: interruptionSchema,
    attempt: z.int(),
    sinceMs: z.number(),
  }),
  z.object({
    kind: z.literal('waiting'),
    interruption: interruptionSchema,
    attempt: z.int(),
    nextAtMs: z.number(),
  }),
  z.object({
    kind: z.literal('gating'),
    interruption: interruptionSchema,
    attempt: z.int(),
    sinceMs: z.number(),
  }),
  z.object({
    kind: z.literal('reconnecting'),
    interruption: interruptionSchema,
    attempt: z.int(),
    stage: toldSchema,
    sinceMs: z.number(),
  }),
  z.object({ kind: z.literal('asking'), question: questionSchema, interruption: interruptionSchema.nullable() }),
  z.object({ kind: z.literal('stopping'), sinceMs: z.number() }),
  z.object({
    kind: z.literal('ended'),
    atMs: z.number(),
    /** stopped: by the user in Athena; closed: by the user in the client; host: the host ended it. */
    reason: z.enum(['stopped', 'closed', 'host']),
  }),
]);
export type LinkState = z.infer<typeof linkStateSchema>;

/** Who wanted the pause: only an interruption's pause is lifted by itself. */
export const pausedBySchema = z.enum(['interruption', 'user']);
export type PausedBy = z.infer<typeof pausedBySchema>;

export const pauseMethodSchema = z.enum([
  'cgroup-freeze',
  'sigstop',
  /** Windows: every thread suspended. */
  'suspended',
  /** The whole virtual machine stands still. */
  'vm-suspend',
  'key',
  'own-command',
  'webhook',
  /** Ended instead of paused. */
  'quit',
]);
export type PauseMethod = z.infer<typeof pauseMethodSchema>;

export const appStateSchema = z.discriminatedUnion('kind', [
  /** The entry names no way of pausing, forbids it, or its host can't be reached for it: Athena leaves the app alone. */
  z.object({ kind: z.literal('unmanaged'), why: toldSchema }),
  z.object({ kind: z.literal('running') }),
  z.object({ kind: z.literal('pausing'), by: pausedBySchema, sinceMs: z.number() }),
  z.object({
    kind: z.literal('paused'),
    by: pausedBySchema,
    method: pauseMethodSchema,
    processes: z.int(),
    atMs: z.number(),
    /** False: it was asked for, and nothing told whether it happened. Absent: verified. */
    verified: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('counting-down'),
    endsAtMs: z.number(),
    method: pauseMethodSchema,
    processes: z.int(),
    atMs: z.number(),
    verified: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('resuming'), sinceMs: z.number() }),
  /** A pause or a resume failed; `wanted` is what was asked for. */
  z.object({
    kind: z.literal('uncertain'),
    wanted: z.enum(['paused', 'running']),
    by: pausedBySchema,
    message: toldSchema,
    advice: toldSchema,
  }),
]);
export type AppState = z.infer<typeof appStateSchema>;

/** What a mark on the graph and a line of the journey stand for. */
export const markKindSchema = z.enum([
  'launched',
  'streaming',
  'stream-poor',
  'stream-okay',
  'interrupted',
  'paused',
  'pause-failed',
  'gate-open',
  'stepped-down',
  'client-started',
  'reconnected',
  'resumed',
  'resume-failed',
  'ended',
]);
export type MarkKind = z.infer<typeof markKindSchema>;

export const markSchema = z.object({
  kind: markKindSchema,
  atMs: z.number(),
  text: toldSchema,
});
export type Mark = z.infer<typeof markSchema>;

/** What the client says of the stream itself, since it is there; clients that tell nothing leave it as it is. */
export const streamQualitySchema = z.object({
  /** Too many frames are lost right now, by the client's own measure. */
  poor: z.boolean(),
  /** This machine does not keep up with what it receives. */
  tooSlow: z.boolean(),
  lostFrames: z.int(),
  lostAudio: z.int(),
  /** How often nothing new could be shown until the host sent a whole picture. */
  waitsForPicture: z.int(),
  /** Packets arrive out of order. */
  reordering: z.boolean(),
  /** Round trip of the control channel when its messages last had to wait; null: they never had to. */
  controlRttMs: z.number().nullable(),
});
export type StreamQuality = z.infer<typeof streamQualitySchema>;

export const sessionViewSchema = z.object({
  id: sessionIdSchema,
  entryId: entryIdSchema,
  hostId: hostIdSchema,
  name: z.string(),
  /** The stream client program, as people know it. */
  clientName: z.string(),
  startedAtMs: z.number(),
  link: linkStateSchema,
  app: appStateSchema,
  quality: streamQualitySchema,
  /** Absent: the session is not being brought back. */
  gate: gateViewSchema.optional(),
  /** Newest last, at most 200. */
  marks: z.array(markSchema),
});
export type SessionView = z.infer<typeof sessionViewSchema>;
