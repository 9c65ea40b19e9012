// The known_hosts reader, checked against files that OpenSSH's own tools make.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fingerprintOf, judgeKey, keyTypeOf, knownHostName, knownKeyTypes, parseKnownHosts } from '../../../../electron/adapters/pause/known-hosts';

interface TestKey {
  readonly line: string;
  readonly blob: Buffer;
  readonly fingerprint: string;
}

const made = { directory: '' };
const keys = new Map<string, TestKey>();

function key(name: string): TestKey {
  const found = keys.get(name);
  if (!found) throw new Error(`no key ${name}`);
  return found;
}

beforeAll(() => {
  made.directory = mkdtempSync(join(tmpdir(), 'athena-known-hosts-'));
  for (const [name, type] of [['one', 'ed25519'], ['two', 'ed25519'], ['ecdsa', 'ecdsa'], ['rsa', 'rsa']] as const) {
    const file = join(made.directory, name);
    execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', 'test', '-f', file]);
    const [keyType = '', base64 = ''] = readFileSync(`${file}.pub`, 'utf8').split(' ');
    const shown = execFileSync('ssh-keygen', ['-lf', `${file}.pub`], { encoding: 'utf8' }).split(' ')[1] ?? '';
    keys.set(name, { line: `${keyType} ${base64}`, blob: Buffer.from(base64, 'base64'), fingerprint: shown });
  }
});

afterAll(() => {
  rmSync(made.directory, { recursive: true });
});

/** What ssh-keygen -H makes of a file. */
function hashed(text: string): string {
  const file = join(made.directory, 'known_hosts');
  writeFileSync(file, text);
  execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' });
  return readFileSync(file, 'utf8');
}

const desk = { address: 'desk.lan', port: 22 };
const deskElsewhere = { address: 'desk.lan', port: 2222 };
const verdict = (text: string, host: typeof desk, name: string): string =>
  judgeKey(parseKnownHosts(text, 'known_hosts').lines, host, key(name).blob).kind;

it('shows fingerprints and types as ssh-keygen does', () => {
  for (const { blob, fingerprint, line } of keys.values()) {
    expect(fingerprintOf(blob)).toBe(fingerprint);
    expect(keyTypeOf(blob)).toBe(line.split(' ')[0]);
  }
  expect(keyTypeOf(Buffer.alloc(0))).toBeNull();
  expect(keyTypeOf(Buffer.from([0, 0, 0, 40, 65]))).toBeNull();
  expect(keyTypeOf(Buffer.from([255, 255, 255, 255, 65]))).toBeNull();
});

it('names a host in brackets unless its port is 22', () => {
  expect(knownHostName({ address: 'Desk.LAN', port: 22 })).toBe('desk.lan');
  expect(knownHostName({ address: 'FE80::1', port: 2222 })).toBe('[fe80::1]:2222');
});

describe('hashed names, as ssh-keygen -H writes them', () => {
  it('fit their host and port and no other', () => {
    const text = hashed(`desk.lan ${key('one').line}\n[desk.lan]:2222 ${key('two').line}\n`);
    expect(text).not.toContain('desk');
    expect(text.match(/^\|1\|/gm)).toHaveLength(2);
    expect(verdict(text, desk, 'one')).toBe('known');
    expect(verdict(text, deskElsewhere, 'two')).toBe('known');
    expect(verdict(text, { address: 'other.lan', port: 22 }, 'one')).toBe('unknown');
    expect(verdict(text, desk, 'two')).toBe('changed');
    expect(verdict(text, { address: 'DESK.lan', port: 22 }, 'one')).toBe('known');
  });

  it('that are damaged fit nothing', () => {
    for (const name of ['|1|', '|1|x', '|2|aaaa|bbbb', '|1|AAAA|AAAA', '|']) {
      expect(verdict(`${name} ${key('one').line}\n`, desk, 'one')).toBe('unknown');
    }
  });
});

describe('patterns', () => {
  it.each([
    ['*.lan', 'known'],
    ['des?.lan', 'known'],
    ['other,desk.lan', 'known'],
    ['*', 'known'],
    ['d*k*n', 'known'],
    ['DESK.LAN', 'known'],
    ['desk', 'unknown'],
    ['desk.lan.org', 'unknown'],
    ['?desk.lan', 'unknown'],
    ['*.lan,!desk.lan', 'unknown'],
    ['!desk.lan,*.lan', 'unknown'],
    ['!other.lan,*.lan', 'known'],
    ['!other.lan', 'unknown'],
  ])('%s -> %s', (pattern, expected) => {
    expect(verdict(`${pattern} ${key('one').line}`, desk, 'one')).toBe(expected);
  });

  it('of many stars are answered at once', () => {
    const line = `${'*a'.repeat(400)}b ${key('one').line}`;
    expect(judgeKey(parseKnownHosts(line, 'f').lines, { address: 'a'.repeat(250), port: 22 }, key('one').blob).kind).toBe('unknown');
  });
});

describe('verdicts', () => {
  it('one of several keys of a type will do', () => {
    const text = `desk.lan ${key('two').line}\ndesk.lan ${key('one').line}\n`;
    expect(verdict(text, desk, 'one')).toBe('known');
    expect(verdict(text, desk, 'two')).toBe('known');
  });

  it('a changed key tells file and line', () => {
    const { lines } = parseKnownHosts(`# mine\n\ndesk.lan ${key('one').line} comment with blanks\n`, '/home/me/.ssh/known_hosts');
    const judged = judgeKey(lines, desk, key('two').blob);
    expect(judged).toMatchObject({ kind: 'changed', at: { file: '/home/me/.ssh/known_hosts', line: 3 } });
  });

  it('a key of another type than the known ones is unknown, not changed', () => {
    const { lines } = parseKnownHosts(`desk.lan ${key('one').line}\n`, 'f');
    expect(judgeKey(lines, desk, key('rsa').blob)).toEqual({ kind: 'unknown', otherTypes: ['ssh-ed25519'] });
    expect(judgeKey([], desk, key('rsa').blob)).toEqual({ kind: 'unknown', otherTypes: [] });
  });

  it('a revoked key is refused, whatever else is listed', () => {
    const text = `desk.lan ${key('one').line}\n@revoked * ${key('one').line}\n@revoked\t desk.lan\t${key('ecdsa').line}\n`;
    expect(verdict(text, desk, 'one')).toBe('revoked');
    expect(verdict(text, deskElsewhere, 'ecdsa')).toBe('revoked');
    expect(verdict(`@revoked desk.lan ${key('two').line}\n`, desk, 'one')).toBe('unknown');
  });

  it('a key listed for the bare name is good for another port, unless that port has one', () => {
    const bare = `desk.lan ${key('one').line}\n`;
    expect(verdict(bare, deskElsewhere, 'one')).toBe('known');
    expect(verdict(bare, deskElsewhere, 'two')).toBe('unknown');
    expect(verdict(`${bare}[desk.lan]:2222 ${key('two').line}\n`, deskElsewhere, 'one')).toBe('changed');
    expect(verdict(`[desk.lan]:2222 ${key('one').line}\n`, desk, 'one')).toBe('unknown');
  });

  it('the types to ask for first are those that are known and not revoked', () => {
    const { lines } = parseKnownHosts(
      `desk.lan ${key('rsa').line}\ndesk.lan ${key('one').line}\n@revoked desk.lan ${key('ecdsa').line}\nother.lan ${key('ecdsa').line}\n`,
      'f',
    );
    expect(knownKeyTypes(lines, desk)).toEqual(['ssh-rsa', 'ssh-ed25519']);
    expect(knownKeyTypes(lines, deskElsewhere)).toEqual(['ssh-rsa', 'ssh-ed25519']);
    expect(knownKeyTypes(lines, { address: 'nobody', port: 22 })).toEqual([]);
  });
});

it('tells why a line is not used, and uses the others', () => {
  const good = key('one').line;
  const text = [
    `@cert-authority *.lan ${good}`,
    '@funny desk.lan ssh-ed25519 AAAA',
    'desk.lan',
    'desk.lan 1024 35 123456789',
    'desk.lan ssh-ed25519 AAAA',
    `desk.lan ssh-rsa ${good.split(' ')[1]}`,
    `  desk.lan ${good}\r`,
    '\0\u0007 binary \0',
  ].join('\n');
  const { lines, ignored } = parseKnownHosts(text, 'f');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ line: 7, hosts: 'desk.lan', keyType: 'ssh-ed25519', revoked: false });
  expect(ignored.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 8]);
  expect(ignored[0]?.reason).toContain('certificate authorities');
  expect(ignored.every(({ reason }) => reason.length > 5)).toBe(true);
});
