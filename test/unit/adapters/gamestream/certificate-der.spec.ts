// Certificates: the one made here as other programs see it, and the walk through those of strangers.
import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pemOf, readCertificate, selfSigned, signatureBitsOf } from '../../../../electron/adapters/gamestream/certificate-der';
import { signatureBits } from '../../../../electron/practice/gamestream/certificate';
import * as vector from '../../../fixtures/gamestream-pairing';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const fromMs = Date.UTC(2026, 0, 2, 3, 4, 5);
const make = (untilMs: number): Buffer => selfSigned({ name: 'NVIDIA GameStream Client', publicKey, privateKey, fromMs, untilMs });

describe('a certificate made here', () => {
  const der = make(Date.UTC(2045, 11, 31));
  const certificate = new X509Certificate(der);

  it('is what hosts expect', () => {
    expect(certificate.subject).toBe('CN=NVIDIA GameStream Client');
    expect(certificate.issuer).toBe(certificate.subject);
    expect(certificate.serialNumber.replace(/^0+/, '')).toBe('');
    expect(new Date(certificate.validFrom).getTime()).toBe(fromMs);
    expect(certificate.verify(publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(privateKey)).toBe(true);
  });

  it('is X.509 v3 with SHA-256 and without extensions, as OpenSSL reads it', () => {
    const text = execFileSync('openssl', ['x509', '-noout', '-text'], { input: pemOf(der), encoding: 'utf8' });
    expect(text).toContain('Version: 3 (0x2)');
    expect(text).toContain('sha256WithRSAEncryption');
    expect(text).not.toContain('X509v3 extensions');
  });

  it('has a canonical PEM', () => {
    expect(pemOf(der)).toBe(certificate.toString());
    expect(pemOf(der)).toMatch(/^-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=]{1,64}\n)+-----END CERTIFICATE-----\n$/);
  });

  it('may last beyond 2049, when years need four digits', () => {
    expect(new Date(new X509Certificate(make(Date.UTC(2055, 5, 1))).validTo).getUTCFullYear()).toBe(2055);
  });
});

describe('a certificate of somebody else', () => {
  it('gives its signature bits', () => {
    const read = readCertificate(vector.vectorHostCertificate);
    expect(read?.signatureBits.toString('hex')).toBe(vector.vectorHostSignatureBits);
    expect(read && pemOf(read.der)).toBe(vector.vectorHostCertificate);
    const other = readCertificate(vector.vectorClientCertificate);
    expect(other && signatureBits(other.der)).toEqual(other?.signatureBits);
  });

  it.each([
    ['nothing', ''],
    ['a sentence', 'not a certificate'],
    ['a PEM of garbage', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
    ['a key', publicKey.export({ type: 'spki', format: 'pem' })],
  ])('is not %s', (_name, text) => {
    expect(readCertificate(String(text))).toBeNull();
  });

  it('must have an RSA key', () => {
    const pem = execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=x', '-keyout', '/dev/null'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(new X509Certificate(pem).subject).toBe('CN=x');
    expect(readCertificate(pem)).toBeNull();
  });

  it('never makes the walk fail in another way than with null', () => {
    const { raw } = new X509Certificate(vector.vectorHostCertificate);
    fc.assert(
      fc.property(fc.nat({ max: raw.length - 1 }), fc.integer({ min: 0, max: 255 }), fc.nat({ max: raw.length }), (at, byte, length) => {
        const damaged = Buffer.from(raw);
        damaged[at] = byte;
        const bits = signatureBitsOf(damaged.subarray(0, length));
        expect(bits === null || bits.length > 0).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void signatureBitsOf(bytes)));
  });

  it('is told apart by its bytes', () => {
    expect(createHash('sha256').update(vector.vectorHostCertificate).digest('hex')).toBe('d82c65fc8e0e08a02a121f48b32a9803ec04462e8af835633ff83f34d7457425');
  });
});
