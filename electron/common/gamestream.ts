// GameStream hosts as the window shows them: what each is doing, who announces itself, pairing under way, why one is offline.
import { z } from 'zod';
import { hostAddressSchema, portSchema } from './host';
import { hostIdSchema } from './ids';
import type { Failure } from './result';

/**
 * asleep: nothing answers; nobody can tell from here whether it sleeps or is off. booting: it was woken, announces itself
 * or answers pings, but its service does not answer yet. busy: an app runs. paused: the app runs on although Athena's own
 * stream of it has ended. address-in-doubt: another host answers at its address.
 */
export const hostStateKindSchema = z.enum(['unknown', 'asleep', 'booting', 'online', 'busy', 'paused', 'address-in-doubt', 'certificate-changed']);
export type HostStateKind = z.infer<typeof hostStateKindSchema>;

export const gameStreamHostViewSchema = z.object({
  hostId: hostIdSchema,
  uniqueId: z.string(),
  /** The last good one first. */
  addresses: z.array(z.string()),
  httpPort: z.int(),
  paired: z.boolean(),
  /** Lower-case pairs joined by colons; null: not known, so it can't be woken. */
  mac: z.string().nullable(),
  state: hostStateKindSchema,
  /** Epoch milliseconds. */
  sinceMs: z.number(),
  /** The app that runs there, by the host's own name for it; null: none, or not known. */
  runningApp: z.string().nullable(),
});
export type GameStreamHostView = z.infer<typeof gameStreamHostViewSchema>;

/** A host that announces itself and is not known by its address yet. */
export const foundHostSchema = z.object({
  name: z.string(),
  /** Best first. */
  addresses: z.array(z.string()).min(1),
  httpPort: z.int(),
});
export type FoundHost = z.infer<typeof foundHostSchema>;

const failureSchema = z.object({ kind: z.string(), message: z.string(), advice: z.string() }) as unknown as z.ZodType<Failure>;

/** One pairing a host; the last one stays to be read until the next begins. */
export const pairingStateSchema = z.discriminatedUnion('kind', [
  /** The PIN waits to be typed on the host; `byWeb`: Athena types it itself, through the host's web page. */
  z.object({ kind: z.literal('waiting'), hostId: hostIdSchema, pin: z.string(), byWeb: z.boolean() }),
  z.object({ kind: z.literal('paired'), hostId: hostIdSchema, apps: z.int() }),
  z.object({ kind: z.literal('failed'), hostId: hostIdSchema, failure: failureSchema }),
  z.object({ kind: z.literal('cancelled'), hostId: hostIdSchema }),
]);
export type PairingState = z.infer<typeof pairingStateSchema>;

export const offlineStepNameSchema = z.enum(['name', 'address', 'neighbour', 'port', 'identity', 'certificate']);
export const offlineReasonSchema = z.object({
  /** Always all six, in this order. */
  steps: z.array(z.object({ step: offlineStepNameSchema, state: z.enum(['good', 'bad', 'unknown']), text: z.string() })),
  /** The first bad step; null: nothing found that keeps it offline. */
  failedAt: offlineStepNameSchema.nullable(),
  message: z.string(),
  advice: z.string(),
});
export type OfflineReason = z.infer<typeof offlineReasonSchema>;

/** Of the host's web page; never saved. */
export const webLogInSchema = z.strictObject({
  username: z.string().min(1).max(256),
  password: z.string().max(1024),
});

/** What a person types to add a host: a name or an address, with `:port` where it is not the usual one. */
export const hostAddSchema = z.strictObject({ address: hostAddressSchema, httpPort: portSchema.default(47989) });
export const hostPairSchema = z.strictObject({
  hostId: hostIdSchema,
  /** Exactly four digits; made up when absent. */
  pin: z.string().regex(/^[0-9]{4}$/, 'a PIN is exactly four digits').optional(),
  web: webLogInSchema.optional(),
});
