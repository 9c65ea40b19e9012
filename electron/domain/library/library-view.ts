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

/** Every window orders by name, and what comes ordered costs it next to nothing. Made once for a library, not for each time a host comes or goes. */
const orders = new WeakMap<readonly Entry[], readonly Entry[]>();
const { compare } = new Intl.Collator();

function byName(entries: readonly Entry[]): readonly Entry[] {
  const known = orders.get(entries);
  if (known !== undefined) return known;
  const ordered = [...entries].sort((one, other) => compare(one.name, other.name));
  orders.set(entries, ordered);
  return ordered;
}

export function libraryView(library: Library, around: LibrarySurroundings): LibraryView {
  return {
    file: library.file,
    hosts: library.hosts.map((record) => ({ record, reach: around.reach(record.id) })),
    entries: byName(library.entries).map((entry) => ({
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
