// An entry: what the library shows and launches, an app or desktop on a host.
import { z } from 'zod';
import { hostAddressSchema, portSchema } from './host';
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

const commandPatternSchema = z.string().min(1).max(500).refine(isRegularExpression, 'not a regular expression');

/** How the entry's processes are found on its host. Their children always belong to them. */
export const processTargetSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('command'),
    /** Regular expression over the whole command line (arguments joined by spaces) of a process on a Linux host. */
    pattern: commandPatternSchema,
  }),
  z.strictObject({
    by: z.literal('pid-file'),
    path: z.string().min(2).max(4096).regex(/^\/[^\0\n]*$/, 'an absolute path on the host'),
  }),
  z.strictObject({
    by: z.literal('windows-command'),
    /** The same on a Windows host; where Windows hides the command line, over the program's path. */
    pattern: commandPatternSchema,
  }),
]);
export type ProcessTarget = z.infer<typeof processTargetSchema>;

/** A program and its arguments, as they are: no shell reads them. */
export const ownCommandSchema = z
  .array(z.string().max(4096).regex(/^[^\0\n\r]*$/, 'an argument has no line ends'))
  .min(1, 'a program and its arguments')
  .max(64)
  .refine(([program]) => program !== undefined && program.trim() !== '', 'the program comes first');

/** Without fragment, user name or password: those would be kept in a file, and shown. */
const webhookUrlSchema = z
  .string()
  .max(2048)
  .regex(/^https?:\/\/[^\s/?#@\\]+(?:[/?][^\s#\\]*)?$/, 'an http or https address, without user name, password and fragment');

/** SHA-256 of a certificate in DER, as `openssl x509 -fingerprint -sha256` and Proxmox's own pages print it. */
export const certificateFingerprintSchema = z
  .string()
  .regex(/^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){31}$/, 'a SHA-256 fingerprint: 32 pairs of hex digits with colons between them');

/** How an entry is paused when its stream is lost. */
export const pauseTargetSchema = z.discriminatedUnion('by', [
  ...processTargetSchema.options,
  z.strictObject({
    by: z.literal('key'),
    /** As xdotool names them: "Escape", "ctrl+p". */
    key: z.string().max(80).regex(/^[A-Za-z0-9_]+(?:\+[A-Za-z0-9_]+)*$/, 'a key such as Escape, F10 or ctrl+p'),
    /** Absent: the same key once more. */
    resumeKey: z.string().max(80).regex(/^[A-Za-z0-9_]+(?:\+[A-Za-z0-9_]+)*$/, 'a key such as Escape, F10 or ctrl+p').optional(),
  }),
  z.strictObject({
    by: z.literal('own-command'),
    /** `host`: over SSH on the entry's host. `here`: on the machine Athena runs on. */
    on: z.enum(['host', 'here']).default('host'),
    pause: ownCommandSchema,
    resume: ownCommandSchema,
    /** Ends with 0 while the app is paused, with 1 while it runs; absent: nothing verifies a pause. */
    read: ownCommandSchema.optional(),
  }),
  z.strictObject({
    by: z.literal('proxmox'),
    /** Absent: the address of the host's `vmHost`. */
    address: hostAddressSchema.optional(),
    port: portSchema.default(8006),
    node: z.string().max(63).regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/, 'the name of the Proxmox node'),
    /** As Proxmox numbers it (100 and up). */
    vmid: z.int().min(100).max(999_999_999),
    /** "user@realm!name"; its secret part is in the keyring. */
    tokenId: z.string().max(200).regex(/^[^\s:/!=@]+@[A-Za-z][\w.-]*![A-Za-z][\w.-]*$/, 'an API token id such as athena@pve!pause'),
    /** Absent: the certificate must be one that this machine trusts anyway. */
    fingerprint: certificateFingerprintSchema.optional(),
    /** Stopped before the machine's app would run on unseen, when the machine is let run on for a new attempt. */
    processes: processTargetSchema.optional(),
  }),
  z.strictObject({
    by: z.literal('libvirt'),
    /** As `virsh list` names it, on the host's `vmHost`. */
    domain: z.string().max(200).regex(/^[^\s\0-][^\0\n\r]*$/, 'the name of a virtual machine'),
    /** Absent: virsh's own choice. */
    uri: z.string().max(500).regex(/^[a-z][a-z0-9+.-]*:[^\s\0]*$/, 'a libvirt address such as qemu:///system').optional(),
    processes: processTargetSchema.optional(),
  }),
  z.strictObject({
    by: z.literal('webhook'),
    pause: webhookUrlSchema,
    resume: webhookUrlSchema,
    /** Answers {"state": "paused"} or {"state": "running"}; absent: nothing verifies a pause. */
    status: webhookUrlSchema.optional(),
    /** The header that carries the secret from the keyring, for example "Authorization". Absent: no secret is sent. */
    secretHeader: z.string().max(80).regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'the name of a header').optional(),
  }),
  /** GameStream: the app is ended instead, and what it did not save is lost. */
  z.strictObject({ by: z.literal('quit') }),
  /** Athena never touches the app, and says so. */
  z.strictObject({ by: z.literal('never'), because: z.enum(['online', 'anti-cheat', 'wish']).default('wish') }),
]);
export type PauseTarget = z.infer<typeof pauseTargetSchema>;
export type PauseKind = PauseTarget['by'];
export type TargetOf<K extends PauseKind> = Extract<PauseTarget, { by: K }>;

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
