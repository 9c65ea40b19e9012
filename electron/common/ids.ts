// Branded identifiers, so that a host's id never passes for an entry's.
import { z } from 'zod';

/** Ids are chosen by people in the config file: lower-case words joined by hyphens. */
const slug = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'an id is lower-case letters and digits joined by hyphens');

export const hostIdSchema = slug.brand<'HostId'>();
export const entryIdSchema = slug.brand<'EntryId'>();
export const sessionIdSchema = z.string().min(1).max(64).brand<'SessionId'>();

export type HostId = z.infer<typeof hostIdSchema>;
export type EntryId = z.infer<typeof entryIdSchema>;
export type SessionId = z.infer<typeof sessionIdSchema>;
