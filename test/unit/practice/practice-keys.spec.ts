// The practice host's keys: each one usable, none twice.
import { expect, it } from 'vitest';
import { utils } from 'ssh2';
import { fingerprintOf, makeKeyPair } from '../../../electron/practice/practice-keys';

// About one pair in 200 comes out of ssh2 broken: 600 hold at least one of them in 19 of 20 runs.
it('makes only key pairs that work', () => {
  const seen = new Set<string>();
  for (let count = 0; count < 600; count++) {
    const { privateText, publicText, publicKey } = makeKeyPair();
    const read = utils.parseKey(privateText);
    if (read instanceof Error) throw read;
    // RFC 8709 §4: the type's name and 32 bytes, each after a 4-byte length.
    expect(publicKey.getPublicSSH()).toHaveLength(4 + 11 + 4 + 32);
    expect(read.getPublicSSH().equals(publicKey.getPublicSSH())).toBe(true);
    expect(publicText).toMatch(/^ssh-ed25519 [A-Za-z0-9+/]+=*$/);
    expect(fingerprintOf(publicKey)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    seen.add(publicText);
  }
  expect(seen.size).toBe(600);
});
