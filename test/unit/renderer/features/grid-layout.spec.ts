// The grid by numbers: where tiles lie, where each direction leads, how far to scroll, and what takes a tile's place.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LibraryEntry } from '../../../../electron/common/library';
import { GridLayout, type TileAt } from '../../../../renderer/features/library/grid-layout';
import { scrollFor } from '../../../../renderer/features/library/grid-scroll';
import { farFrom, successorOf } from '../../../../renderer/features/library/grid-walker';
import type { LibrarySection } from '../../../../renderer/features/library/library-sections';
import { largeEntries } from '../../../fakes/fake-large-library';

const pool = largeEntries(200, 1_700_000_000_000, () => null);
const section = (key: LibrarySection['key'], entries: readonly LibraryEntry[]): LibrarySection => ({ key, title: key, entries, count: entries.length });
const size = { widthPx: 980, remPx: 14.5 };
const layoutOf = (...counts: number[]): GridLayout =>
  new GridLayout(counts.map((count, index) => section((['continue', 'favourites', 'recent', 'all'] as const)[index] ?? 'found', pool.slice(0, count))), size);

const layouts = fc
  .record({ counts: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 }), widthPx: fc.integer({ min: 150, max: 2_600 }) })
  .map(({ counts, widthPx }) => new GridLayout(counts.map((count, index) => section((['continue', 'favourites', 'recent', 'all'] as const)[index] ?? 'all', pool.slice(0, count))), { widthPx, remPx: 14.5 }));
const allTiles = (layout: GridLayout): TileAt[] => layout.sections.flatMap(({ entries }, number) => entries.map((_entry, index) => ({ section: number, index })));

describe('the grid', () => {
  it('has as many columns as fit, and at least one', () => {
    expect([layoutOf(9).columns, new GridLayout([section('all', pool)], { widthPx: 100, remPx: 14.5 }).columns]).toEqual([4, 1]);
  });

  it('lays no tile over another, nor beyond its section or the width', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        for (const at of allTiles(layout)) {
          const box = layout.boxOf(at);
          const below = layout.next(at, 'down', layout.columnOf(at));
          expect(box.topPx + box.heightPx).toBeLessThanOrEqual(layout.sectionHeightPx(at.section));
          if (below?.section === at.section) expect(layout.boxOf(below).topPx).toBeGreaterThan(box.topPx + box.heightPx);
          const right = layout.next(at, 'right', 0);
          if (right) expect(layout.boxOf(right).leftPx).toBeGreaterThan(box.leftPx + box.widthPx);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('reaches every tile from the first by its arrows, and none that is not there', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const tiles = new Set(allTiles(layout).map((at) => layout.keyOf(at)));
        const open: TileAt[] = [{ section: 0, index: 0 }];
        const reached = new Set<string | null>();
        for (let at = open.pop(); at !== undefined; at = open.pop()) {
          const key = layout.keyOf(at);
          if (reached.has(key)) continue;
          reached.add(key);
          for (const direction of ['up', 'down', 'left', 'right'] as const) {
            const next = layout.next(at, direction, layout.columnOf(at));
            if (next !== null) open.push(next);
          }
        }
        expect(reached).toEqual(tiles);
      }),
      { numRuns: 40 },
    );
  });

  it('finds a tile by its key and gives it back', () => {
    const layout = layoutOf(4, 7, 12, 100);
    for (const at of allTiles(layout)) expect(layout.find(layout.keyOf(at) ?? '')).toEqual(at);
    expect([layout.find('all:nothing'), layout.find('nothing'), layout.find('')]).toEqual([null, null, null]);
  });

  it('gives a tile that tells what is missing more room, and its row with it', () => {
    const [first] = pool;
    if (first === undefined) throw new Error('no entries');
    const missing: LibraryEntry = { ...first, client: { found: false, displayName: 'Moonlight', advice: 'Install it.' } };
    const layout = new GridLayout([section('all', [...pool.slice(1, 3), missing, ...pool.slice(3, 9)])], size);
    expect(layout.boxOf({ section: 0, index: 2 }).heightPx).toBeGreaterThan(layout.boxOf({ section: 0, index: 1 }).heightPx);
    expect(layout.boxOf({ section: 0, index: 4 }).topPx).toBeGreaterThan(layout.boxOf({ section: 0, index: 2 }).heightPx);
  });
});

describe('scrolling to a tile', () => {
  const layout = layoutOf(4, 100);
  const view = { scrolledPx: 0, marginPx: 77, viewPx: 760, barPx: 77 };

  it('moves nothing for what is in sight', () => {
    expect(scrollFor(layout, { section: 1, index: 0 }, view)).toBeNull();
  });

  it('goes just far enough down, and up as far as the bar', () => {
    const at = { section: 1, index: 40 };
    const down = scrollFor(layout, at, view) ?? -1;
    const row = layout.rows[layout.rowOf(at)];
    expect(down).toBe(77 + (row?.topPx ?? 0) + (row?.heightPx ?? 0) - 760);
    const up = scrollFor(layout, at, { ...view, scrolledPx: 99_999 }) ?? -1;
    expect(up).toBeLessThan((row?.topPx ?? 0) + 77);
  });

  it('shows the section’s title with its first row, and the page’s beginning with the very first', () => {
    const head = layout.sectionTopPx(1);
    expect(scrollFor(layout, { section: 1, index: 0 }, { ...view, scrolledPx: 5_000 })).toBeLessThanOrEqual(head);
    expect(scrollFor(layout, { section: 0, index: 2 }, { ...view, scrolledPx: 5_000 })).toBe(0);
  });
});

describe('a tile that is gone', () => {
  it('is followed by its neighbour', () => {
    const layout = layoutOf(4, 7);
    expect(successorOf(layout, { key: 'favourites:gone', at: { section: 1, index: 3 } })).toBe(layout.keyOf({ section: 1, index: 3 }));
    expect(successorOf(layout, { key: 'favourites:gone', at: { section: 1, index: 7 } })).toBe(layout.keyOf({ section: 1, index: 6 }));
  });

  it('is followed by the same entry elsewhere when its section is gone', () => {
    const layout = new GridLayout([section('continue', pool.slice(0, 4)), section('all', pool)], size);
    expect(successorOf(layout, { key: 'found:app-2', at: { section: 0, index: 0 } })).toBe('all:app-2');
    expect(successorOf(layout, { key: 'found:gone', at: { section: 0, index: 0 } })).toBe('continue:app-0');
  });

  it('is followed by nothing in an empty grid', () => {
    expect(successorOf(new GridLayout([], size), { key: 'all:gone', at: { section: 0, index: 0 } })).toBeNull();
  });
});

describe('keys that go far', () => {
  const layout = layoutOf(4, 100);
  it('lead to the ends and a page on, and others nowhere', () => {
    const at = { section: 1, index: 41 };
    const far = (key: string): TileAt | null => farFrom(layout, at, key, { column: 1, viewPx: 760 });
    expect(far('Home')).toEqual({ section: 0, index: 0 });
    expect(far('End')).toEqual({ section: 1, index: 99 });
    expect(far('PageDown')).toEqual({ section: 1, index: 49 });
    expect(far('PageUp')).toEqual({ section: 1, index: 33 });
    expect(far('a')).toBeNull();
  });

  it('move on by a row where a row is higher than the page', () => {
    expect(farFrom(layout, { section: 1, index: 41 }, 'PageDown', { column: 1, viewPx: 100 })).toEqual({ section: 1, index: 45 });
  });
});
