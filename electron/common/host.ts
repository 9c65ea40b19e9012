// A host as it is saved, and as it is seen right now.
import { z } from 'zod';
import { hostIdSchema } from './ids';
import { profileSchema } from './profile';

/**
 * A name or address that may follow a program's options: it never begins with a hyphen (it would be read as an option)
 * and holds nothing but what RFC 1123 names, IPv4 and IPv6 literals (with a zone) need.
 */
export const hostAddressSchema = z
  .string()
  .min(1)
  .max(253)
  .regex(
    /^[A-Za-z0-9:_][A-Za-z0-9.:_%-]*$/,
    'a host is a name or an address, without protocol, path or spaces',
  );

export const portSchema = z.int().min(1).max(65535);

export const sshAccessSchema = z.strictObject({
  user: z.string().min(1).max(64).regex(/^[^\s\0-]\S*$/, 'a user name has no spaces and does not begin with a hyphen'),
  port: portSchema.default(22),
  /** A private key file; without it the SSH agent and then the usual files in ~/.ssh are tried. */
  keyFile: z.string().min(1).max(4096).optional(),
});

/** The machine that a host is a virtual machine of. */
export const vmHostSchema = z.strictObject({
  address: hostAddressSchema,
  /** How Athena reads its load; absent: it is only measured from outside. */
  ssh: sshAccessSchema.optional(),
});

export const hostRecordSchema = z.strictObject({
  id: hostIdSchema,
  name: z.string().trim().min(1).max(80),
  address: hostAddressSchema,
  /** How Athena reaches the host to pause and resume apps; absent: it can't. */
  ssh: sshAccessSchema.optional(),
  /** Absent: the host is no virtual machine, or nobody said whose. */
  vmHost: vmHostSchema.optional(),
  /** GameStream: how streams from this host are to look, where an entry does not say. */
  profile: profileSchema.optional(),
});

export type VmHost = z.infer<typeof vmHostSchema>;
export type SshAccess = z.infer<typeof sshAccessSchema>;
export type HostRecord = z.infer<typeof hostRecordSchema>;

/** What the last probes say. `unknown`: not asked yet, or probing isn't possible here. */
export const hostReachSchema = z.enum(['unknown', 'online', 'offline']);
export type HostReach = z.infer<typeof hostReachSchema>;
