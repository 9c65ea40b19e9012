// What other programs' files hold that the library could show, and what came of adding it.
import { z } from 'zod';
import { protocolSchema } from './entry';
import { entryIdSchema, hostIdSchema } from './ids';

/** Remmina's files, Microsoft's .rdp files, and the hosts in the user's own Moonlight. */
export const importSourceSchema = z.enum(['remmina', 'rdp', 'moonlight']);
export type ImportSource = z.infer<typeof importSourceSchema>;

export const importStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('new') }),
  z.object({ kind: z.literal('known'), name: z.string() }),
  z.object({ kind: z.literal('unusable'), message: z.string(), advice: z.string() }),
]);
export type ImportState = z.infer<typeof importStateSchema>;

/** Names one thing that was found, for as long as Athena runs. */
export const importIdSchema = z.string().min(1).max(8_192);

export const importCandidateSchema = z.object({
  id: importIdSchema,
  source: importSourceSchema,
  /** Whole path of the file it stands in. */
  file: z.string(),
  name: z.string(),
  /** Null with all that follows from it: the file could not be used. */
  protocol: protocolSchema.nullable(),
  address: z.string().nullable(),
  port: z.int().nullable(),
  username: z.string().nullable(),
  /** What a person should know before adding it: a password that stays behind, a size that is not kept. */
  notes: z.array(z.string()),
  state: importStateSchema,
});
export type ImportCandidate = z.infer<typeof importCandidateSchema>;

export const importViewSchema = z.object({
  candidates: z.array(importCandidateSchema),
  /** Of a whole source: it can't be read on this system, or holds more than is looked at. */
  troubles: z.array(z.object({ source: importSourceSchema, message: z.string(), advice: z.string() })),
});
export type ImportView = z.infer<typeof importViewSchema>;
export type ImportTrouble = ImportView['troubles'][number];

export const importDoneSchema = z.object({
  entryIds: z.array(entryIdSchema),
  /** GameStream hosts, still to be paired. */
  hostIds: z.array(hostIdSchema),
  /** Chosen, but in the library by then. */
  already: z.int().nonnegative(),
  refused: z.array(z.object({ id: importIdSchema, name: z.string(), message: z.string(), advice: z.string() })),
});
export type ImportDone = z.infer<typeof importDoneSchema>;

/** How many may be added at once: as many as are ever listed. */
export const mostCandidates = 1_000;
