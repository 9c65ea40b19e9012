// What survives a restart of the practice host: its certificate, its unique id, its web log-in, and who is paired.
import { createHash, randomBytes, randomUUID, timingSafeEqual, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeIdentity, type Identity } from './certificate';

const pairedClientSchema = z.object({
  name: z.string(),
  uuid: z.string(),
  enabled: z.boolean(),
  certificatePem: z.string(),
});
export type PairedClient = z.infer<typeof pairedClientSchema>;

const memorySchema = z.object({
  version: z.literal(1),
  uniqueId: z.string(),
  certificatePem: z.string(),
  keyPem: z.string(),
  username: z.string(),
  password: z.string(),
  clients: z.array(pairedClientSchema),
});
type Memory = z.infer<typeof memorySchema>;

const hostName = 'Sunshine Gamestream Host';

function freshMemory(): Memory {
  return {
    version: 1,
    uniqueId: randomUUID().toUpperCase(),
    ...makeIdentity(hostName, 'random'),
    username: 'practice',
    password: randomBytes(9).toString('base64url'),
    clients: [],
  };
}

export class HostMemory {
  #memory: Memory;
  readonly #file: string | null;

  private constructor(memory: Memory, file: string | null) {
    this.#memory = memory;
    this.#file = file;
  }

  /**
   * @param directory made when missing; null: everything is forgotten at the end
   * @throws when the directory can't be written or holds something else by the name of the file
   */
  static open(directory: string | null): HostMemory {
    if (directory === null) return new HostMemory(freshMemory(), null);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const file = join(directory, 'practice-gamestream-host.json');
    const text = readIfThere(file);
    if (text !== null) return new HostMemory(memorySchema.parse(JSON.parse(text)), file);
    const memory = new HostMemory(freshMemory(), file);
    memory.#save();
    return memory;
  }

  get uniqueId(): string {
    return this.#memory.uniqueId;
  }

  get identity(): Identity {
    return this.#memory;
  }

  get username(): string {
    return this.#memory.username;
  }

  get password(): string {
    return this.#memory.password;
  }

  get clients(): readonly PairedClient[] {
    return this.#memory.clients;
  }

  /** Names are compared without regard to case, passwords in constant time. */
  mayLogIn(username: string, password: string): boolean {
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    const right = timingSafeEqual(digest(password), digest(this.#memory.password));
    return right && username.toLowerCase() === this.#memory.username.toLowerCase();
  }

  /** The paired and enabled client whose certificate this is, or that signed it. Dates don't matter, as at Sunshine. */
  clientOf(certificate: Uint8Array): PairedClient | null {
    const given = new X509Certificate(certificate);
    const client = this.#memory.clients.find(({ certificatePem }) => {
      const paired = new X509Certificate(certificatePem);
      return paired.raw.equals(given.raw) || (given.checkIssued(paired) && given.verify(paired.publicKey));
    });
    return client?.enabled ? client : null;
  }

  addClient(name: string, certificatePem: string): PairedClient {
    const client = { name, uuid: randomUUID().toUpperCase(), enabled: true, certificatePem };
    this.#change({ clients: [...this.#memory.clients, client] });
    return client;
  }

  /** @returns false when there is no such client */
  updateClient(uuid: string, enabled: boolean): boolean {
    const known = this.#memory.clients.some((client) => client.uuid === uuid);
    this.#change({ clients: this.#memory.clients.map((client) => (client.uuid === uuid ? { ...client, enabled } : client)) });
    return known;
  }

  /** @param uuid null: all of them; @returns false when there is no such client */
  removeClients(uuid: string | null): boolean {
    const left = this.#memory.clients.filter((client) => uuid !== null && client.uuid !== uuid);
    const removed = left.length < this.#memory.clients.length;
    this.#change({ clients: left });
    return removed;
  }

  /** Another certificate, nobody paired; the web log-in stays, so that the demonstration can go on. */
  reinstall(identity: 'same' | 'new'): void {
    const { uniqueId, username, password } = this.#memory;
    this.#change({ ...freshMemory(), username, password, ...(identity === 'same' && { uniqueId }) });
  }

  #change(change: Partial<Memory>): void {
    this.#memory = { ...this.#memory, ...change };
    this.#save();
  }

  #save(): void {
    if (this.#file === null) return;
    const draft = `${this.#file}.new`;
    writeFileSync(draft, `${JSON.stringify(this.#memory, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, this.#file);
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
