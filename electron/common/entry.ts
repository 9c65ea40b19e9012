// An entry: what the library shows and launches, an app or desktop on a host.
import { z } from 'zod';
import { portSchema } from './host';
import { entryIdSchema, hostIdSchema } from './ids';
import { profileSchema } from './profile';

export const protocolSchema = z.enum(['vnc', 'rdp', 'gamestream']);
export type Protocol = z.infer<typeof protocolSchema>;

export const defaultPorts: Readonly<Record<Protocol, number>> = {
  vnc: 5900,
  rdp: 3389,
  /** Of the plain HTTP service: the others follow from what it answers. */
  gamestream: 47989,
};

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

/** How the entry's processes are found on the host when they are paused. Their children always belong to them. */
export const pauseTargetSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('command'),
    /** Regular expression over the whole command line (arguments joined by spaces) of a process on the host. */
    pattern: z.string().min(1).max(500).refine(isRegularExpression, 'not a regular expression'),
  }),
  z.strictObject({
    by: z.literal('pid-file'),
    path: z.string().min(2).max(4096).regex(/^\/[^\0\n]*$/, 'an absolute path on the host'),
  }),
]);
export type PauseTarget = z.infer<typeof pauseTargetSchema>;

export const entrySchema = z.strictObject({
  id: entryIdSchema,
  host: hostIdSchema,
  name: z.string().trim().min(1).max(120),
  protocol: protocolSchema,
  port: portSchema.optional(),
  /** GameStream: the app, by the name the host gives it. Its id changes when it is renamed or gets another cover. */
  app: z.string().min(1).max(512).optional(),
  username: z.string().min(1).max(128).regex(/^[^\0\n\r]*$/).optional(),
  fullScreen: z.boolean().default(false),
  favourite: z.boolean().default(false),
  /** Kept out of sight until somebody asks for hidden entries. */
  hidden: z.boolean().default(false),
  /** Absent: the app runs on when the stream is lost. */
  pause: pauseTargetSchema.optional(),
  /** Seconds counted down after the stream is back, before the app runs on. */
  resumeCountdownS: z.number().min(0).max(30).default(3),
  /** GameStream: how this entry's stream is to look, over what its host and all of Athena say. */
  profile: profileSchema.optional(),
});
export type Entry = z.infer<typeof entrySchema>;

/** Whether the window's form can change the entry; apps of a GameStream host come from elsewhere. */
export function isFormEntry({ protocol }: Pick<Entry, 'protocol'>): boolean {
  return protocol === 'vnc' || protocol === 'rdp';
}

export function portOf(entry: Pick<Entry, 'port' | 'protocol'>): number {
  return entry.port ?? defaultPorts[entry.protocol];
}
