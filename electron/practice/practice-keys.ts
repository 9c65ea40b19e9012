// The practice host's own key pairs: made at its start, forgotten at its end.
import { createHash } from 'node:crypto';
import { utils, type ParsedKey } from 'ssh2';

export interface KeyPair {
  /** OpenSSH private key file, without a passphrase. */
  readonly privateText: string;
  /** "ssh-ed25519 AAAA…", without a comment. */
  readonly publicText: string;
  readonly publicKey: ParsedKey;
}

export function makeKeyPair(): KeyPair {
  // ssh2 1.17 strips zero bytes from the front of an ed25519 public key, so that about one pair in 200 is unusable.
  for (let attempt = 0; attempt < 20; attempt++) {
    const pair = utils.generateKeyPairSync('ed25519');
    const publicKey = usableKey(pair.private, pair.public);
    if (publicKey !== null) return { privateText: pair.private, publicText: pair.public.trim(), publicKey };
  }
  throw new Error('no usable ed25519 key pair in 20 attempts');
}

function usableKey(privateText: string, publicText: string): ParsedKey | null {
  const privateKey = utils.parseKey(privateText);
  const publicKey = utils.parseKey(publicText);
  if (privateKey instanceof Error || publicKey instanceof Error) return null;
  const probe = Buffer.from('athena practice');
  const signature = privateKey.sign(probe);
  return Buffer.isBuffer(signature) && publicKey.verify(probe, signature) === true ? publicKey : null;
}

/** As `ssh-keygen -lf` prints it: "SHA256:" and base64 without padding. */
export function fingerprintOf(key: ParsedKey): string {
  const digest = createHash('sha256').update(key.getPublicSSH()).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}
