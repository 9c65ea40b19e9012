// Who this computer is to GameStream hosts: an RSA key and its certificate, made once and kept; hosts pair with exactly these.
import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { failure, success, type Result } from '../../common/result';
import type { Clock } from '../../domain/clock';
import type { Log } from '../../domain/log';
import { Secret, type SecretStore } from '../../domain/secret';
import { readTextFile, writeTextFile } from '../store/text-file';
import { pemOf, readCertificate, selfSigned } from './certificate-der';
import { withLock } from './exclusive-file';

export interface ClientIdentity {
  /** Canonical PEM: hosts compare it as text. */
  readonly certificatePem: string;
  /** PKCS#8, PEM. */
  readonly key: Secret;
  /** 16 hex digits; what hosts call a pairing in progress by. Says nothing that the certificate doesn't. */
  readonly uniqueId: string;
}

export interface ClientIdentityParts {
  readonly secrets: SecretStore;
  /** Athena's data directory. */
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Log;
}

export const identityKeyName = 'gamestream/identity/key';

/** Hosts know their clients by it; some list it. */
const clientName = 'NVIDIA GameStream Client';
const dayMs = 24 * 3_600_000;
/** As Moonlight's: hosts ignore the dates, other programs may not. */
const lifeMs = 20 * 365 * dayMs;
const generate = promisify(generateKeyPair);

export class ClientIdentities {
  #known: Promise<Result<ClientIdentity>> | null = null;
  readonly #directory: string;

  constructor(private readonly parts: ClientIdentityParts) {
    this.#directory = join(parts.directory, 'gamestream');
  }

  /** Made at the first call, by one process when several call at once. Failure `io`: neither found nor made. */
  async get(): Promise<Result<ClientIdentity>> {
    const asked = (this.#known ??= this.#find());
    const found = await asked;
    // The keyring may be unlocked by the next time.
    if (!found.ok && this.#known === asked) this.#known = null;
    return found;
  }

  async #find(): Promise<Result<ClientIdentity>> {
    const { secrets, clock, log } = this.parts;
    try {
      const kept = await this.#read();
      if (kept) return success(kept);
      const lock = join(this.#directory, 'identity.lock');
      // Read again under the lock: another process may just have made it.
      return success(await withLock(lock, clock, async () => (await this.#read()) ?? this.#make()));
    } catch (error) {
      log.error("this client's GameStream identity can't be read or made", { error });
      return failure(
        'io',
        "Athena's own GameStream identity could not be read or saved.",
        `Make sure that Athena can write to ${this.#directory}, and that ${await secrets.describe()} is unlocked.`,
      );
    }
  }

  async #read(): Promise<ClientIdentity | null> {
    const key = await this.parts.secrets.read(identityKeyName);
    const keys = key && readKey(key);
    if (!keys) return null;
    const text = await readTextFile(this.#fileOf(keys.publicKey));
    const certificate = text === null ? null : readCertificate(text);
    if (certificate === null || !spkiOf(certificate.publicKey).equals(spkiOf(keys.publicKey))) return null;
    return identityOf(certificate.der, keys.pem);
  }

  async #make(): Promise<ClientIdentity> {
    const { secrets, clock, log } = this.parts;
    const before = await this.#certificateFiles();
    const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 });
    const fromMs = clock.nowMs();
    const der = selfSigned({ name: clientName, publicKey, privateKey, fromMs, untilMs: fromMs + lifeMs });
    const key = new Secret(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    // The certificate first: without its key it is nothing, and the next start makes another.
    await writeTextFile(this.#fileOf(publicKey), pemOf(der));
    await secrets.write(identityKeyName, key);
    const identity = identityOf(der, key);
    if (before.length === 0) log.info('a GameStream identity was made for this computer', { client: identity.uniqueId });
    else {
      log.warn('the key or certificate of the GameStream identity is gone, a new identity was made: hosts must be paired again', {
        client: identity.uniqueId,
        earlierCertificates: before,
      });
    }
    return identity;
  }

  /**
   * Named by the key, and never overwritten: a keyring that doesn't answer today (a text console, say) costs no pairing,
   * because key and certificate find each other again when it does.
   */
  #fileOf(publicKey: KeyObject): string {
    const name = createHash('sha256').update(spkiOf(publicKey)).digest('hex').slice(0, 16);
    return join(this.#directory, `client-${name}.pem`);
  }

  async #certificateFiles(): Promise<string[]> {
    const files = await readdir(this.#directory);
    return files.filter((file) => /^client-[0-9a-f]{16}\.pem$/.test(file));
  }
}

function identityOf(der: Buffer, key: Secret): ClientIdentity {
  const uniqueId = createHash('sha256').update(der).digest('hex').slice(0, 16).toUpperCase();
  return { certificatePem: pemOf(der), key, uniqueId };
}

function spkiOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' });
}

/** @returns null for a secret that is no RSA key (any more) */
function readKey(key: Secret): { readonly publicKey: KeyObject; readonly pem: Secret } | null {
  try {
    const privateKey = createPrivateKey(key.reveal());
    return privateKey.asymmetricKeyType === 'rsa' ? { publicKey: createPublicKey(privateKey), pem: key } : null;
  } catch {
    return null; // OpenSSL's complaint could quote the key; the caller makes another and says so
  }
}
