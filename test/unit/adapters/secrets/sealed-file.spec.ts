// Secrets in a sealed file: what opens, what does not, and who may read the files.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SealedFileSecrets } from '../../../../electron/adapters/secrets/sealed-file';
import { Secret } from '../../../../electron/domain/secret';
import { FakeClock } from '../../../fakes/fake-clock';
import { SilentLog } from '../../../fakes/silent-log';

const place = { directory: '', log: new SilentLog() };

beforeEach(async () => {
  place.directory = join(await mkdtemp(join(tmpdir(), 'athena-sealed-')), 'data');
  place.log = new SilentLog();
});

afterEach(async () => {
  await rm(join(place.directory, '..'), { recursive: true });
});

function secrets(): SealedFileSecrets {
  return new SealedFileSecrets(place.directory, new FakeClock(), place.log);
}

const file = (): string => join(place.directory, 'secrets.json');
const keyFile = (): string => join(place.directory, 'secrets.key');

interface Sealed {
  version: number;
  sealed: Record<string, { nonce: string; tag: string; text: string }>;
}

async function alter(change: (sealed: Sealed['sealed']) => void): Promise<void> {
  const record = JSON.parse(await readFile(file(), 'utf8')) as Sealed;
  change(record.sealed);
  await writeFile(file(), JSON.stringify(record));
}

async function revealed(key: string): Promise<string | null> {
  return (await secrets().read(key))?.reveal() ?? null;
}

/** Another character in the middle. */
function flip(text: string): string {
  const middle = Math.floor(text.length / 2) - 1;
  return text.slice(0, middle) + (text[middle] === 'A' ? 'B' : 'A') + text.slice(middle + 1);
}

describe('a secret', () => {
  it.each(['pw', '', 'pässwörd 日本', ' spaces ', 'x'.repeat(1_024)])('%j is read by the next start as it was written', async (text) => {
    await secrets().write('entry/desk/password', new Secret(text));
    expect(await revealed('entry/desk/password')).toBe(text);
  });

  it('that nobody wrote is none', async () => {
    expect(await revealed('entry/desk/password')).toBeNull();
    expect(place.log.heard).toEqual([]);
  });

  it('is replaced, and removed one by one', async () => {
    await secrets().write('a', new Secret('one'));
    await secrets().write('b', new Secret('two'));
    await secrets().write('a', new Secret('three'));
    await secrets().remove('b');
    await secrets().remove('nothing');
    expect([await revealed('a'), await revealed('b')]).toEqual(['three', null]);
  });

  it('is nowhere in the files in the clear', async () => {
    await secrets().write('a', new Secret('correct horse'));
    const texts = [await readFile(file(), 'utf8'), await readFile(keyFile(), 'utf8')].join();
    expect(texts).not.toContain('correct horse');
    expect(texts).not.toContain(Buffer.from('correct horse').toString('base64'));
  });

  it('is sealed anew each time, so that equal ones do not look equal', async () => {
    await secrets().write('a', new Secret('same'));
    await secrets().write('b', new Secret('same'));
    const { sealed } = JSON.parse(await readFile(file(), 'utf8')) as Sealed;
    expect(sealed['a']?.text).not.toBe(sealed['b']?.text);
  });

  it('written at the same time as others is kept with them, the first ones of all included', async () => {
    const store = secrets();
    const keys = ['a', 'b', 'c', 'd'];
    await Promise.all(keys.map((key) => store.write(key, new Secret(`of ${key}`))));
    expect(await Promise.all(keys.map(revealed))).toEqual(['of a', 'of b', 'of c', 'of d']);
  });
});

describe('the files', () => {
  it('and their directory are for this user only', async () => {
    await secrets().write('a', new Secret('pw'));
    const modes = await Promise.all([place.directory, file(), keyFile()].map(async (path) => (await stat(path)).mode & 0o777));
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  });

  it('are described as what they are', async () => {
    expect(await secrets().describe()).toContain(file());
  });
});

describe('what was tampered with does not open', () => {
  beforeEach(async () => {
    await secrets().write('a', new Secret('correct horse'));
    await secrets().write('b', new Secret('other'));
  });

  const tampering: Record<string, (sealed: Sealed['sealed']) => void> = {
    'another text': (sealed) => Object.assign(sealed['a'] ?? {}, { text: flip(sealed['a']?.text ?? '') }),
    'another tag': (sealed) => Object.assign(sealed['a'] ?? {}, { tag: flip(sealed['a']?.tag ?? '') }),
    'another nonce': (sealed) => Object.assign(sealed['a'] ?? {}, { nonce: flip(sealed['a']?.nonce ?? '') }),
    'a tag cut short': (sealed) => {
      const tag = Buffer.from(sealed['a']?.tag ?? '', 'base64').subarray(0, 4);
      Object.assign(sealed['a'] ?? {}, { tag: tag.toString('base64') });
    },
    'the secret of another name': (sealed) => Object.assign(sealed['a'] ?? {}, sealed['b']),
    'no base64': (sealed) => Object.assign(sealed['a'] ?? {}, { text: '%%%', tag: '', nonce: '' }),
  };

  it.each(Object.entries(tampering))('%s', async (_name, change) => {
    expect(await revealed('a')).toBe('correct horse');
    await alter(change);
    expect(await revealed('a')).toBeNull();
    expect(place.log.heard.at(-1)).toMatchObject({ level: 'warn', fields: { key: 'a' } });
    expect(await revealed('b')).toBe('other');
  });
});

describe('a key that is lost', () => {
  beforeEach(async () => {
    await secrets().write('a', new Secret('correct horse'));
  });

  it.each([
    ['was moved away', () => rm(keyFile())],
    ['is another', () => writeFile(keyFile(), Buffer.alloc(32, 7).toString('base64'))],
    ['is cut short', () => writeFile(keyFile(), 'c2hvcnQ=')],
    ['is empty', () => writeFile(keyFile(), '')],
  ])('because it %s opens nothing, and new secrets can be kept', async (_name, lose) => {
    await lose();
    expect(await revealed('a')).toBeNull();
    await secrets().write('b', new Secret('new'));
    expect([await revealed('a'), await revealed('b')]).toEqual([null, 'new']);
  });
});

it('a file that is broken is set aside, and begun anew', async () => {
  await secrets().write('a', new Secret('pw'));
  await writeFile(file(), '{"version":1,');
  expect(await revealed('a')).toBeNull();
  await secrets().write('b', new Secret('new'));
  expect(await revealed('b')).toBe('new');
  const copies = (await readdir(place.directory)).filter((name) => name.startsWith('secrets.broken-'));
  expect(copies).toHaveLength(1);
  expect(await readFile(join(place.directory, copies[0] ?? ''), 'utf8')).toBe('{"version":1,');
});
