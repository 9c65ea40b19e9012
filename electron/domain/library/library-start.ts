// The part of a large library that a window draws first: it is told at once, and the rest when that stands on the screen.
import type { LibraryEntry, LibraryView } from './library';

/** A smaller library is told whole. */
const largestWhole = 400;
/** More than two screens full at 4K. */
const firstByName = 120;
/** More than the rows of what was used last have. */
const lastUsed = 32;
/** More than these are scrolled to. */
const firstFavourites = 60;

/** @param isActive streamed or running: these come first on the page, so none is left out */
export function startOfLibrary(view: LibraryView, isActive: (item: LibraryEntry) => boolean): LibraryView {
  const { entries } = view;
  if (entries.length <= largestWhole) return view;
  const shown = entries.filter(({ entry }) => !entry.hidden);
  const first = new Set<LibraryEntry>([
    ...shown.slice(0, firstByName),
    ...shown.filter(({ entry }) => entry.favourite).slice(0, firstFavourites),
    ...latest(shown),
    ...entries.filter(isActive),
  ]);
  const told = entries.filter((item) => first.has(item));
  return { ...view, entries: told, entriesToCome: entries.length - told.length };
}

function latest(entries: readonly LibraryEntry[]): LibraryEntry[] {
  const used = entries.filter(({ lastUsedAtMs }) => lastUsedAtMs !== null);
  return used.sort((one, other) => (other.lastUsedAtMs ?? 0) - (one.lastUsedAtMs ?? 0)).slice(0, lastUsed);
}
