// Just enough of DER and PEM for GameStream: the client's self-signed certificate, and the signature bits that pairing hashes.
import { createPublicKey, sign, X509Certificate, type KeyObject } from 'node:crypto';

const tags = {
  integer: 0x02,
  bitString: 0x03,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
} as const;

/** 1.2.840.113549.1.1.11 with its NULL: sha256WithRSAEncryption (RFC 8017 A.2.4). */
const sha256WithRsa = Buffer.from('300d06092a864886f70d01010b0500', 'hex');
/** 2.5.4.3: commonName. */
const commonName = Buffer.from('0603550403', 'hex');

function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Uint8Array.of(tag, body.length), body]);
  const hex = body.length.toString(16);
  const length = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Uint8Array.of(tag, 0x80 | length.length), length, body]);
}

/** RFC 5280 §4.1.2.5: two digits of the year up to 2049, four from 2050 on. */
function time(atMs: number): Buffer {
  const digits = new Date(atMs).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return Number(digits.slice(0, 4)) < 2050
    ? element(tags.utcTime, Buffer.from(`${digits.slice(2)}Z`))
    : element(tags.generalizedTime, Buffer.from(`${digits}Z`));
}

export interface CertificatePlan {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  /** Epoch milliseconds. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/** X.509 v3 without extensions, serial 0, subject and issuer alike, signed by its own RSA key (RFC 5280 §4.1). @returns DER */
export function selfSigned({ name, publicKey, privateKey, fromMs, untilMs }: CertificatePlan): Buffer {
  const { sequence, set, integer, bitString, utf8String, version } = tags;
  const subject = element(sequence, element(set, element(sequence, commonName, element(utf8String, Buffer.from(name)))));
  const body = element(
    sequence,
    element(version, element(integer, Uint8Array.of(2))),
    element(integer, Uint8Array.of(0)),
    sha256WithRsa,
    subject,
    element(sequence, time(fromMs), time(untilMs)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  return element(sequence, body, sha256WithRsa, element(bitString, Uint8Array.of(0), sign('sha256', body, privateKey)));
}

/** Canonical: 64 columns, LF, a final newline. Hosts compare a client's certificate as text. */
export function pemOf(der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

export interface ReadCertificate {
  readonly der: Buffer;
  readonly publicKey: KeyObject;
  /** The raw content of its signature, without the octet that counts unused bits. */
  readonly signatureBits: Buffer;
}

/** @returns null when the text holds no certificate with an RSA key */
export function readCertificate(pem: string): ReadCertificate | null {
  try {
    const der = new X509Certificate(pem).raw;
    const signatureBits = signatureBitsOf(der);
    const publicKey = createPublicKey(pemOf(der));
    return signatureBits === null || publicKey.asymmetricKeyType !== 'rsa' ? null : { der, publicKey, signatureBits };
  } catch {
    return null; // OpenSSL's words for it would help nobody; the caller says whose certificate it is
  }
}

/** Certificate ::= SEQUENCE { body SEQUENCE, algorithm SEQUENCE, signature BIT STRING } (RFC 5280 §4.1). @returns null for anything else */
export function signatureBitsOf(der: Uint8Array): Buffer | null {
  const outer = elementAt(der, 0, tags.sequence, der.length);
  const body = outer && elementAt(der, outer.start, tags.sequence, outer.end);
  const algorithm = body && elementAt(der, body.end, tags.sequence, outer.end);
  const signature = algorithm && elementAt(der, algorithm.end, tags.bitString, outer.end);
  return signature && signature.end - signature.start > 1 ? Buffer.from(der.subarray(signature.start + 1, signature.end)) : null;
}

function elementAt(bytes: Uint8Array, at: number, tag: number, limit: number): { start: number; end: number } | null {
  const first = bytes[at + 1];
  if (bytes[at] !== tag || first === undefined) return null;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 4 || first === 0x80) return null;
  let length = lengthBytes === 0 ? first : 0;
  for (const byte of bytes.subarray(at + 2, at + 2 + lengthBytes)) length = length * 256 + byte;
  const start = at + 2 + lengthBytes;
  return start + length <= limit ? { start, end: start + length } : null;
}
