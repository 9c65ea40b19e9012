// The library as the window shows it.
import { expect, it } from 'vitest';
import { entrySchema } from '../../../../electron/common/entry';
import { hostRecordSchema } from '../../../../electron/common/host';
import { libraryViewSchema } from '../../../../electron/common/library';
import { Library } from '../../../../electron/domain/library/library';
import { libraryView } from '../../../../electron/domain/library/library-view';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeHistoryStore, FakeLibraryStore } from '../../../fakes/fake-library-store';
import { SilentLog } from '../../../fakes/silent-log';

it('holds what each part knows of every host and entry', async () => {
  const rig = hostRecordSchema.parse({ id: 'rig', name: 'Rig', address: '192.168.1.20' });
  const desk = entrySchema.parse({ id: 'desk', host: 'rig', name: 'Desk', protocol: 'vnc' });
  const old = entrySchema.parse({ id: 'old', host: 'rig', name: 'Old', protocol: 'rdp' });
  const trouble = { file: 'config.json', line: 3, message: 'Unknown key.', keptAs: null };
  const history = new FakeHistoryStore();
  history.saved = { usedAtMs: new Map([[desk.id, 17]]), playedMs: new Map([[desk.id, 60_000]]) };
  const store = new FakeLibraryStore({ hosts: [rig], entries: [desk, old] }, [trouble]);
  const library = new Library({ store, history, clock: new FakeClock(), log: new SilentLog() });
  await library.load();

  const view = libraryView(library, {
    availability: ({ protocol }) =>
      protocol === 'vnc' ? { found: true, displayName: 'TigerVNC' } : { found: false, displayName: 'FreeRDP', advice: 'Install it.' },
    reach: () => 'online',
    artUrl: ({ id }) => (id === desk.id ? 'athena-art://cover/rig/17' : null),
    hasPassword: (entryId) => entryId === old.id,
  });

  expect(libraryViewSchema.parse(view)).toEqual({
    file: store.file,
    hosts: [{ record: rig, reach: 'online' }],
    entries: [
      { entry: desk, client: { found: true, displayName: 'TigerVNC' }, lastUsedAtMs: 17, playedMs: 60_000, artUrl: 'athena-art://cover/rig/17', hasPassword: false },
      { entry: old, client: { found: false, displayName: 'FreeRDP', advice: 'Install it.' }, lastUsedAtMs: null, playedMs: 0, artUrl: null, hasPassword: true },
    ],
    troubles: [trouble],
  });
});
