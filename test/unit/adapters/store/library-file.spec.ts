// The library's file: what people do to it by hand, and what Athena makes of it.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LibraryFile } from '../../../../electron/adapters/store/library-file';
import { SystemClock } from '../../../../electron/adapters/system-clock';
import { entrySchema } from '../../../../electron/common/entry';

const place = { directory: '', file: '' };

beforeEach(async () => {
  place.directory = await mkdtemp(join(tmpdir(), 'athena-library-'));
  place.file = join(place.directory, 'config.json');
});

afterEach(async () => {
  await rm(place.directory, { recursive: true });
});

const good = `{
  // my rig, beside the desk
  "version": 1,
  "hosts": [
    { "id": "rig", "name": "Rig", "address": "192.168.1.20" }, // fixed lease
  ],
  "entries": [
    { "id": "desk", "host": "rig", "name": "Desk", "protocol": "vnc" },
    { "id": "old", "host": "rig", "name": "Old", "protocol": "rdp", "username": "me" }
  ]
}
`;

async function load(text: string): Promise<Awaited<ReturnType<LibraryFile['load']>>> {
  await writeFile(place.file, text);
  return new LibraryFile(place.file, new SystemClock()).load();
}

describe('reading', () => {
  it('takes comments and trailing commas', async () => {
    const { records, troubles } = await load(good);
    expect(troubles).toEqual([]);
    expect(records.entries.map(({ id }) => id)).toEqual(['desk', 'old']);
    expect(records.entries[0]).toMatchObject({ favourite: false, resumeCountdownS: 3 });
  });

  it('knows how often to ask, and what runs a host; a number that is none is named and passed over', async () => {
    const text = good.replace('"version": 1,', '"version": 1, "probesPerSecond": 10,').replace('"192.168.1.20" }', '"192.168.1.20", "vmHost": { "address": "pve.lan" } }');
    const { records, troubles } = await load(text);
    expect(troubles).toEqual([]);
    expect(records).toMatchObject({ probesPerSecond: 10, hosts: [{ vmHost: { address: 'pve.lan' } }] });
    const wrong = await load(text.replace('10,', '50,'));
    expect(wrong.records.probesPerSecond).toBeUndefined();
    expect(wrong.records.entries).toHaveLength(2);
    expect(wrong.troubles).toMatchObject([{ line: 3, message: 'probesPerSecond: at most 20' }]);
  });

  it('a file that is not there is an empty library', async () => {
    const { records, troubles } = await new LibraryFile(place.file, new SystemClock()).load();
    expect({ records, troubles }).toEqual({ records: { hosts: [], entries: [] }, troubles: [] });
  });

  it('text that is no JSON is kept aside and named with its line', async () => {
    const broken = good.replace('"protocol": "vnc" }', '"protocol": "vnc"');
    const { troubles } = await load(broken);
    // The comma is missed where the next entry begins.
    expect(troubles[0]).toMatchObject({ file: place.file, line: 9 });
    const keptAs = troubles[0]?.keptAs ?? '';
    expect(await readFile(keptAs, 'utf8')).toBe(broken);
  });

  it.each(['', 'hello', '[]', 'null', '\u0000\u0001', '{"version":1,"hosts":7,"entries":{}}'])('starts with %j', async (text) => {
    const { records, troubles } = await load(text);
    expect(records.entries).toEqual([]);
    expect(troubles.length).toBeGreaterThan(0);
  });

  it.each([
    ['"version": 1', '"version": 2', /newer Athena/, 3],
    ['"version": 1', '"version": "1"', /must be 1/, 3],
    ['"hosts"', '"hsots"', /Unknown key "hsots"/, 4],
    ['"username": "me"', '"usrname": "me"', /entries\[1\]/, 9],
    ['"protocol": "rdp"', '"protocol": "spice"', /entries\[1\]\.protocol/, 9],
    ['"host": "rig", "name": "Old"', '"host": "rag", "name": "Old"', /names a host "rag"/, 9],
    ['"id": "old"', '"id": "desk"', /used twice/, 9],
    ['192.168.1.20', '-oProxyCommand=x', /hosts\[0\]\.address/, 5],
  ])('names the place when %s becomes %s', async (from, to, message, line) => {
    const { troubles } = await load(good.replace(from, to));
    expect(troubles.some((trouble) => message.test(trouble.message) && trouble.line === line)).toBe(true);
    expect(troubles[0]?.keptAs).toMatch(/config\.broken-/);
  });

  it('one bad entry does not take the others with it', async () => {
    const { records } = await load(good.replace('"protocol": "rdp"', '"protocol": "spice"'));
    expect(records.entries.map(({ id }) => id)).toEqual(['desk']);
  });
});

describe('writing', () => {
  it('keeps comments, order and what it could not read', async () => {
    const text = good.replace('"protocol": "rdp"', '"protocol": "spice"');
    await writeFile(place.file, text);
    const library = new LibraryFile(place.file, new SystemClock());
    const { records } = await library.load();
    const [desk] = records.entries;
    if (!desk) throw new Error('no entry');
    await library.save({ ...records, entries: [{ ...desk, favourite: true }] });
    const written = await readFile(place.file, 'utf8');
    expect(written).toContain('// my rig, beside the desk');
    expect(written).toContain('// fixed lease');
    expect(written).toContain('"spice"');
    expect(written).toContain('"favourite": true');
  });

  it('adds, changes and removes so that the next reading sees the same', async () => {
    await writeFile(place.file, good);
    const library = new LibraryFile(place.file, new SystemClock());
    const { records } = await library.load();
    const added = entrySchema.parse({ id: 'new', host: 'rig', name: 'New', protocol: 'vnc', port: 5901 });
    const next = { hosts: records.hosts, entries: [...records.entries.filter(({ id }) => id !== 'desk'), added] };
    await library.save(next);
    expect((await new LibraryFile(place.file, new SystemClock()).load()).records).toEqual(next);
  });

  it('begins a file where there was none, and does not write over one of a newer Athena', async () => {
    const newer = good.replace('"version": 1', '"version": 9');
    await writeFile(place.file, newer);
    const library = new LibraryFile(place.file, new SystemClock());
    const { records } = await library.load();
    await library.save(records);
    const copies = (await readdir(place.directory)).filter((name) => name.includes('broken'));
    expect(copies).toHaveLength(1);
    expect(await readFile(join(place.directory, copies[0] ?? ''), 'utf8')).toBe(newer);
  });
});

describe('a file that somebody else writes meanwhile', () => {
  const other = good.replace('"address": "192.168.1.20" }, // fixed lease', '"address": "192.168.1.20" }, // fixed lease\n    { "id": "attic", "name": "Attic", "address": "10.0.0.7" }, // new');

  it('is read again, once, and what is saved then keeps both', async () => {
    await writeFile(place.file, good);
    const library = new LibraryFile(place.file, new SystemClock());
    await library.load();
    expect(await library.reload()).toBeNull();
    await writeFile(place.file, other);
    const content = await library.reload();
    expect(content?.records.hosts.map(({ id }) => id)).toEqual(['rig', 'attic']);
    expect(await library.reload()).toBeNull();
    const { records } = content ?? { records: { hosts: [], entries: [] } };
    await library.save({ ...records, entries: records.entries.map((entry) => ({ ...entry, favourite: true })) });
    expect(await library.reload()).toBeNull();
    const written = await readFile(place.file, 'utf8');
    expect(written).toContain('"attic"');
    expect(written).toContain('// new');
  });

  it.each(['{ "version": 1, "hosts": [', good.replace('"version": 1', '"version": 9')])('and that cannot be used is kept aside; what was known goes on', async (text) => {
    await writeFile(place.file, good);
    const library = new LibraryFile(place.file, new SystemClock());
    const { records } = await library.load();
    await writeFile(place.file, text);
    const content = await library.reload();
    expect(content?.records).toEqual(records);
    expect(await readFile(content?.troubles[0]?.keptAs ?? '', 'utf8')).toBe(text);
    await library.save({ ...records, entries: records.entries.slice(0, 1) });
    const written = await readFile(place.file, 'utf8');
    expect(written).toContain('// my rig, beside the desk');
    expect(written).not.toContain('"old"');
  });

  it('and that is gone is written anew with all that was known', async () => {
    await writeFile(place.file, good);
    const library = new LibraryFile(place.file, new SystemClock());
    const { records } = await library.load();
    await rm(place.file);
    expect((await library.reload())?.records).toEqual(records);
    await library.save(records);
    expect(await readFile(place.file, 'utf8')).toBe(good);
  });
});
