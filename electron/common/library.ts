// The library as the window shows it, and what a person may type into it.
import { z } from 'zod';
import { entrySchema, pauseTargetSchema, protocolSchema } from './entry';
import { hostAddressSchema, hostReachSchema, hostRecordSchema, portSchema, sshAccessSchema, vmHostSchema } from './host';
import { entryIdSchema } from './ids';

/** Whether the program that shows an entry is on this machine. */
export const clientAvailabilitySchema = z.discriminatedUnion('found', [
  z.object({ found: z.literal(true), displayName: z.string() }),
  z.object({ found: z.literal(false), displayName: z.string(), advice: z.string() }),
]);
export type ClientAvailability = z.infer<typeof clientAvailabilitySchema>;

/** What shows a protocol on this machine. */
export const protocolClientSchema = z.object({ protocol: protocolSchema, client: clientAvailabilitySchema });
export type ProtocolClient = z.infer<typeof protocolClientSchema>;

export const libraryEntrySchema = z.object({
  entry: entrySchema,
  client: clientAvailabilitySchema,
  /** Epoch milliseconds of the last launch; null: never. */
  lastUsedAtMs: z.number().nullable(),
  /** Milliseconds that its picture was there, all sessions together. */
  playedMs: z.number(),
  /** Where its cover is to be had from, as the page's own protocol serves it; null: Athena draws one. */
  artUrl: z.string().nullable(),
  hasPassword: z.boolean(),
});
export type LibraryEntry = z.infer<typeof libraryEntrySchema>;

export const libraryHostSchema = z.object({
  record: hostRecordSchema,
  reach: hostReachSchema,
});
export type LibraryHost = z.infer<typeof libraryHostSchema>;

/** A part of the config file that could not be used, and where the file was put aside. */
export const configTroubleSchema = z.object({
  file: z.string(),
  /** One-based; null where the trouble has no place (the file can't be read). */
  line: z.int().nullable(),
  message: z.string(),
  keptAs: z.string().nullable(),
});
export type ConfigTrouble = z.infer<typeof configTroubleSchema>;

export const libraryViewSchema = z.object({
  /** Where the library is saved, for people who edit it by hand. */
  file: z.string(),
  hosts: z.array(libraryHostSchema),
  /** In the order of their names. */
  entries: z.array(libraryEntrySchema),
  /** So many more are there: a window asks for the whole when it has drawn these. Absent: these are all. */
  entriesToCome: z.int().positive().optional(),
  troubles: z.array(configTroubleSchema),
});
export type LibraryView = z.infer<typeof libraryViewSchema>;

/** How an app is paused, and the ways to its host that this needs. */
const pauseFormShape = {
  /** Absent: unchanged. */
  ssh: sshAccessSchema.optional(),
  /** Absent: the app is left alone. */
  pause: pauseTargetSchema.optional(),
  /** Of the way of pausing. Goes to the secret store, never to the file. Absent: unchanged. Empty: forgotten. */
  pauseSecret: z.string().max(1024).regex(/^[\x20-\x7e]*$/, 'a secret is printable ASCII').optional(),
  /** The machine that runs the host; absent: unchanged. */
  vmHost: vmHostSchema.optional(),
  resumeCountdownS: z.number().min(0).max(30).default(3),
};

/** What the form "When the stream breaks" sends, for entries of every protocol. */
export const pauseFormSchema = z.strictObject(pauseFormShape);
export type PauseForm = z.infer<typeof pauseFormSchema>;
export type PauseFormInput = z.input<typeof pauseFormSchema>;

export const pauseEditSchema = z.strictObject({ entryId: entryIdSchema, form: pauseFormSchema });

/** What the "Add" and "Edit" forms send. The host is found by its address, or made. */
export const entryFormSchema = z.strictObject({
  name: z.string().trim().min(1, 'a name is needed').max(120),
  protocol: z.enum(['vnc', 'rdp']),
  address: hostAddressSchema,
  /** Name for a host that is new; absent: its address. */
  hostName: z.string().trim().min(1).max(80).optional(),
  port: portSchema.optional(),
  username: entrySchema.shape.username,
  /** Goes to the secret store, never to the file. Absent: unchanged. Empty: forgotten. */
  password: z.string().max(1024).regex(/^[^\0\n\r]*$/, 'a password has no line ends').optional(),
  fullScreen: z.boolean().default(false),
  ...pauseFormShape,
});
export type EntryForm = z.infer<typeof entryFormSchema>;
export type EntryFormInput = z.input<typeof entryFormSchema>;

export const entryEditSchema = z.strictObject({ entryId: entryIdSchema, form: entryFormSchema });
