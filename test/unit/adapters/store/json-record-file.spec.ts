// Small files that only Athena writes: certificates, history. Broken ones are set aside, changes wait for each other.
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CertificateFile, certificatesSchema, noCertificates } from '../../../../electron/adapters/store/certificate-file';
import { emptyHistory, HistoryFile, historySchema } from '../../../../electron/adapters/store/history-file';
import { JsonRecordFile } from '../../../../electron/adapters/store/json-record-file';
import { entryIdSchema, hostIdSchema } from '../../../../electron/common/ids';
import { FakeClock } from '../../../fakes/fake-clock';
import { SilentLog } from '../../../fakes/silent-log';

const rig = hostIdSchema.parse('rig');
const attic = hostIdSchema.parse('attic');
const desk = entryIdSchema.parse('desk');
const one = Array.from({ length: 32 }, () => 'aa').join(':');
const two = Array.from({ length: 32 }, () => 'bb').join(':');

const place = { directory: '', certificates: '', history: '', log: new SilentLog(), clock: new FakeClock() };

beforeEach(async () => {
  place.directory = await mkdtemp(join(tmpdir(), 'athena-records-'));
  place.certificates = join(place.directory, 'certificates.json');
  place.history = join(place.directory, 'history.json');
  place.log = new SilentLog();
  place.clock = new FakeClock();
});

afterEach(async () => {
  await rm(place.directory, { recursive: true });
});

function certificates(): CertificateFile {
  return new CertificateFile(new JsonRecordFile(place.certificates, certificatesSchema, noCertificates, place.clock, place.log));
}

function history(): HistoryFile {
  return new HistoryFile(new JsonRecordFile(place.history, historySchema, emptyHistory, place.clock, place.log));
}

async function copies(): Promise<string[]> {
  return (await readdir(place.directory)).filter((name) => name.includes('.broken-'));
}

describe('certificates', () => {
  it('are kept by host and protocol, and read by the next start', async () => {
    const file = certificates();
    await file.trust(rig, 'rdp', one);
    await file.trust(rig, 'vnc', two);
    expect([await certificates().read(rig, 'rdp'), await certificates().read(rig, 'vnc')]).toEqual([one, two]);
    expect(await certificates().read(attic, 'rdp')).toBeNull();
  });

  it('are replaced and forgotten one by one', async () => {
    const file = certificates();
    await file.trust(rig, 'rdp', one);
    await file.trust(attic, 'rdp', one);
    await file.trust(rig, 'rdp', two);
    await file.forget(attic, 'rdp');
    await file.forget(attic, 'vnc');
    expect([await file.read(rig, 'rdp'), await file.read(attic, 'rdp')]).toEqual([two, null]);
  });

  it('that are trusted at the same time are all kept', async () => {
    const file = certificates();
    await Promise.all([file.trust(rig, 'rdp', one), file.trust(rig, 'vnc', two), file.trust(attic, 'rdp', one)]);
    expect([await file.read(rig, 'rdp'), await file.read(rig, 'vnc'), await file.read(attic, 'rdp')]).toEqual([one, two, one]);
  });

  it('lie in a file that only this user can read', async () => {
    await certificates().trust(rig, 'rdp', one);
    expect((await stat(place.certificates)).mode & 0o777).toBe(0o600);
    await chmod(place.certificates, 0o644);
    await certificates().trust(rig, 'rdp', two);
    expect((await stat(place.certificates)).mode & 0o777).toBe(0o600);
  });
});

describe('the history', () => {
  it('is what was saved, by one start and the next', async () => {
    expect(await history().load()).toEqual({ usedAtMs: new Map(), playedMs: new Map() });
    await history().change(({ usedAtMs, playedMs }) => ({ usedAtMs: new Map(usedAtMs).set(desk, 1_700_000_000_000), playedMs }));
    await history().change(({ usedAtMs, playedMs }) => ({ usedAtMs, playedMs: new Map(playedMs).set(desk, 90_000) }));
    expect(await history().load()).toEqual({ usedAtMs: new Map([[desk, 1_700_000_000_000]]), playedMs: new Map([[desk, 90_000]]) });
  });

  it('of the version that did not count time reads as it was, and is written anew only when something changes', async () => {
    const old = '{"version":1,"usedAtMs":{"desk":1700000000000}}';
    await writeFile(place.history, old);
    expect(await history().load()).toEqual({ usedAtMs: new Map([[desk, 1_700_000_000_000]]), playedMs: new Map() });
    expect([await readFile(place.history, 'utf8'), await copies(), place.log.heard]).toEqual([old, [], []]);
    await history().change(({ usedAtMs }) => ({ usedAtMs, playedMs: new Map([[desk, 5]]) }));
    expect(JSON.parse(await readFile(place.history, 'utf8'))).toEqual({ version: 2, usedAtMs: { desk: 1_700_000_000_000 }, playedMs: { desk: 5 } });
  });

  it.each(['{"version":3,"usedAtMs":{},"playedMs":{}}', '{"version":2,"usedAtMs":{}}', '{"version":2,"usedAtMs":{},"playedMs":{"desk":-1}}'])(
    '%s is set aside',
    async (text) => {
      await writeFile(place.history, text);
      expect((await history().load()).usedAtMs.size).toBe(0);
      expect(await copies()).toHaveLength(1);
    },
  );

  it('loses nothing when a window and a command write at the same time of their own', async () => {
    const window = history();
    await window.change((before) => ({ ...before, usedAtMs: new Map([[desk, 1]]) }));
    const command = history();
    await command.change((before) => ({ ...before, playedMs: new Map([[desk, 2]]) }));
    await window.change((before) => ({ ...before, usedAtMs: new Map([[desk, 3]]) }));
    expect(await history().load()).toEqual({ usedAtMs: new Map([[desk, 3]]), playedMs: new Map([[desk, 2]]) });
  });
});

describe('a file that is not what Athena wrote', () => {
  it.each(['', '{', '[]', '{"version":2,"fingerprints":{}}', '{"version":1,"fingerprints":{"rig/rdp":"short"}}'])(
    '%j counts as empty, and a copy of it is kept',
    async (text) => {
      await writeFile(place.certificates, text);
      expect(await certificates().read(rig, 'rdp')).toBeNull();
      const [copy] = await copies();
      expect(await readFile(join(place.directory, copy ?? ''), 'utf8')).toBe(text);
      expect(place.log.heard[0]).toMatchObject({ level: 'warn', fields: { file: place.certificates, keptAs: join(place.directory, copy ?? '') } });
      expect((await stat(join(place.directory, copy ?? ''))).mode & 0o777).toBe(0o600);
    },
  );

  it('is copied once, however often it is read', async () => {
    await writeFile(place.certificates, 'broken');
    const file = certificates();
    for (let times = 0; times < 5; times += 1) {
      await file.read(rig, 'rdp');
      place.clock.advance(1_000);
    }
    expect(await copies()).toHaveLength(1);
    await writeFile(place.certificates, 'broken otherwise');
    await file.read(rig, 'rdp');
    expect(await copies()).toHaveLength(2);
  });

  it('is written over by the next change, and its copy stays', async () => {
    await writeFile(place.certificates, 'broken');
    await certificates().trust(rig, 'rdp', one);
    expect(await certificates().read(rig, 'rdp')).toBe(one);
    expect(await copies()).toHaveLength(1);
  });
});

describe('a file that cannot be read at all', () => {
  beforeEach(async () => {
    // A link that leads back to itself: not even root can read it, but a write could replace it.
    await symlink(place.certificates, place.certificates);
    await symlink(place.history, place.history);
  });

  it('counts as empty: no start and no launch may fail on it', async () => {
    expect(await certificates().read(rig, 'rdp')).toBeNull();
    expect((await history().load()).usedAtMs.size).toBe(0);
    expect(place.log.heard.map(({ message }) => message)).toEqual(['file cannot be read', 'file cannot be read']);
  });

  it('is not written over by a change, which would lose what is in it', async () => {
    const file = certificates();
    await expect(file.trust(rig, 'rdp', one)).rejects.toThrow('ELOOP');
    await rm(place.certificates);
    await file.trust(rig, 'rdp', one);
    expect(await file.read(rig, 'rdp')).toBe(one);
  });
});
