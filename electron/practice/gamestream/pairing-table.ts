// The host's side of GameStream pairing, with the session table of Sunshine: also how it goes wrong after an abort.
import { createCipheriv, createDecipheriv, createHash, randomBytes, sign, verify } from 'node:crypto';
import { derOf, publicKeyOf, signatureBits, type Identity } from './certificate';
import type { XmlReply } from './xml-reply';

export interface PairingTableParts {
  /** Asked each time: a host that was installed again has another. */
  readonly identity: () => Identity;
  /** SHA-256 from generation 7 on. */
  readonly hash: 'sha256' | 'sha1';
  /** Only a test with a recorded exchange brings its own. */
  readonly random?: (size: number) => Buffer;
  readonly onPaired: (client: { certificatePem: string; name: string }) => void;
  readonly onRefused: (why: string) => void;
}

type Phase = 'none' | 'certificate' | 'challenge' | 'response';

interface PairingSession {
  /** Of the first request with this unique id: a later one doesn't replace it. */
  readonly clientPem: string;
  name: string;
  salt: string;
  phase: Phase;
  key: Buffer | null;
  secret: Buffer;
  challenge: Buffer;
  clientHash: Buffer;
  /** Answers the first step, which is held until somebody enters a PIN; null answers by closing the connection. */
  answer: ((reply: XmlReply | null) => void) | null;
}

const blockBytes = 16;

export class PairingTable {
  readonly #parts: PairingTableParts;
  readonly #sessions = new Map<string, PairingSession>();

  constructor(parts: PairingTableParts) {
    this.#parts = parts;
  }

  /** Unique ids of all sessions that were begun and neither finished nor failed; stale ones among them. */
  get open(): readonly string[] {
    return [...this.#sessions.keys()];
  }

  /** How many requests wait for a PIN right now. */
  get waiting(): number {
    return [...this.#sessions.values()].filter(({ answer }) => answer !== null).length;
  }

  /**
   * Step 1: held until `enterPin`, or until the same client asks again.
   * A session that exists already is not begun anew: only its salt and its waiting answer are replaced.
   */
  begin(uniqueId: string, clientCertHex: string, salt: string): { reply: Promise<XmlReply | null>; leave: () => void } {
    let session = this.#sessions.get(uniqueId);
    if (!session) {
      const clientPem = Buffer.from(clientCertHex, 'hex').toString('latin1');
      const empty = Buffer.alloc(0);
      session = { clientPem, name: '', salt, phase: 'none', key: null, secret: empty, challenge: empty, clientHash: empty, answer: null };
      this.#sessions.set(uniqueId, session);
    }
    const held = session;
    held.salt = salt;
    held.answer?.(null);
    let answer: (reply: XmlReply | null) => void = () => undefined;
    const reply = new Promise<XmlReply | null>((resolve) => {
      answer = resolve;
    });
    held.answer = answer;
    const leave = (): void => {
      if (held.answer === answer) held.answer = null;
      answer(null);
    };
    return { reply, leave };
  }

  /**
   * Somebody typed a PIN on the host. It goes to the oldest session, stale or not, and is not checked here: only the
   * client can tell a wrong one.
   * @returns true when a waiting request was answered, whatever the answer was
   */
  enterPin(pin: string, name: string): boolean {
    const [first] = this.#sessions;
    if (!first || !/^[0-9]{4}$/.test(pin)) return false;
    const [uniqueId, session] = first;
    const { answer } = session;
    session.answer = null;
    session.name = name;
    const reply = this.#giveCertificate(uniqueId, session, pin);
    answer?.(reply);
    return answer !== null;
  }

  /** Steps 2 to 4, told apart by which parameter is there. Names of parameters are in lower case. */
  step(uniqueId: string, parameters: ReadonlyMap<string, string>): XmlReply {
    const session = this.#sessions.get(uniqueId);
    if (!session) return { statusCode: 400, statusMessage: 'Invalid uniqueid' };
    const bytes = (name: string): Buffer | null => {
      const hex = parameters.get(name);
      return hex === undefined ? null : Buffer.from(hex, 'hex');
    };
    const challenge = bytes('clientchallenge');
    if (challenge) return this.#challenge(uniqueId, session, challenge);
    const response = bytes('serverchallengeresp');
    if (response) return this.#response(uniqueId, session, response);
    const secret = bytes('clientpairingsecret');
    if (secret) return this.#secret(uniqueId, session, secret);
    return { statusCode: 404, statusMessage: 'Invalid pairing request' };
  }

  /** Every waiting request is closed without an answer, and nothing is remembered. */
  clear(): void {
    for (const { answer } of this.#sessions.values()) answer?.(null);
    this.#sessions.clear();
  }

  #fail(uniqueId: string, why: string): XmlReply {
    this.#sessions.delete(uniqueId);
    this.#parts.onRefused(why);
    return { statusCode: 400, statusMessage: why, children: [['paired', 0]] };
  }

  #hash(...parts: readonly Uint8Array[]): Buffer {
    const hash = createHash(this.#parts.hash);
    for (const part of parts) hash.update(part);
    return hash.digest();
  }

  #giveCertificate(uniqueId: string, session: PairingSession, pin: string): XmlReply {
    if (session.phase !== 'none') return this.#fail(uniqueId, 'Out of order call to getservercert');
    session.phase = 'certificate';
    if (session.salt.length < 32) return this.#fail(uniqueId, 'Salt too short');
    const salt = Buffer.from(session.salt.slice(0, 32), 'hex');
    session.key = this.#hash(salt, Buffer.from(pin)).subarray(0, blockBytes);
    const certificate = Buffer.from(this.#parts.identity().certificatePem, 'latin1');
    return paired(['plaincert', upperHex(certificate)]);
  }

  #challenge(uniqueId: string, session: PairingSession, encrypted: Buffer): XmlReply {
    if (session.phase !== 'certificate' || session.key === null) return this.#fail(uniqueId, 'Out of order call to clientchallenge');
    session.phase = 'challenge';
    const bits = signatureBits(derOf(this.#parts.identity().certificatePem));
    const random = this.#parts.random ?? randomBytes;
    session.secret = random(blockBytes);
    session.challenge = random(blockBytes);
    const hash = this.#hash(decrypt(session.key, encrypted), bits, session.secret);
    return paired(['challengeresponse', upperHex(encrypt(session.key, Buffer.concat([hash, session.challenge])))]);
  }

  #response(uniqueId: string, session: PairingSession, encrypted: Buffer): XmlReply {
    if (session.phase !== 'challenge' || session.key === null) return this.#fail(uniqueId, 'Out of order call to serverchallengeresp');
    session.phase = 'response';
    session.clientHash = decrypt(session.key, encrypted);
    const signature = sign('sha256', session.secret, this.#parts.identity().keyPem);
    return paired(['pairingsecret', upperHex(Buffer.concat([session.secret, signature]))]);
  }

  #secret(uniqueId: string, session: PairingSession, given: Buffer): XmlReply {
    if (session.phase !== 'response') return this.#fail(uniqueId, 'Out of order call to clientpairingsecret');
    if (given.length <= blockBytes) return this.#fail(uniqueId, 'Client pairing secret too short');
    const bits = bitsOrNull(session.clientPem);
    if (bits === null) return this.#fail(uniqueId, 'Invalid client certificate');
    const secret = given.subarray(0, blockBytes);
    const hash = this.#hash(session.challenge, bits, secret);
    const signed = verify('sha256', secret, publicKeyOf(session.clientPem), given.subarray(blockBytes));
    const proved = signed && hash.equals(session.clientHash.subarray(0, hash.length));
    this.#sessions.delete(uniqueId);
    if (proved) this.#parts.onPaired({ certificatePem: session.clientPem, name: session.name });
    else this.#parts.onRefused('the client did not prove that it knows the PIN');
    return { statusCode: 200, children: [['paired', proved ? 1 : 0]] };
  }
}

function bitsOrNull(pem: string): Buffer | null {
  try {
    publicKeyOf(pem);
    return signatureBits(derOf(pem));
  } catch {
    return null; // not a certificate: the caller tells the client
  }
}

function paired(child: readonly [string, string]): XmlReply {
  return { statusCode: 200, children: [['paired', 1], child] };
}

function upperHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}

/** AES-128-ECB without padding; a last block that isn't whole is filled with zeros, as for the 36 bytes of SHA-1 hosts. */
function encrypt(key: Buffer, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  const whole = Buffer.alloc(Math.ceil(plain.length / blockBytes) * blockBytes);
  whole.set(plain);
  return Buffer.concat([cipher.update(whole), cipher.final()]);
}

/** Bytes after the last whole block are left out: what a client sends is not to be trusted. */
function decrypt(key: Buffer, encrypted: Buffer): Buffer {
  const decipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  const whole = encrypted.subarray(0, encrypted.length - (encrypted.length % blockBytes));
  return Buffer.concat([decipher.update(whole), decipher.final()]);
}
