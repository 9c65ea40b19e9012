// All entries in their sections, of which only what can be seen is drawn: ten thousand cost as much as a screen full.
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useState, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import type { EntryId, HostId } from '../../../electron/common/ids';
import type { LibraryHost } from '../../../electron/common/library';
import { wordsOf } from '../../language/language';
import { formatCount } from '../../language/locale';
import { FocusGrid } from '../../navigation/FocusGrid';
import { useCommand, useNavigation } from '../../navigation/navigation-context';
import { setFavourite, useLibrary } from '../../stores/library';
import type { RunningState } from '../../stores/running-entries';
import { sessionOfEntry, useSessions } from '../../stores/sessions';
import type { SessionView } from '../../../electron/common/session';
import { EntryTile } from './EntryTile';
import { tileKey, type GridLayout } from './grid-layout';
import type { GridPlace } from './grid-place';
import { scrollFor } from './grid-scroll';
import { GridWalker } from './grid-walker';
import type { LibrarySection } from './library-sections';

const words = wordsOf('library');

interface LibraryGridProps {
  readonly layout: GridLayout;
  readonly place: GridPlace;
  readonly hosts: readonly LibraryHost[];
  readonly running: ReadonlyMap<EntryId, RunningState>;
  /** Of the group above, which the focus leaves to. */
  readonly headKey: string;
  /** What was searched for; something else begins at the top. */
  readonly search: string;
}

/** Rows beyond the edge: what the next turn of the wheel shows is there already. What is found is mostly not scrolled, but typed on. */
const overscan = { browsing: 1, searching: 0 } as const;
/** So few rows are all drawn. */
const smallGridRows = 14;

/** Not drawn again while a person types and nothing is found yet. */
export const LibraryGrid = memo(function LibraryGrid({ layout, place, hosts, running, headKey, search }: LibraryGridProps): ReactNode {
  const sessions = useSessions((state) => state.sessions);
  const [openMenu, setOpenMenu] = useState<string | null>(null);
  const { walker, kept, keep } = useGridWalker(layout, place, headKey);
  const hostById = useMemo(() => new Map<HostId, LibraryHost>(hosts.map((host) => [host.record.id, host])), [hosts]);
  const drawn = useDrawnTiles(layout, place, kept, search);
  const isSearching = search !== '';
  const onMenu = useCallback(
    (key: string | null) => {
      if (key !== null) keep(key);
      setOpenMenu(key);
    },
    [keep],
  );
  const onFocused = (act: (key: string) => void): boolean => {
    const key = focusKeyOf(document.activeElement);
    if (key === undefined || layout.find(key) === null) return false;
    act(key);
    return true;
  };
  useCommand('options', () => onFocused(onMenu));
  useCommand('favourite', () =>
    onFocused((key) => {
      const at = layout.find(key);
      const entry = at && layout.itemAt(at)?.entry;
      if (entry) void setFavourite(entry.id, !entry.favourite);
    }),
  );
  return (
    <FocusGrid focusKey="library-content" isEmpty={layout.sections.length === 0} onEnter={() => walker.enter()}>
      <div
        className="library"
        style={{ height: layout.heightPx }}
        onFocus={({ target }: FocusEvent) => withKey(target, (key) => walker.gained(key))}
        onBlur={() => walker.lost()}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.ctrlKey || event.altKey || event.metaKey) return;
          withKey(event.target, (key) => walker.goFar(key, event.key) && event.preventDefault());
        }}
      >
        {[false, true].map((searching) => (
          <div key={searching ? 'found' : 'browsed'} hidden={searching !== isSearching}>
            <Sections isShown={searching === isSearching} layout={layout} drawn={drawn} hostById={hostById} sessions={sessions} running={running} openMenu={openMenu} onMenu={onMenu} />
          </div>
        ))}
      </div>
    </FocusGrid>
  );
});

interface SectionsProps {
  readonly isShown: boolean;
  readonly layout: GridLayout;
  readonly drawn: DrawnTiles;
  readonly hostById: ReadonlyMap<HostId, LibraryHost>;
  readonly sessions: readonly SessionView[];
  readonly running: ReadonlyMap<EntryId, RunningState>;
  readonly openMenu: string | null;
  readonly onMenu: (key: string | null) => void;
}

/** What is out of sight stays as it was: a person who types and one who clears the search get their tiles back instead of new ones. */
const Sections = memo(
  function Sections({ isShown, layout, drawn, hostById, sessions, running, openMenu, onMenu }: SectionsProps): ReactNode {
    if (!isShown) return null;
    return layout.sections.map((section, number) => (
      <section
        key={section.key}
        className="section section--placed"
        aria-label={section.title}
        style={{ top: layout.sectionTopPx(number), height: layout.sectionHeightPx(number) }}
      >
        <SectionHead section={section} isFirst={number === 0} />
        <ul className="tiles">
          {(drawn.get(number) ?? []).map((index) => {
            const item = section.entries[index];
            if (item === undefined) return null;
            const { id, host } = item.entry;
            const key = tileKey(section, item);
            return (
              <EntryTile
                // What is found changes with each key: its tiles stay, and show other entries.
                key={section.key === 'found' ? index : id}
                item={item}
                host={hostById.get(host)}
                session={sessionOfEntry(sessions, id)}
                running={running.get(id)}
                focusKey={key}
                {...layout.boxOf({ section: number, index })}
                isMenuOpen={openMenu === key}
                onMenu={onMenu}
              />
            );
          })}
        </ul>
      </section>
    ));
  },
  (before, now) => !now.isShown || (Object.keys(now) as (keyof SectionsProps)[]).every((key) => before[key] === now[key]),
);

function focusKeyOf(target: EventTarget | null): string | undefined {
  return target instanceof HTMLElement ? target.dataset['focusKey'] : undefined;
}

function withKey(target: EventTarget, act: (key: string) => unknown): void {
  const key = focusKeyOf(target);
  if (key !== undefined) act(key);
}

interface Walking {
  readonly walker: GridWalker;
  /** Drawn wherever it lies: the tile with the focus, or the one that had it last. */
  readonly kept: string | null;
  readonly keep: (key: string) => void;
}

function useGridWalker(layout: GridLayout, place: GridPlace, headKey: string): Walking {
  const { engine } = useNavigation();
  const [kept, keep] = useState(() => useLibrary.getState().lastTile);
  const [walker] = useState(() => new GridWalker({ engine, headKey, keep, keepNow: (key) => flushSync(() => keep(key)) }));
  useEffect(() => engine.addGuide(walker.guide), [engine, walker]);
  useLayoutEffect(() => walker.update(layout, place));
  useEffect(() => walker.settle());
  return { walker, kept, keep };
}

function countWords({ entries, count }: LibrarySection): string {
  if (count === null) return '';
  return count > entries.length ? words('firstOf', { shown: formatCount(entries.length), all: formatCount(count) }) : formatCount(count);
}

function SectionHead({ section, isFirst }: { readonly section: LibrarySection; readonly isFirst: boolean }): ReactNode {
  return (
    <div className={isFirst ? 'section__head' : 'section__head section__head--later'}>
      <h2 className="section__title">{section.title}</h2>
      <span className="section__note figures">{countWords(section)}</span>
    </div>
  );
}

/** By section: the places of its entries. */
type DrawnTiles = ReadonlyMap<number, readonly number[]>;

/** @param kept a tile that is drawn wherever it lies */
function useDrawnTiles(layout: GridLayout, place: GridPlace, kept: string | null, search: string): DrawnTiles {
  const keptAt = kept === null ? null : layout.find(kept);
  const keptRow = keptAt === null ? null : layout.rowOf(keptAt);
  // Its functions are called while drawing, here and nowhere else: nothing of them is remembered.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: layout.rows.length,
    getScrollElement: () => place.scroller,
    estimateSize: (index) => layout.rows[index]?.heightPx ?? 0,
    getItemKey: useRowKeys(layout),
    overscan: search !== '' ? overscan.searching : layout.rows.length <= smallGridRows ? smallGridRows : overscan.browsing,
    scrollMargin: place.marginPx,
    initialRect: { width: place.widthPx, height: place.viewPx },
    initialOffset: () => {
      const { scroller, marginPx, viewPx, barPx } = place;
      const view = { scrolledPx: scroller.scrollTop, marginPx, viewPx, barPx };
      return (keptAt && scrollFor(layout, keptAt, view)) ?? scroller.scrollTop;
    },
    rangeExtractor: useCallback((range: Range) => withRow(defaultRangeExtractor(range), keptRow), [keptRow]),
  });
  useLayoutEffect(() => {
    // The page would have to lay itself out to say where it stands; the virtualizer knows.
    if (search !== '' && (virtualizer.scrollOffset ?? 0) > 0) virtualizer.scrollToOffset(0);
  }, [search, virtualizer]);
  const tiles = new Map<number, number[]>();
  for (const { index } of virtualizer.getVirtualItems()) {
    const row = layout.rows[index];
    if (row === undefined) continue;
    const places = tiles.get(row.section) ?? [];
    for (let offset = 0; offset < row.count; offset += 1) places.push(row.first + offset);
    tiles.set(row.section, places);
  }
  return tiles;
}

/** Another function for another layout makes the virtualizer forget the rows of the one before. */
function useRowKeys(layout: GridLayout): (index: number) => number {
  return useMemo(() => {
    const { length } = layout.rows;
    return (index) => Math.min(index, length);
  }, [layout]);
}

function withRow(rows: number[], row: number | null): number[] {
  return row === null || rows.includes(row) ? rows : [...rows, row].sort((a, b) => a - b);
}
