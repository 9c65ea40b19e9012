// The focus in a grid of which only a part is drawn: it goes by numbers, and what it goes to is drawn first.
import type { Direction, FocusEngine, Guide } from '../../navigation/focus-engine';
import { isCalm } from '../../navigation/motion';
import { rememberTile, useLibrary } from '../../stores/library';
import type { GridLayout, TileAt } from './grid-layout';
import type { GridPlace } from './grid-place';
import { scrollFor } from './grid-scroll';

export interface GridWalkerParts {
  readonly engine: FocusEngine;
  /** The group above the grid. */
  readonly headKey: string;
  /** Draws a tile, wherever it lies, and keeps it drawn until another one is kept. */
  readonly keep: (key: string) => void;
  /** The same, and returns only when it is there and known to the focus engine. */
  readonly keepNow: (key: string) => void;
}

interface FocusedTile {
  readonly key: string;
  readonly at: TileAt;
  /** From the top of the grid. */
  readonly topPx: number;
}

/** Steps that follow each other faster than this would leave a smooth scroll behind. */
const hurriedMs = 250;

export class GridWalker {
  #grid: { readonly layout: GridLayout; readonly place: GridPlace } | null = null;
  /** To find its neighbour when it goes, and to keep it where it is when others come. */
  #focused: FocusedTile | null = null;
  /** Kept when stepping over shorter rows. */
  #column = 0;
  #steppedMs = 0;
  /** Gets the focus once it is drawn. */
  #successor: string | null = null;

  constructor(private readonly parts: GridWalkerParts) {}

  /** After each drawing. When the list has changed: stays on the same entry at the same height, or goes to what took its place. */
  update(layout: GridLayout, place: GridPlace): void {
    const isNew = this.#grid?.layout !== layout;
    this.#grid = { layout, place };
    const before = this.#focused;
    if (!isNew || before === null) return;
    const at = layout.find(before.key);
    if (at !== null) {
      const topPx = topOf(layout, at);
      if (topPx !== before.topPx) place.scroller.scrollTop += topPx - before.topPx;
      this.#focused = { key: before.key, at, topPx };
      return;
    }
    this.#focused = null;
    this.#successor = successorOf(layout, before);
    if (this.#successor !== null) this.parts.keep(this.#successor);
  }

  /** After each drawing. A tile that shows another entry now has given its own, and the focus, to another tile. */
  settle(): void {
    const key = this.#successor ?? this.#focused?.key ?? null;
    const active = document.activeElement;
    const isOnTile = active instanceof HTMLElement && (active === document.body || active.classList.contains('tile__face'));
    if (key !== null && isOnTile && active.dataset['focusKey'] !== key) this.#focus(key);
  }

  readonly guide: Guide = (direction, focusKey) => {
    if (this.#grid === null) return 'unknown';
    const { layout } = this.#grid;
    const at = layout.find(focusKey);
    if (at !== null) return this.#step(layout, at, direction);
    const isAbove = document.activeElement?.closest('.library__bar') !== null && document.activeElement?.closest('.menu') === null;
    if (!isAbove || direction !== 'down') return 'unknown';
    return this.#goTo(layout, this.#lastOrFirst(layout)) ? 'moved' : 'unknown';
  };

  /** Somebody came into the grid, from no tile of it: to where the focus was last, else to the first. */
  enter(): void {
    if (this.#grid === null || this.#focused !== null) return;
    const { layout } = this.#grid;
    const successor = this.#successor === null ? null : layout.find(this.#successor);
    this.#goTo(layout, successor ?? this.#lastOrFirst(layout));
  }

  #lastOrFirst(layout: GridLayout): TileAt {
    const last = useLibrary.getState().lastTile;
    return (last === null ? null : layout.find(last)) ?? { section: 0, index: 0 };
  }

  /** A page up or down, to the first tile or the last. Returns whether the key means that. */
  goFar(focusKey: string, key: string): boolean {
    const at = this.#grid?.layout.find(focusKey) ?? null;
    if (this.#grid === null || at === null) return false;
    const { layout, place } = this.#grid;
    const column = this.#column;
    const target = farFrom(layout, at, key, { column, viewPx: place.viewPx });
    if (target === null) return false;
    this.#goTo(layout, target);
    if (key === 'PageUp' || key === 'PageDown') this.#column = column;
    return true;
  }

  gained(focusKey: string): void {
    if (this.#grid === null) return;
    const { layout, place } = this.#grid;
    const at = layout.find(focusKey);
    if (at === null) return;
    this.#successor = null;
    this.#focused = { key: focusKey, at, topPx: topOf(layout, at) };
    this.#column = layout.columnOf(at);
    rememberTile(focusKey);
    this.parts.keep(focusKey);
    this.#reveal(layout, place, at);
  }

  /** A tile that is gone from the list may blur as well: that is no leaving. */
  lost(): void {
    if (this.#focused === null || this.#grid === null) return;
    if (this.#grid.layout.find(this.#focused.key) !== null) this.#focused = null;
  }

  #step(layout: GridLayout, at: TileAt, direction: Direction): ReturnType<Guide> {
    const next = layout.next(at, direction, this.#column);
    if (next !== null) {
      const column = this.#column;
      this.#goTo(layout, next);
      if (direction === 'up' || direction === 'down') this.#column = column;
      return 'moved';
    }
    if (direction === 'left') return 'unknown';
    if (direction !== 'up') return 'edge';
    // By name: while the page scrolls, the bar may lie over the tile, and no longer above it.
    this.parts.engine.focus(this.parts.headKey);
    return 'moved';
  }

  #goTo(layout: GridLayout, at: TileAt): boolean {
    const key = layout.keyOf(at);
    if (key === null) return false;
    this.parts.keepNow(key);
    this.#focus(key);
    return true;
  }

  #focus(key: string): void {
    this.#grid?.place.scroller.querySelector<HTMLElement>(`[data-focus-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  }

  #reveal(layout: GridLayout, { scroller, marginPx, viewPx, barPx }: GridPlace, at: TileAt): void {
    const nowMs = performance.now();
    const isHurried = nowMs - this.#steppedMs < hurriedMs;
    this.#steppedMs = nowMs;
    if (document.documentElement.dataset['input'] === 'pointer') return;
    const top = scrollFor(layout, at, { scrolledPx: scroller.scrollTop, marginPx, viewPx, barPx });
    if (top === null) return;
    scroller.scrollTo({ top, behavior: isCalm() || isHurried ? 'instant' : 'smooth' });
  }
}

function topOf(layout: GridLayout, at: TileAt): number {
  return layout.rows[layout.rowOf(at)]?.topPx ?? 0;
}

/** What takes the place of a tile that is gone: its neighbour, or the same entry elsewhere when the whole section is gone. */
export function successorOf(layout: GridLayout, { key, at }: Pick<FocusedTile, 'key' | 'at'>): string | null {
  const [sectionKey = '', id = ''] = key.split(':');
  const section = layout.sections.findIndex((candidate) => candidate.key === sectionKey);
  if (section >= 0) {
    const near = layout.nearest({ section, index: at.index });
    return near && layout.keyOf(near);
  }
  const same = layout.sections.map((candidate) => `${candidate.key}:${id}`).reverse();
  return same.find((candidate) => layout.find(candidate) !== null) ?? layout.keyOf({ section: 0, index: 0 });
}

/** null: the key leads nowhere far. */
export function farFrom(layout: GridLayout, at: TileAt, key: string, { column, viewPx }: { readonly column: number; readonly viewPx: number }): TileAt | null {
  if (key === 'Home') return { section: 0, index: 0 };
  if (key === 'End') {
    const section = layout.sections.length - 1;
    return { section, index: (layout.sections[section]?.entries.length ?? 1) - 1 };
  }
  if (key !== 'PageDown' && key !== 'PageUp') return null;
  const direction = key === 'PageDown' ? 'down' : 'up';
  const fromPx = topOf(layout, at);
  for (let there = at; ; ) {
    const next = layout.next(there, direction, column);
    if (next === null || Math.abs(topOf(layout, next) - fromPx) > viewPx * 0.8) return there === at && next !== null ? next : there;
    there = next;
  }
}
