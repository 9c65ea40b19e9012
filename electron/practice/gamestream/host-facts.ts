// What the practice GameStream host tells on stdout once it serves: everything that is needed to use it like any other host.
import { z } from 'zod';
import { portSchema } from '../../common/host';

export const gameStreamHostFactsSchema = z.object({
  event: z.literal('ready'),
  address: z.string(),
  name: z.string(),
  uniqueId: z.string(),
  ports: z.object({ http: portSchema, https: portSchema, web: portSchema, stream: portSchema }),
  /** Log-in of its web page. */
  web: z.object({ username: z.string(), password: z.string() }),
  orders: z.object({ port: portSchema, token: z.string() }),
  ssh: z.object({
    port: portSchema,
    user: z.string(),
    /** The one private key that may log in; only this user can read the file. */
    keyFile: z.string(),
    /** As OpenSSH shows it: SHA256:base64. */
    hostKey: z.string(),
    /** A line for a known_hosts file: "[127.0.0.1]:PORT ssh-ed25519 AAAA…". */
    hostKeyLine: z.string(),
  }),
  /** Holds the game's pid while it runs; the game's child belongs to it. */
  pidFile: z.string(),
  apps: z.array(z.object({ id: z.int(), name: z.string() })),
  /** Where it answers multicast DNS on loopback; null: it was not asked to, or it can't. */
  mdnsPort: portSchema.nullable(),
});
export type GameStreamHostFacts = z.infer<typeof gameStreamHostFactsSchema>;

const startedSchema = z.object({
  event: z.literal('app-started'),
  processes: z.array(z.object({ pid: z.int().positive(), startMark: z.string() })),
});

export type HostLine =
  | { readonly kind: 'ready'; readonly facts: GameStreamHostFacts }
  /** An app's processes, told apart from later ones with the same pid. */
  | { readonly kind: 'app-started'; readonly processes: z.infer<typeof startedSchema>['processes'] };

/** @returns null for a line that tells neither */
export function readHostLine(line: string): HostLine | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null; // not JSON: a warning of the runtime, say
  }
  const ready = gameStreamHostFactsSchema.safeParse(value);
  if (ready.success) return { kind: 'ready', facts: ready.data };
  const started = startedSchema.safeParse(value);
  return started.success ? { kind: 'app-started', processes: started.data.processes } : null;
}
