// The certificates and pictures the practice host makes are what other programs take them for.
import { X509Certificate } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { derOf, makeIdentity, pemOf, signatureBits } from '../../../../electron/practice/gamestream/certificate';
import { practiceApps, withIds } from '../../../../electron/practice/gamestream/host-apps';
import { crc32, drawPng } from '../../../../electron/practice/gamestream/png-picture';

describe('makeIdentity', () => {
  it('makes a host certificate as Sunshine does: OpenSSL reads it and its own key verifies it', () => {
    const { certificatePem, keyPem } = makeIdentity('Sunshine Gamestream Host', 'random');
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.subject).toBe('CN=Sunshine Gamestream Host');
    expect(certificate.issuer).toBe(certificate.subject);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(certificate.serialNumber).toHaveLength(40);
    const years = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / (365 * 86_400_000);
    expect(years).toBe(20);
    expect(keyPem).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(signatureBits(derOf(certificatePem))).toHaveLength(256);
  });

  it('makes a client certificate as Moonlight does, in canonical PEM', () => {
    const { certificatePem } = makeIdentity('NVIDIA GameStream Client', 'zero');
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.serialNumber).toMatch(/^0+$/);
    expect(certificatePem).toBe(pemOf(certificate.raw));
    for (const line of certificatePem.trimEnd().split('\n').slice(1, -2)) expect(line).toHaveLength(64);
    expect(certificatePem.endsWith('-----END CERTIFICATE-----\n')).toBe(true);
  });
});

describe('covers and ids', () => {
  it('has the CRC-32 that everybody has', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  });

  it('draws a PNG of its size whose rows can be unpacked', () => {
    const png = drawPng(10, 4, [255, 0, 0]);
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([10, 4]);
    const start = png.indexOf('IDAT') + 4;
    const length = png.readUInt32BE(start - 8);
    expect(inflateSync(png.subarray(start, start + length))).toHaveLength((10 * 3 + 1) * 4);
    expect(png.readUInt32BE(start + length)).toBe(crc32(png.subarray(start - 4, start + length)));
  });

  it('gives each app an id that follows from its name and cover, and from its place when it is taken', () => {
    const ids = (apps: typeof practiceApps): number[] => withIds(apps).map(({ id }) => id);
    const [game] = practiceApps;
    if (!game) throw new Error('no practice app');
    const [id] = ids([game]);
    expect(ids([game, game])[0]).toBe(id);
    expect(ids([game, game])[1]).not.toBe(id);
    expect(ids([{ ...game, cover: null }])[0]).not.toBe(id);
    expect(ids([{ ...game, name: 'Other' }])[0]).not.toBe(id);
    for (const some of ids(practiceApps)) expect(some).toBeGreaterThan(0);
  });
});
