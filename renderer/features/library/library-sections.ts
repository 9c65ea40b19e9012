// Which entries the library shows, and in which rows: pure, so that search and order can be tested.
import uFuzzy from '@leeoniya/ufuzzy';
import type { HostId } from '../../../electron/common/ids';
import type { LibraryEntry, LibraryView } from '../../../electron/common/library';
import type { SessionView } from '../../../electron/common/session';
import { texts } from './texts';

export interface LibrarySection {
  readonly key: 'continue' | 'favourites' | 'all' | 'found';
  readonly title: string;
  readonly entries: readonly LibraryEntry[];
}

const longestContinueRow = 4;

/** One slip of the finger per word is forgiven: a wrong, missing or swapped letter. Letters of every script count (uFuzzy's README). */
const fuzzy = new uFuzzy({
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraChars: "[\\p{L}\\d']",
  intraContr: "'\\p{L}{1,2}\\b",
  intraMode: 1,
  intraIns: 1,
  intraSub: 1,
  intraTrn: 1,
  intraDel: 1,
});

export function librarySections(view: LibraryView, sessions: readonly SessionView[], search: string): LibrarySection[] {
  const wanted = search.trim();
  if (wanted !== '') return [{ key: 'found', title: texts.found, entries: findEntries(view, wanted) }];
  const byName = [...view.entries].sort((a, b) => a.entry.name.localeCompare(b.entry.name));
  const rows: LibrarySection[] = [
    { key: 'continue', title: texts.continueRow, entries: continueRow(view, sessions) },
    { key: 'favourites', title: texts.favourites, entries: byName.filter(({ entry }) => entry.favourite) },
    { key: 'all', title: texts.all, entries: byName },
  ];
  return rows.filter(({ entries }) => entries.length > 0);
}

/** What runs now comes first, then what was used last. */
function continueRow(view: LibraryView, sessions: readonly SessionView[]): LibraryEntry[] {
  const live = new Set(sessions.filter(({ link }) => link.kind !== 'ended').map(({ entryId }) => entryId));
  return view.entries
    .filter(({ entry, lastUsedAtMs }) => live.has(entry.id) || lastUsedAtMs !== null)
    .sort((a, b) => Number(live.has(b.entry.id)) - Number(live.has(a.entry.id)) || (b.lastUsedAtMs ?? 0) - (a.lastUsedAtMs ?? 0))
    .slice(0, longestContinueRow);
}

/** Best first; an entry is found by its name, its host's name and its host's address. */
export function findEntries(view: LibraryView, wanted: string): LibraryEntry[] {
  const hosts = new Map<HostId, string>(view.hosts.map(({ record }) => [record.id, `${record.name} ${record.address}`]));
  const haystack = uFuzzy.latinize(view.entries.map(({ entry }) => `${entry.name} ${hosts.get(entry.host) ?? ''}`));
  const [indexes, info, order] = fuzzy.search(haystack, uFuzzy.latinize(wanted), 3);
  if (indexes === null) return [];
  const found = info === null || order === null ? indexes : order.map((place) => info.idx[place]);
  return found.flatMap((index) => (index === undefined ? [] : (view.entries[index] ?? [])));
}
