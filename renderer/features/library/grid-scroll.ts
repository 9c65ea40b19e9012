// How far the page has to scroll for a tile to be seen, with its section's title and clear of the bar: pure.
import type { GridLayout, TileAt } from './grid-layout';

export interface GridView {
  readonly scrolledPx: number;
  readonly marginPx: number;
  readonly viewPx: number;
  readonly barPx: number;
}

/** Between a tile and the edge, so that its ring is seen. */
const edgePx = 8;

/** @returns where to scroll to; null: it is in sight */
export function scrollFor(layout: GridLayout, at: TileAt, { scrolledPx, marginPx, viewPx, barPx }: GridView): number | null {
  const index = layout.rowOf(at);
  const row = layout.rows[index];
  if (row === undefined) return null;
  // What stands above the first row is part of the page's beginning.
  if (index <= 1) return scrolledPx === 0 ? null : 0;
  const head = layout.rows[index - 1];
  const title = row.first === 0 && head?.kind === 'head' ? head.heightPx : 0;
  const topPx = marginPx + row.topPx - title - edgePx;
  const bottomPx = marginPx + row.topPx + row.heightPx;
  if (topPx - barPx < scrolledPx) return Math.max(0, Math.round(topPx - barPx));
  return bottomPx > scrolledPx + viewPx ? Math.round(bottomPx - viewPx) : null;
}
