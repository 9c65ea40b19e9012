// Puts together what the window shows of the library from what each part knows.
import type { HostReach } from '../../common/host';
import type { EntryId, HostId } from '../../common/ids';
import type { ClientAvailability, LibraryView } from '../../common/library';
import type { Entry } from '../../common/entry';
import type { Library } from './library';

export interface LibrarySurroundings {
  /** Of the client that shows the entry. */
  availability(entry: Entry): ClientAvailability;
  reach(hostId: HostId): HostReach;
  artUrl(entry: Entry): string | null;
  hasPassword(entryId: EntryId): boolean;
}

export function libraryView(library: Library, around: LibrarySurroundings): LibraryView {
  return {
    file: library.file,
    hosts: library.hosts.map((record) => ({ record, reach: around.reach(record.id) })),
    entries: library.entries.map((entry) => ({
      entry,
      client: around.availability(entry),
      lastUsedAtMs: library.lastUsedAtMs(entry.id),
      playedMs: library.playedMs(entry.id),
      artUrl: around.artUrl(entry),
      hasPassword: around.hasPassword(entry.id),
    })),
    troubles: [...library.troubles],
  };
}
