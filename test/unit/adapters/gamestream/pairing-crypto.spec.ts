// The arithmetic of pairing, byte by byte against worked exchanges of both generations.
import { describe, expect, it } from 'vitest';
import { readCertificate } from '../../../../electron/adapters/gamestream/certificate-der';
import {
  clientPairingSecret,
  clientResponse,
  encipher,
  hashFor,
  isSignedBy,
  openHostChallenge,
  pairingKey,
  provesPin,
  readHex,
  readHostSecret,
} from '../../../../electron/adapters/gamestream/pairing-crypto';
import { Secret } from '../../../../electron/domain/secret';
import { makeIdentity } from '../../../../electron/practice/gamestream/certificate';
import * as vector from '../../../fixtures/gamestream-pairing';

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

function certificate(pem: string): NonNullable<ReturnType<typeof readCertificate>> {
  const read = readCertificate(pem);
  if (!read) throw new Error('no certificate');
  return read;
}

const host = certificate(vector.vectorHostCertificate);
const client = certificate(vector.vectorClientCertificate);
const salt = bytes(vector.vectorSalt);

describe.each([
  [7, 'sha256', 'bad0b4f7cae08eb7c1b5acc763a8ed25', 'a4450871d3767a3f419a9375232311ea63ca5800462d8ba513be682761ce74dd', vector.vectorMessages],
  [6, 'sha1', '0cd2f00b23437ed6adc97cd8f7dbf3ed', '03006f49a732a762608b6cae99db48c497e14040', vector.vectorMessagesSha1],
] as const)('generation %d', (generation, hash, keyHex, hostHashHex, messages) => {
  const key = pairingKey(hash, salt, vector.vectorPin);
  const opened = openHostChallenge(hash, key, bytes(messages.challengeresponse));

  it('hashes as its number says', () => {
    expect(hashFor(generation)).toBe(hash);
  });

  it('makes the key and the first message', () => {
    expect(key.toString('hex')).toBe(keyHex);
    expect(encipher(key, bytes(vector.vectorClientChallenge)).toString('hex')).toBe(messages.clientchallenge);
  });

  it("opens the host's challenge", () => {
    expect(opened?.hostHash.toString('hex')).toBe(hostHashHex);
    expect(opened?.challenge.toString('hex')).toBe(vector.vectorHostChallenge);
  });

  it('answers it', () => {
    const response = clientResponse(hash, key, {
      hostChallenge: bytes(vector.vectorHostChallenge),
      clientSignatureBits: client.signatureBits,
      secret: bytes(vector.vectorClientSecret),
    });
    expect(response.toString('hex')).toBe(messages.serverchallengeresp);
  });

  it('tells the right PIN from a wrong one, and from another certificate', () => {
    if (!opened) throw new Error('not opened');
    const parts = { challenge: bytes(vector.vectorClientChallenge), hostSignatureBits: host.signatureBits, secret: bytes(vector.vectorHostSecret) };
    expect(provesPin(hash, opened.hostHash, parts)).toBe(true);
    expect(provesPin(hash, opened.hostHash, { ...parts, hostSignatureBits: client.signatureBits })).toBe(false);
    const otherKey = pairingKey(hash, salt, '4321');
    const garbage = openHostChallenge(hash, otherKey, bytes(messages.challengeresponse));
    expect(garbage && provesPin(hash, garbage.hostHash, parts)).toBe(false);
  });
});

it('a PIN is text: leading zeros count', () => {
  expect(pairingKey('sha256', salt, '0042')).not.toEqual(pairingKey('sha256', salt, '42'));
});

describe("the host's secret", () => {
  const sent = bytes(vector.vectorPairingSecret);

  it("is signed by the host's certificate and by no other", () => {
    const secret = readHostSecret(sent, host.publicKey);
    expect(secret?.secret.toString('hex')).toBe(vector.vectorHostSecret);
    expect(secret && isSignedBy(host.publicKey, secret)).toBe(true);
    expect(secret && isSignedBy(client.publicKey, secret)).toBe(false);
    expect(secret && isSignedBy(host.publicKey, { ...secret, secret: bytes(vector.vectorClientSecret) })).toBe(false);
  });

  it.each([0, 16, 17, 271, 273, 4_096])('of %d bytes is none', (length) => {
    expect(readHostSecret(Buffer.alloc(length), host.publicKey)).toBeNull();
  });
});

it.each([0, 16, 32, 47, 49, 64])("a host's challenge of %d bytes is none", (length) => {
  expect(openHostChallenge('sha256', pairingKey('sha256', salt, '1234'), Buffer.alloc(length))).toBeNull();
});

it("the client's secret carries a signature that its certificate proves", () => {
  const { certificatePem, keyPem } = makeIdentity('NVIDIA GameStream Client', 'zero');
  const sent = clientPairingSecret(bytes(vector.vectorClientSecret), new Secret(keyPem));
  const own = certificate(certificatePem);
  const read = readHostSecret(sent, own.publicKey);
  expect(sent).toHaveLength(272);
  expect(read && isSignedBy(own.publicKey, read)).toBe(true);
  const recorded = readHostSecret(bytes(vector.vectorClientPairingSecret), client.publicKey);
  expect(recorded && isSignedBy(client.publicKey, recorded)).toBe(true);
});

it.each(['', 'a', 'abc', 'zz', '0x12', '12 34', 'ab'.repeat(9)])('%j is no hex of at most 8 bytes', (text) => {
  expect(readHex(text, 8)).toBeNull();
});

it('hex may be of either case, with blanks around it', () => {
  expect(readHex(' DEADbeef\n', 8)?.toString('hex')).toBe('deadbeef');
});
