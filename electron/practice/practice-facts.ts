// What the practice host tells on stdout once it serves: everything a session needs to use it like any other host.
import { z } from 'zod';
import { portSchema } from '../common/host';

const processIdentitySchema = z.object({ pid: z.int().positive(), startMark: z.string() });

/** The host prints it as one line of JSON. */
export const practiceHostFactsSchema = z.object({
  event: z.literal('ready'),
  streamPort: portSchema,
  sshPort: portSchema,
  user: z.string(),
  /** The one private key that may log in; only this user can read the file. */
  keyFile: z.string(),
  /** As OpenSSH shows it: SHA256:base64. */
  hostKey: z.string(),
  /** A line for a known_hosts file: "[127.0.0.1]:PORT ssh-ed25519 AAAA…". */
  hostKeyLine: z.string(),
  /** Holds the game's pid; the game's child belongs to it. */
  pidFile: z.string(),
  appPid: z.int().positive(),
  /** The game and its child, told apart from later processes with the same pid. */
  appProcesses: z.array(processIdentitySchema),
});
export type PracticeHostFacts = z.infer<typeof practiceHostFactsSchema>;

/** @returns null when the line is anything else than the ready line */
export function readReadyLine(line: string): PracticeHostFacts | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null; // not JSON: a warning of the runtime, say
  }
  const parsed = practiceHostFactsSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}
