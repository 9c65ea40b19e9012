// Self-signed RSA certificates as GameStream hosts and clients make them, and the raw signature bits that pairing hashes.
import { createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

export interface Identity {
  /** 64 columns, LF, with a final newline: hosts compare it as text. */
  readonly certificatePem: string;
  /** PKCS#8. */
  readonly keyPem: string;
}

const sequence = 0x30;
const set = 0x31;
const integer = 0x02;
const bitString = 0x03;
const utf8String = 0x0c;
const utcTime = 0x17;
const generalizedTime = 0x18;
const version = 0xa0;

/** 1.2.840.113549.1.1.11 with its NULL: sha256WithRSAEncryption. */
const sha256WithRsa = Buffer.from('300d06092a864886f70d01010b0500', 'hex');
/** 2.5.4.3 */
const commonNameOid = Buffer.from('0603550403', 'hex');
const yearMs = 365 * 24 * 3_600_000;

function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

/** RFC 5280 §4.1.2.5: UTCTime up to 2049, GeneralizedTime from 2050 on. */
function time(atMs: number): Buffer {
  const digits = new Date(atMs).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return Number(digits.slice(0, 4)) < 2050
    ? element(utcTime, Buffer.from(`${digits.slice(2)}Z`))
    : element(generalizedTime, Buffer.from(`${digits}Z`));
}

/**
 * An RSA-2048 key and its X.509 v3 certificate without extensions, signed with SHA-256, valid from now for 20 years.
 * @param serial `random`: 159 bits, as Sunshine's hosts have; `zero`: as Moonlight's clients have
 */
export function makeIdentity(commonName: string, serial: 'random' | 'zero'): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { certificatePem: certify(commonName, serial, publicKey, privateKey), keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function certify(commonName: string, serial: 'random' | 'zero', publicKey: KeyObject, privateKey: KeyObject): string {
  const nowMs = Date.now();
  const name = element(sequence, element(set, element(sequence, commonNameOid, element(utf8String, Buffer.from(commonName)))));
  const serialBytes = serial === 'zero' ? Buffer.from([0]) : randomBytes(20);
  // Positive and of full length: neither a sign bit nor a leading zero.
  if (serial === 'random') serialBytes[0] = ((serialBytes[0] ?? 0) & 0x3f) | 0x40;
  const body = element(
    sequence,
    element(version, element(integer, Buffer.from([2]))),
    element(integer, serialBytes),
    sha256WithRsa,
    name,
    element(sequence, time(nowMs), time(nowMs + 20 * yearMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, privateKey);
  return pemOf(element(sequence, body, sha256WithRsa, element(bitString, Buffer.from([0]), signature)));
}

export function pemOf(der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** @throws when the text holds no certificate in PEM */
export function derOf(pem: string): Buffer {
  const base64 = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(pem)?.[1];
  if (base64 === undefined) throw new Error('this is no certificate in PEM');
  return Buffer.from(base64, 'base64');
}

/**
 * The content of a certificate's outer signature BIT STRING without its unused-bits octet; node:crypto doesn't show it.
 * @throws when the bytes are no certificate
 */
export function signatureBits(der: Uint8Array): Buffer {
  const outer = readElement(der, 0, sequence);
  const body = readElement(der, outer.start, sequence);
  const algorithm = readElement(der, body.end, sequence);
  const signature = readElement(der, algorithm.end, bitString);
  return Buffer.from(der.subarray(signature.start + 1, signature.end));
}

function readElement(bytes: Uint8Array, at: number, tag: number): { start: number; end: number } {
  const first = bytes[at + 1];
  if (bytes[at] !== tag || first === undefined) throw new Error('this is no certificate');
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  let length = lengthBytes === 0 ? first : 0;
  for (const byte of bytes.subarray(at + 2, at + 2 + lengthBytes)) length = length * 256 + byte;
  const start = at + 2 + lengthBytes;
  if (start + length > bytes.length) throw new Error('this certificate is cut off');
  return { start, end: start + length };
}

/** @throws when the text holds no certificate with a usable key */
export function publicKeyOf(certificatePem: string): KeyObject {
  return createPublicKey(certificatePem);
}
