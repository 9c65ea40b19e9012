// The part of a large library that a window draws first: it is told at once, and the rest when that stands on the screen.
import type { Entry } from '../../common/entry';
import type { GameStreamHostView } from '../../common/gamestream';
import type { LibraryEntry, LibraryView } from '../../common/library';
import type { SessionView } from '../../common/session';

/** A smaller library is told whole. */
const largestWhole = 400;
/** More than two screens full at 4K. */
const firstByName = 120;
/** More than the rows of what was used last have. */
const lastUsed = 32;
/** More than these are scrolled to. */
const firstFavourites = 60;

/** What is streamed or runs stands first on the page: none of it is left out. */
export interface LibraryActivity {
  readonly sessions: readonly Pick<SessionView, 'entryId'>[];
  readonly hosts: readonly Pick<GameStreamHostView, 'hostId' | 'runningApp'>[];
}

/** @returns the view itself where it is not large */
export function startOfLibrary(view: LibraryView, { sessions, hosts }: LibraryActivity): LibraryView {
  const { entries } = view;
  if (entries.length <= largestWhole) return view;
  const streamed = new Set(sessions.map(({ entryId }) => entryId));
  const running = new Map(hosts.map(({ hostId, runningApp }) => [hostId, runningApp]));
  const isActive = ({ id, host, app }: Entry): boolean => streamed.has(id) || (app !== undefined && running.get(host) === app);
  const shown = entries.filter(({ entry }) => !entry.hidden);
  const first = new Set<LibraryEntry>([
    ...shown.slice(0, firstByName),
    ...shown.filter(({ entry }) => entry.favourite).slice(0, firstFavourites),
    ...latest(shown),
    ...entries.filter(({ entry }) => isActive(entry)),
  ]);
  const told = entries.filter((item) => first.has(item));
  return { ...view, entries: told, entriesToCome: entries.length - told.length };
}

function latest(entries: readonly LibraryEntry[]): LibraryEntry[] {
  const used = entries.filter(({ lastUsedAtMs }) => lastUsedAtMs !== null);
  return used.sort((one, other) => (other.lastUsedAtMs ?? 0) - (one.lastUsedAtMs ?? 0)).slice(0, lastUsed);
}
