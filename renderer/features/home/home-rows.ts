// What Home shows, in which row and order: pure, so that the choice can be tested.
import type { GameStreamHostView } from '../../../electron/common/gamestream';
import type { EntryId } from '../../../electron/common/ids';
import type { LibraryEntry } from '../../../electron/common/library';
import { isPaused } from '../../../electron/common/paused-app';
import type { LeftSession, SessionView } from '../../../electron/common/session';

/** Something to come back to. Its entry may be gone from the library, or never have been in it. */
export type Continued =
  | { readonly kind: 'session'; readonly session: SessionView; readonly item: LibraryEntry | undefined }
  | { readonly kind: 'left'; readonly left: LeftSession; readonly item: LibraryEntry | undefined }
  | { readonly kind: 'app'; readonly host: GameStreamHostView; readonly app: string; readonly item: LibraryEntry | undefined };

export interface HomeSources {
  readonly entries: readonly LibraryEntry[];
  readonly sessions: readonly SessionView[];
  readonly left: readonly LeftSession[];
  readonly hosts: readonly GameStreamHostView[];
}

export interface HomeRows {
  readonly continued: readonly Continued[];
  readonly favourites: readonly LibraryEntry[];
  readonly recent: readonly LibraryEntry[];
  /** Only while nothing is a favourite and nothing was used: a row to begin with. */
  readonly others: readonly LibraryEntry[];
}

/** A row is walked tile by tile: what stands further back is sooner found in the library. */
const longestRow = 20;

export function homeRows(sources: HomeSources): HomeRows {
  const continued = continuedOf(sources);
  const taken = new Set(continued.flatMap(({ item }) => (item === undefined ? [] : [item.entry.id])));
  const shown = sources.entries.filter(({ entry }) => !entry.hidden);
  const byName = (one: LibraryEntry, other: LibraryEntry): number => one.entry.name.localeCompare(other.entry.name);
  const favourites = shown.filter(({ entry }) => entry.favourite).sort(byName);
  const recent = shown
    .filter(({ entry, lastUsedAtMs }) => lastUsedAtMs !== null && !taken.has(entry.id))
    .sort((one, other) => (other.lastUsedAtMs ?? 0) - (one.lastUsedAtMs ?? 0));
  const hasOwn = favourites.length > 0 || recent.length > 0;
  return {
    continued,
    favourites: favourites.slice(0, longestRow),
    recent: recent.slice(0, longestRow),
    others: hasOwn ? [] : shown.filter(({ entry }) => !taken.has(entry.id)).sort(byName).slice(0, longestRow),
  };
}

/** Athena's own sessions first, then what it left behind, then what else runs on hosts; each entry once. */
function continuedOf({ entries, sessions, left, hosts }: HomeSources): Continued[] {
  const byId = new Map(entries.map((item) => [item.entry.id, item]));
  const newestFirst = [...sessions].reverse();
  const live = newestFirst.filter(({ link }) => link.kind !== 'ended');
  // Its stream is over, and its app still stands where it was stopped.
  const standing = newestFirst.filter(({ link, app }) => link.kind === 'ended' && isPaused(app));
  const continued: Continued[] = [];
  const known = new Set<EntryId>();
  const add = (entryId: EntryId, one: Continued): void => {
    if (known.has(entryId)) return;
    known.add(entryId);
    continued.push(one);
  };
  for (const session of [...live, ...standing]) add(session.entryId, { kind: 'session', session, item: byId.get(session.entryId) });
  for (const one of left) add(one.entryId, { kind: 'left', left: one, item: byId.get(one.entryId) });
  for (const host of hosts) {
    const { hostId, runningApp: app, state } = host;
    if (app === null || (state !== 'busy' && state !== 'paused')) continue;
    const item = entries.find(({ entry }) => entry.host === hostId && entry.app === app);
    if (item !== undefined) add(item.entry.id, { kind: 'app', host, app, item });
    // A session that is none of the library's tells enough about its host already.
    else if (!live.some((session) => session.hostId === hostId)) continued.push({ kind: 'app', host, app, item });
  }
  return continued;
}

/** Stays the same while the same thing goes on, so that the focus stays on it. */
export function continuedKey(one: Continued): string {
  switch (one.kind) {
    case 'session':
      return `continue:${one.session.entryId}`;
    case 'left':
      return `continue:${one.left.entryId}`;
    case 'app':
      return `continue:${one.item?.entry.id ?? `app-on-${one.host.hostId}`}`;
  }
}
