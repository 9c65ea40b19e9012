// Where every tile of the library lies, and which one comes next in a direction: by numbers alone, as most of them are not drawn.
import type { Direction } from '../../navigation/focus-engine';
import type { LibraryEntry } from '../../../electron/common/library';
import type { LibrarySection } from './library-sections';

/** Pixels of the page, as measured. */
export interface GridSize {
  readonly widthPx: number;
  readonly remPx: number;
}

export interface GridRow {
  readonly section: number;
  /** `head`: the section's title. */
  readonly kind: 'head' | 'tiles';
  /** Of the section's entries. */
  readonly first: number;
  readonly count: number;
  readonly topPx: number;
  /** With the gap under it. */
  readonly heightPx: number;
}

/** A tile by its section and its place in there. */
export interface TileAt {
  readonly section: number;
  readonly index: number;
}

export interface TileBox {
  readonly leftPx: number;
  /** From the top of its section. */
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** In rem; library.css draws the insides to these. */
const narrowestTile = 14.2;
const gap = 1;
const tileText = 4.9;
const tileMissing = 3.9;
const sectionTitle = 2;
const sectionGap = 1;
/** Of the tile's padding on both sides, and of its border in pixels. */
const tileSides = 1;
const tileBorderPx = 2;
const artRatio = 9 / 16;

export class GridLayout {
  readonly columns: number;
  readonly rows: readonly GridRow[];
  readonly heightPx: number;
  readonly #tileWidthPx: number;
  readonly #tileHeightPx: number;
  /** Of a tile that tells what is missing. */
  readonly #tallTileHeightPx: number;
  readonly #firstRow: readonly number[];

  constructor(
    readonly sections: readonly LibrarySection[],
    private readonly size: GridSize,
  ) {
    const { widthPx, remPx } = size;
    const gapPx = gap * remPx;
    this.columns = Math.max(1, Math.floor((widthPx + gapPx) / (narrowestTile * remPx + gapPx)));
    this.#tileWidthPx = Math.floor((widthPx - gapPx * (this.columns - 1)) / this.columns);
    const artPx = (this.#tileWidthPx - tileSides * remPx - tileBorderPx) * artRatio;
    this.#tileHeightPx = Math.round(artPx + tileBorderPx + tileText * remPx);
    this.#tallTileHeightPx = Math.round(this.#tileHeightPx + tileMissing * remPx);
    const rows: GridRow[] = [];
    const firstRow: number[] = [];
    let topPx = 0;
    const gapHeightPx = Math.round(gapPx);
    sections.forEach(({ entries }, section) => {
      firstRow.push(rows.length);
      const headPx = Math.round((sectionTitle + (section === 0 ? 0 : sectionGap)) * remPx);
      rows.push({ section, kind: 'head', first: 0, count: 0, topPx, heightPx: headPx });
      topPx += headPx;
      for (let first = 0; first < entries.length; first += this.columns) {
        const count = Math.min(this.columns, entries.length - first);
        const heightPx = this.#rowHeightPx(entries, first, count) + gapHeightPx;
        rows.push({ section, kind: 'tiles', first, count, topPx, heightPx });
        topPx += heightPx;
      }
    });
    this.rows = rows;
    this.#firstRow = firstRow;
    this.heightPx = topPx;
  }

  /** From the top of the grid. */
  sectionTopPx(section: number): number {
    return this.rows[this.#firstRow[section] ?? 0]?.topPx ?? 0;
  }

  sectionHeightPx(section: number): number {
    const next = section + 1 < this.sections.length ? this.sectionTopPx(section + 1) : this.heightPx;
    return next - this.sectionTopPx(section);
  }

  rowOf({ section, index }: TileAt): number {
    return (this.#firstRow[section] ?? 0) + 1 + Math.floor(index / this.columns);
  }

  boxOf(at: TileAt): TileBox {
    const column = at.index % this.columns;
    const entry = this.sections[at.section]?.entries[at.index];
    return {
      leftPx: Math.round(column * (this.#tileWidthPx + gap * this.size.remPx)),
      topPx: (this.rows[this.rowOf(at)]?.topPx ?? 0) - this.sectionTopPx(at.section),
      widthPx: this.#tileWidthPx,
      heightPx: this.#heightOf(entry),
    };
  }

  /** `all:factorio`; the same entry may have a tile in several sections. */
  keyOf({ section, index }: TileAt): string | null {
    const found = this.sections[section];
    const item = found?.entries[index];
    return found === undefined || item === undefined ? null : tileKey(found, item);
  }

  find(key: string): TileAt | null {
    const split = key.indexOf(':');
    const section = this.sections.findIndex((candidate) => candidate.key === key.slice(0, split));
    if (split < 0 || section < 0) return null;
    const id = key.slice(split + 1);
    const index = this.sections[section]?.entries.findIndex(({ entry }) => entry.id === id) ?? -1;
    return index < 0 ? null : { section, index };
  }

  itemAt({ section, index }: TileAt): LibraryEntry | undefined {
    return this.sections[section]?.entries[index];
  }

  columnOf({ index }: TileAt): number {
    return index % this.columns;
  }

  /** The nearest tile to a place that may be gone by now; null when there are none at all. */
  nearest({ section, index }: TileAt): TileAt | null {
    const present = Math.min(section, this.sections.length - 1);
    const count = this.sections[present]?.entries.length ?? 0;
    if (count === 0) return null;
    return { section: present, index: present === section ? Math.min(index, count - 1) : 0 };
  }

  /**
   * @param column kept when moving up and down past shorter rows
   * @returns null at the edge of the grid
   */
  next(at: TileAt, direction: Direction, column: number): TileAt | null {
    switch (direction) {
      case 'left':
        return this.columnOf(at) === 0 ? null : { ...at, index: at.index - 1 };
      case 'right': {
        const isLast = this.columnOf(at) === this.columns - 1 || this.itemAt({ ...at, index: at.index + 1 }) === undefined;
        return isLast ? null : { ...at, index: at.index + 1 };
      }
      case 'up':
        return this.#inRow(at, -1, column);
      case 'down':
        return this.#inRow(at, 1, column);
    }
  }

  #inRow(at: TileAt, step: 1 | -1, column: number): TileAt | null {
    for (let row = this.rowOf(at) + step; ; row += step) {
      const found = this.rows[row];
      if (found === undefined) return null;
      if (found.kind === 'tiles') return { section: found.section, index: found.first + Math.min(column, found.count - 1) };
    }
  }

  #rowHeightPx(entries: readonly LibraryEntry[], first: number, count: number): number {
    for (let index = first; index < first + count; index += 1) {
      if (entries[index]?.client.found === false) return this.#tallTileHeightPx;
    }
    return this.#tileHeightPx;
  }

  #heightOf(item: LibraryEntry | undefined): number {
    return item?.client.found === false ? this.#tallTileHeightPx : this.#tileHeightPx;
  }
}

export function tileKey(section: LibrarySection, { entry }: LibraryEntry): string {
  return `${section.key}:${entry.id}`;
}
