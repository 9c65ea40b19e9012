// Secrets in a file, sealed with a key that only this user can read: the fallback where no keyring answers, and it says so.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { Secret, type SecretStore } from '../../domain/secret';
import type { Clock } from '../../domain/clock';
import type { Log } from '../../domain/log';
import { JsonRecordFile } from '../store/json-record-file';
import { readTextFile, writeTextFile } from '../store/text-file';

const sealedSchema = z.object({
  version: z.literal(1),
  /** AES-256-GCM; nonce, tag and text in base64, by key. */
  sealed: z.record(z.string(), z.object({ nonce: z.string(), tag: z.string(), text: z.string() })),
});
type Sealed = z.infer<typeof sealedSchema>;

/** AES-256. */
const keyBytes = 32;
/** The whole tag: Node would take a shorter one, which is easier to guess, for granted (NIST SP 800-38D, 5.2.1.2). */
const authTagLength = 16;

export class SealedFileSecrets implements SecretStore {
  private readonly path: string;
  private readonly file: JsonRecordFile<Sealed>;
  private readonly keyFile: string;
  private lastKey: Promise<unknown> = Promise.resolve();

  /** @param directory Athena's data directory */
  constructor(
    directory: string,
    clock: Clock,
    private readonly log: Log,
  ) {
    this.path = join(directory, 'secrets.json');
    this.file = new JsonRecordFile(this.path, sealedSchema, { version: 1, sealed: {} }, clock, log);
    this.keyFile = join(directory, 'secrets.key');
  }

  describe(): Promise<string> {
    return Promise.resolve(`a file that only your user can read (${this.path}), because no desktop keyring answers here`);
  }

  async read(key: string): Promise<Secret | null> {
    const found = (await this.file.read()).sealed[key];
    const sealKey = await this.sealKey();
    if (!found || !sealKey) return null;
    try {
      return new Secret(open(key, found, sealKey));
    } catch (error) {
      // Not sealed with this key, or altered: the user is asked for the password again.
      this.log.warn('a sealed secret does not open', { key, error });
      return null;
    }
  }

  async write(key: string, secret: Secret): Promise<void> {
    const sealKey = await this.keyToSealWith();
    await this.file.change(({ sealed }) => ({ version: 1, sealed: { ...sealed, [key]: seal(key, secret.reveal(), sealKey) } }));
  }

  async remove(key: string): Promise<void> {
    const { sealed } = await this.file.read();
    if (!(key in sealed)) return;
    await this.file.change((present) => ({
      version: 1,
      sealed: Object.fromEntries(Object.entries(present.sealed).filter(([name]) => name !== key)),
    }));
  }

  /** @returns null when there is none, or none that could have sealed anything */
  private async sealKey(): Promise<Buffer | null> {
    const text = await readTextFile(this.keyFile);
    if (text === null) return null;
    const key = Buffer.from(text.trim(), 'base64');
    if (key.length === keyBytes) return key;
    this.log.warn('the key of the sealed secrets is broken', { file: this.keyFile });
    return null;
  }

  /** Two secrets that are kept at the same time are sealed with the same key. */
  private keyToSealWith(): Promise<Buffer> {
    const key = this.lastKey.then(async () => (await this.sealKey()) ?? (await this.createSealKey()));
    // The failure is its caller's; the next one tries again.
    this.lastKey = key.catch(() => undefined);
    return key;
  }

  private async createSealKey(): Promise<Buffer> {
    const key = randomBytes(keyBytes);
    await writeTextFile(this.keyFile, `${key.toString('base64')}\n`);
    return key;
  }
}

type SealedText = Sealed['sealed'][string];

/** Bound to its name: a sealed secret moved to another key doesn't open. */
function seal(key: string, text: string, sealKey: Buffer): SealedText {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealKey, nonce, { authTagLength });
  cipher.setAAD(Buffer.from(key));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return { nonce: nonce.toString('base64'), tag: cipher.getAuthTag().toString('base64'), text: sealed.toString('base64') };
}

function open(key: string, { nonce, tag, text }: SealedText, sealKey: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', sealKey, Buffer.from(nonce, 'base64'), { authTagLength });
  decipher.setAAD(Buffer.from(key));
  decipher.setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]).toString('utf8');
}
