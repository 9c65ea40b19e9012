// Profiles in the library's file: read value by value, written so that everything around them stays.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LibraryFile } from '../../../../electron/adapters/store/library-file';
import { libraryVersion, readLibrary } from '../../../../electron/adapters/store/library-reading';
import { editLibraryText } from '../../../../electron/adapters/store/library-text';
import { SystemClock } from '../../../../electron/adapters/system-clock';
import type { Profile, ProfileKey } from '../../../../electron/common/profile';
import type { LibraryRecords } from '../../../../electron/domain/library/library-store';
import { resolveProfile } from '../../../../electron/domain/session/profile-resolution';

const place = { directory: '', file: '' };

beforeEach(async () => {
  place.directory = await mkdtemp(join(tmpdir(), 'athena-profiles-'));
  place.file = join(place.directory, 'config.json');
});

afterEach(async () => {
  await rm(place.directory, { recursive: true });
});

const good = `{
  // version first
  "version": 1,
  "profile": {
    // what the projector can do
    "widthPx": 1920, // full HD
    "heightPx": 1080,
    /* smooth */ "fps": 60
  },
  "networks": [
    { "id": "9c:5c:8e:00:11:22", "name": "Home", "profile": { "bitrateKbps": 80000 } }, // fibre
    // the train
    { "id": "02:00:00:00:00:01", "name": "Train" },
  ],
  "hosts": [
    { "id": "rig", "name": "Rig", "address": "192.168.1.20", "profile": { "codec": "hevc" } } // in the cellar
  ],
  "entries": [
    // the one game
    { "id": "game", "host": "rig", "name": "Game", "protocol": "gamestream", "app": "Game",
      "profile": {
        "hdr": true, // when the sun is down
        "fps": 120,
      }
    }
  ]
}
`;

describe('reading', () => {
  it('finds what is set at each of the four levels', () => {
    const { records, findings } = readLibrary(good);
    expect(findings).toEqual([]);
    expect(records.profile).toEqual({ widthPx: 1920, heightPx: 1080, fps: 60 });
    expect(records.networks).toEqual([
      { id: '9c:5c:8e:00:11:22', name: 'Home', profile: { bitrateKbps: 80_000 } },
      { id: '02:00:00:00:00:01', name: 'Train', profile: {} },
    ]);
    expect([records.hosts[0]?.profile, records.entries[0]?.profile]).toEqual([{ codec: 'hevc' }, { hdr: true, fps: 120 }]);
  });

  it.each<[string, string, RegExp, number]>([
    ['"fps": 60', '"fps": "many"', /^profile\.fps: .*number/, 8],
    ['"fps": 60', '"fsp": 60', /^profile\.fsp: there is no such setting/, 8],
    ['"codec": "hevc"', '"codec": "vp9"', /^hosts\[0\]\.profile\.codec: /, 16],
    ['"fps": 120', '"fps": 5', /^entries\[0\]\.profile\.fps: /, 23],
    ['"bitrateKbps": 80000', '"bitrateKbps": 0', /^networks\[0\]\.profile\.bitrateKbps: /, 11],
    ['9c:5c:8e:00:11:22', '9C:5C:8E:00:11:22', /^networks\[0\]\.id: .*hardware address/, 11],
    ['02:00:00:00:00:01', '9c:5c:8e:00:11:22', /used twice in "networks"/, 13],
    ['"profile": { "codec": "hevc" }', '"profile": 7', /^hosts\[0\]\.profile must be an object/, 16],
    ['"networks": [', '"networks": {}, "netwroks": [', /Unknown key "netwroks"/, 10],
  ])('tells where %s is %s, and takes everything else', async (from, to, message, line) => {
    const text = good.replace(from, to);
    await writeFile(place.file, text);
    const { records, troubles } = await new LibraryFile(place.file, new SystemClock()).load();
    expect(troubles.filter((trouble) => message.test(trouble.message)).map((trouble) => trouble.line)).toEqual([line]);
    expect([records.hosts.length, records.entries.length, records.profile?.heightPx, records.entries[0]?.profile?.hdr]).toEqual([1, 1, 1080, true]);
    expect(await readFile(troubles[0]?.keptAs ?? '', 'utf8')).toBe(text);
  });

  it('goes on from a file that knows no profiles', () => {
    const { records, findings } = readLibrary('{"version":1,"hosts":[],"entries":[]}');
    expect([records, findings]).toEqual([{ hosts: [], entries: [] }, []]);
  });
});

function edited(text: string, change: (records: LibraryRecords) => LibraryRecords): { text: string; records: LibraryRecords } {
  const { records } = readLibrary(text);
  const after = editLibraryText(text, libraryVersion, records, change(records));
  return { text: after, records: readLibrary(after).records };
}

describe('writing', () => {
  it('changes the one value, and no sign beside it', () => {
    const { text } = edited(good, (records) => ({ ...records, profile: { ...records.profile, fps: 144 } }));
    expect(text).toBe(good.replace('"fps": 60', '"fps": 144'));
  });

  it('takes away the one value that is inherited from now on', () => {
    const { text, records } = edited(good, (before) => ({ ...before, profile: { heightPx: 1080, fps: 60 } }));
    expect(records.profile).toEqual({ heightPx: 1080, fps: 60 });
    expect(text).toBe(good.replace('    "widthPx": 1920, // full HD\n', '    // full HD\n'));
  });

  it('keeps what could not be used', () => {
    const broken = good.replace('"fps": 60', '"fps": "many", "fsp": 1').replace('"hdr": true', '"hdr": "yes"');
    const { text } = edited(broken, (records) => ({ ...records, profile: { ...records.profile, vsync: false } }));
    expect(text).toMatch(/"fps": "many",\s+"fsp": 1/);
    expect(text).toContain('"hdr": "yes", // when the sun is down');
    expect(readLibrary(text).records.profile).toEqual({ widthPx: 1920, heightPx: 1080, vsync: false });
  });

  it('adds a network, and a profile where there was none', () => {
    const { text, records } = edited(good, (before) => ({
      ...before,
      networks: [...(before.networks ?? []), { id: 'aa:bb:cc:dd:ee:ff', name: 'Office', profile: { fps: 30 } }],
      hosts: before.hosts.map((host) => ({ ...host, profile: { ...host.profile, packetSize: 1024 } })),
    }));
    expect(records.networks?.map(({ name }) => name)).toEqual(['Home', 'Train', 'Office']);
    expect(records.hosts[0]?.profile).toEqual({ codec: 'hevc', packetSize: 1024 });
    for (const comment of good.match(/\/\/.*/g) ?? []) expect(text).toContain(comment);
  });

  it('begins a file with all of it', () => {
    const records: LibraryRecords = readLibrary(good).records;
    expect(readLibrary(editLibraryText(null, libraryVersion, { hosts: [], entries: [] }, records)).records).toEqual(records);
  });
});

const settings: Readonly<Partial<Record<ProfileKey, fc.Arbitrary<unknown>>>> = {
  widthPx: fc.integer({ min: 256, max: 16_384 }),
  fps: fc.integer({ min: 10, max: 480 }),
  bitrateKbps: fc.integer({ min: 500, max: 500_000 }),
  codec: fc.constantFrom('auto', 'h264', 'hevc', 'av1'),
  hdr: fc.boolean(),
  displayMode: fc.constantFrom('fullscreen', 'windowed', 'borderless'),
  quitAfter: fc.boolean(),
};
const profile = fc.record(settings, { requiredKeys: [] }) as fc.Arbitrary<Profile>;

it('whatever is set and inherited at whichever level is there again after a reading, with every comment where it was', () => {
  const step = fc.record({ level: fc.constantFrom('global', 'host', 'entry', 'network', 'other network'), profile });
  const comments = good.match(/\/\/.*|\/\*.*?\*\//g) ?? [];
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      const state = { text: good, records: readLibrary(good).records };
      for (const { level, profile: set } of steps) {
        const wanted = setAt(state.records, level, set);
        const next = edited(state.text, () => wanted);
        expect(next.records).toEqual(wanted);
        Object.assign(state, next);
      }
      expect((state.text.match(/\/\/.*|\/\*.*?\*\//g) ?? []).sort()).toEqual([...comments].sort());
      const levelsOf = ({ profile: global, hosts, entries, networks }: LibraryRecords): Parameters<typeof resolveProfile>[0] => ({
        global: global ?? {},
        host: hosts[0]?.profile ?? {},
        entry: entries[0]?.profile ?? {},
        network: networks?.[0]?.profile ?? {},
      });
      expect(resolveProfile(levelsOf(readLibrary(state.text).records))).toEqual(resolveProfile(levelsOf(state.records)));
    }),
  );
});

function setAt(records: LibraryRecords, level: string, set: Profile): LibraryRecords {
  switch (level) {
    case 'global':
      return { ...records, profile: set };
    case 'host':
      return { ...records, hosts: records.hosts.map((host) => ({ ...host, profile: set })) };
    case 'entry':
      return { ...records, entries: records.entries.map((entry) => ({ ...entry, profile: set })) };
    default: {
      const id = level === 'network' ? '9c:5c:8e:00:11:22' : '02:00:00:00:00:01';
      return { ...records, networks: (records.networks ?? []).map((network) => (network.id === id ? { ...network, profile: set } : network)) };
    }
  }
}
