// The client's side of GameStream pairing, as the practice Moonlight does it for its `pair` action.
import { createCipheriv, createDecipheriv, createHash, randomBytes, sign, verify } from 'node:crypto';
import { derOf, publicKeyOf, signatureBits, type Identity } from './certificate';
import { askPlain, askSecure, childOf, queryOf, requestLimitMs, type HostPlace, type XmlAnswer } from './moonlight-http';

export type PairingEnd =
  | { readonly kind: 'paired'; readonly certificatePem: string }
  | { readonly kind: 'wrong-pin' | 'man-in-the-middle' }
  | { readonly kind: 'refused'; readonly step: number; readonly statusCode: number };

export interface PairingAttempt extends HostPlace {
  readonly httpsPort: number;
  readonly identity: Identity;
  readonly pin: string;
  /** First number of the host's `appversion`. */
  readonly generation: number;
  /** Only a test with a recorded exchange brings its own. */
  readonly random?: (size: number) => Buffer;
}

/** @throws when the host does not answer */
export async function pairWith(attempt: PairingAttempt): Promise<PairingEnd> {
  const { identity, pin, generation, random = randomBytes } = attempt;
  const algorithm = generation >= 7 ? 'sha256' : 'sha1';
  const hash = (...parts: readonly Uint8Array[]): Buffer => createHash(algorithm).update(Buffer.concat(parts)).digest();
  const ask = (parameters: Readonly<Record<string, string>>, limitMs: number | null = requestLimitMs): Promise<XmlAnswer> =>
    askPlain(attempt, `/pair?${queryOf({ devicename: 'roth', updateState: 1, ...parameters })}`, limitMs);
  const refused = (step: number, { statusCode }: XmlAnswer): PairingEnd => ({ kind: 'refused', step, statusCode });
  const isPaired = (answer: XmlAnswer): boolean => childOf(answer, 'paired') === '1';

  const salt = random(16);
  const clientcert = Buffer.from(identity.certificatePem).toString('hex');
  // The host holds this one until somebody has typed the PIN.
  const first = await ask({ phrase: 'getservercert', salt: salt.toString('hex'), clientcert }, null);
  if (!isPaired(first)) return refused(1, first);
  const key = hash(salt, Buffer.from(pin)).subarray(0, 16);
  const certificatePem = Buffer.from(childOf(first, 'plaincert'), 'hex').toString();

  const challenge = random(16);
  const second = await ask({ clientchallenge: encrypt(key, challenge).toString('hex') });
  if (!isPaired(second)) return refused(2, second);
  const opened = decrypt(key, Buffer.from(childOf(second, 'challengeresponse'), 'hex'));
  const hashBytes = hash().length;
  const hostHash = opened.subarray(0, hashBytes);
  const hostChallenge = opened.subarray(hashBytes, hashBytes + 16);

  const secret = random(16);
  const clientHash = Buffer.alloc(32);
  hash(hostChallenge, signatureBits(derOf(identity.certificatePem)), secret).copy(clientHash);
  const third = await ask({ serverchallengeresp: encrypt(key, clientHash).toString('hex') });
  if (!isPaired(third)) return refused(3, third);
  const hostSecret = Buffer.from(childOf(third, 'pairingsecret'), 'hex');
  const said = hostSecret.subarray(0, 16);
  if (!verify('sha256', said, publicKeyOf(certificatePem), hostSecret.subarray(16))) return { kind: 'man-in-the-middle' };
  if (!hash(challenge, signatureBits(derOf(certificatePem)), said).equals(hostHash)) return { kind: 'wrong-pin' };

  const proof = Buffer.concat([secret, sign('sha256', secret, identity.keyPem)]);
  const fourth = await ask({ clientpairingsecret: proof.toString('hex') });
  if (!isPaired(fourth)) return refused(4, fourth);
  const query = queryOf({ devicename: 'roth', updateState: 1, phrase: 'pairchallenge' });
  const fifth = await askSecure({ ...attempt, pinnedPem: certificatePem }, `/pair?${query}`, requestLimitMs);
  return isPaired(fifth) ? { kind: 'paired', certificatePem } : refused(5, fifth);
}

function encrypt(key: Buffer, plain: Buffer): Buffer {
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

function decrypt(key: Buffer, encrypted: Buffer): Buffer {
  const decipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]);
}
