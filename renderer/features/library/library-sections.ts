// Which entries the library shows, and in which sections: pure, so that order and choice can be tested.
import type { EntryId } from '../../../electron/common/ids';
import type { LibraryEntry } from '../../../electron/common/library';
import type { SessionView } from '../../../electron/common/session';
import { wordsOf } from '../../language/language';
import type { RunningState } from '../../stores/running-entries';

const words = wordsOf('library');

export type SectionKey = 'continue' | 'favourites' | 'recent' | 'all' | 'found';

export interface LibrarySection {
  readonly key: SectionKey;
  readonly title: string;
  readonly entries: readonly LibraryEntry[];
  /** How many belong here, of which these are the first or all; null: more are still to come, and nobody has counted them. */
  readonly count: number | null;
}

const longestContinueRow = 4;
const longestRecentRow = 12;
/** A library this small is seen at a glance: what was used before needs no section of its own. */
const smallLibrary = 30;

/** In the order of their names. */
export function entriesByName(entries: readonly LibraryEntry[], withHidden: boolean): LibraryEntry[] {
  const shown = withHidden ? [...entries] : entries.filter(({ entry }) => !entry.hidden);
  return shown.sort((a, b) => a.entry.name.localeCompare(b.entry.name));
}

export interface Activity {
  readonly sessions: readonly SessionView[];
  readonly running: ReadonlyMap<EntryId, RunningState>;
}

/**
 * @param byName what is shown at all, ordered
 * @param isStart of a large library, of which more is to come
 */
export function librarySections(byName: readonly LibraryEntry[], activity: Activity, isStart = false): LibrarySection[] {
  const used = [...byName].filter(({ entry, lastUsedAtMs }) => lastUsedAtMs !== null || isActive(entry.id, activity));
  used.sort((a, b) => rank(b, activity) - rank(a, activity) || (b.lastUsedAtMs ?? 0) - (a.lastUsedAtMs ?? 0));
  const activeCount = used.filter(({ entry }) => isActive(entry.id, activity)).length;
  const continued = used.slice(0, Math.max(longestContinueRow, activeCount));
  const recent = byName.length > smallLibrary ? used.slice(continued.length, continued.length + longestRecentRow) : [];
  const favourites = byName.filter(({ entry }) => entry.favourite);
  const sections: LibrarySection[] = [
    { key: 'continue', title: words('continueRow'), entries: continued, count: continued.length },
    { key: 'favourites', title: words('favourites'), entries: favourites, count: isStart ? null : favourites.length },
    { key: 'recent', title: words('recent'), entries: recent, count: recent.length },
    { key: 'all', title: words('all'), entries: byName, count: isStart ? null : byName.length },
  ];
  return sections.filter(({ entries }) => entries.length > 0);
}

/** What Athena streams comes first, then what runs on a host. */
function rank({ entry }: LibraryEntry, { sessions, running }: Activity): number {
  if (sessions.some(({ entryId, link }) => entryId === entry.id && link.kind !== 'ended')) return 2;
  return running.has(entry.id) ? 1 : 0;
}

function isActive(entryId: EntryId, { sessions, running }: Activity): boolean {
  return running.has(entryId) || sessions.some((session) => session.entryId === entryId && session.link.kind !== 'ended');
}
