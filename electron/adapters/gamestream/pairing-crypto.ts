// The arithmetic of GameStream pairing: how PIN, salt, challenges and certificates are hashed, enciphered and signed.
import { createCipheriv, createDecipheriv, createHash, createPrivateKey, sign, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import type { Secret } from '../../domain/secret';

export type PairingHash = 'sha256' | 'sha1';

/** Of salts, keys, challenges and secrets. */
export const blockBytes = 16;
/** What hosts encipher is filled up to this: 32 bytes and a block, whichever hash. */
const hostChallengeBytes = 48;
const clientHashBytes = 32;

/** @param generation first number of the host's `appversion` */
export function hashFor(generation: number): PairingHash {
  return generation >= 7 ? 'sha256' : 'sha1';
}

export function digest(hash: PairingHash, ...parts: readonly Uint8Array[]): Buffer {
  const digesting = createHash(hash);
  for (const part of parts) digesting.update(part);
  return digesting.digest();
}

/** AES-128. @param pin its digits as ASCII */
export function pairingKey(hash: PairingHash, salt: Uint8Array, pin: string): Buffer {
  return digest(hash, salt, Buffer.from(pin, 'ascii')).subarray(0, blockBytes);
}

/** AES-128-ECB without padding. @param plain whole blocks */
export function encipher(key: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

/** AES-128-ECB without padding: a wrong key gives garbage, never an error. @param enciphered whole blocks */
export function decipher(key: Uint8Array, enciphered: Uint8Array): Buffer {
  const cipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(enciphered), cipher.final()]);
}

export interface HostChallenge {
  /** What the host says it hashed; compared once its secret is known. */
  readonly hostHash: Buffer;
  readonly challenge: Buffer;
}

/** Reply 2. @returns null for a wrong length */
export function openHostChallenge(hash: PairingHash, key: Uint8Array, enciphered: Uint8Array): HostChallenge | null {
  if (enciphered.length !== hostChallengeBytes) return null;
  const plain = decipher(key, enciphered);
  const hashBytes = digest(hash).length;
  return { hostHash: plain.subarray(0, hashBytes), challenge: plain.subarray(hashBytes, hashBytes + blockBytes) };
}

/** Question 3: this client's hash, filled up with zeros. */
export function clientResponse(
  hash: PairingHash,
  key: Uint8Array,
  parts: { readonly hostChallenge: Uint8Array; readonly clientSignatureBits: Uint8Array; readonly secret: Uint8Array },
): Buffer {
  const filled = Buffer.alloc(clientHashBytes);
  digest(hash, parts.hostChallenge, parts.clientSignatureBits, parts.secret).copy(filled);
  return encipher(key, filled);
}

export interface HostSecret {
  readonly secret: Buffer;
  readonly signature: Buffer;
}

/** Reply 3. @returns null when it has not the length of a secret and a signature by this RSA key */
export function readHostSecret(bytes: Buffer, hostKey: KeyObject): HostSecret | null {
  const signatureBytes = (hostKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  if (bytes.length !== blockBytes + signatureBytes) return null;
  return { secret: bytes.subarray(0, blockBytes), signature: bytes.subarray(blockBytes) };
}

/** RSASSA-PKCS1-v1_5 with SHA-256, whichever hash the rest uses. */
export function isSignedBy(hostKey: KeyObject, { secret, signature }: HostSecret): boolean {
  return verify('sha256', secret, hostKey, signature);
}

/** Whether the host hashed with the same PIN: nothing earlier can tell. */
export function provesPin(
  hash: PairingHash,
  hostHash: Uint8Array,
  parts: { readonly challenge: Uint8Array; readonly hostSignatureBits: Uint8Array; readonly secret: Uint8Array },
): boolean {
  return timingSafeEqual(digest(hash, parts.challenge, parts.hostSignatureBits, parts.secret), hostHash);
}

/** Question 4. */
export function clientPairingSecret(secret: Uint8Array, key: Secret): Buffer {
  return Buffer.concat([secret, sign('sha256', secret, createPrivateKey(key.reveal()))]);
}

/** @returns null for anything but hex digits in pairs, of at most so many bytes */
export function readHex(text: string, mostBytes: number): Buffer | null {
  const hex = text.trim();
  return hex.length > 0 && hex.length <= mostBytes * 2 && hex.length % 2 === 0 && /^[0-9A-Fa-f]+$/.test(hex) ? Buffer.from(hex, 'hex') : null;
}
