// The known GameStream hosts on disk: two Athenas may write them, a broken file is set aside, and a look costs next to nothing.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GameStreamFile, gameStreamFileSchema, noGameStreamHosts } from '../../../../electron/adapters/store/gamestream-file';
import { JsonRecordFile } from '../../../../electron/adapters/store/json-record-file';
import { hostIdSchema } from '../../../../electron/common/ids';
import type { GameStreamRecord } from '../../../../electron/domain/hosts/gamestream-record';
import { FakeClock } from '../../../fakes/fake-clock';
import { SilentLog } from '../../../fakes/silent-log';

const place = { directory: '', file: '' };

beforeEach(async () => {
  place.directory = await mkdtemp(join(tmpdir(), 'athena-gamestream-file-'));
  place.file = join(place.directory, 'gamestream.json');
});

afterEach(() => rm(place.directory, { recursive: true }));

/** One Athena. */
function store(): GameStreamFile {
  return new GameStreamFile(new JsonRecordFile(place.file, gameStreamFileSchema, noGameStreamHosts, new FakeClock(), new SilentLog()));
}

function record(id: string): GameStreamRecord {
  return { hostId: hostIdSchema.parse(id), uniqueId: id.toUpperCase(), addresses: ['192.0.2.1'], httpPort: 47_989, certificatePem: null, mac: null, apps: [] };
}

const ids = (records: readonly GameStreamRecord[]): string[] => records.map(({ hostId }) => hostId);

describe('the file of known hosts', () => {
  it('is empty at first, and keeps what is added', async () => {
    expect(await store().load()).toEqual([]);
    await store().change((records) => [...records, record('rig')]);
    expect(await store().load()).toEqual([record('rig')]);
  });

  it('loses nothing when a window and a command both write', async () => {
    const [window, command] = [store(), store()];
    await window.load();
    await command.load();
    await window.change((records) => [...records, record('rig')]);
    expect(ids(await command.change((records) => [...records, record('attic')]))).toEqual(['rig', 'attic']);
    expect(ids(await window.load())).toEqual(['rig', 'attic']);
    expect(ids(await window.change((records) => records.filter(({ hostId }) => hostId !== 'rig')))).toEqual(['attic']);
    expect(ids(await command.load())).toEqual(['attic']);
  });

  it('takes one change after another', async () => {
    const window = store();
    await Promise.all(['a', 'b', 'c', 'd'].map((id) => window.change((records) => [...records, record(id)])));
    expect(ids(await window.load())).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is read again only when somebody wrote: it may list thousands of apps, and is looked at every few seconds', async () => {
    const window = store();
    await window.change((records) => [...records, record('rig')]);
    const first = await window.load();
    expect(await window.load()).toBe(first);
    await store().change((records) => [...records, record('attic')]);
    expect(await window.load()).not.toBe(first);
  });

  it('that is broken is set aside and begins anew', async () => {
    await writeFile(place.file, '{"version":1,"hosts":[{"hostId":"rig"}]}');
    expect(await store().load()).toEqual([]);
    await store().change((records) => [...records, record('rig')]);
    expect((await readdir(place.directory)).filter((name) => name.includes('broken'))).toHaveLength(1);
    expect(await readFile(place.file, 'utf8')).toContain('"RIG"');
  });

  it('is not written when nothing changes', async () => {
    const window = store();
    await window.change((records) => [...records, record('rig')]);
    const before = await window.load();
    await window.change((records) => records);
    expect(await window.load()).toBe(before);
  });
});
