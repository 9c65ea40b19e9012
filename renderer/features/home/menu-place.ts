// Where the menu of a tile on Home opens: rows cut off what leaves them, so it stands over the page, beside its tile.
import type { LibraryEntry } from '../../../electron/common/library';

export interface OpenMenu {
  readonly item: LibraryEntry;
  /** The tile's focus key. */
  readonly opener: string;
  readonly leftPx: number;
  readonly topPx: number;
}

/** Of the menu at its longest, and from the window's edge. */
const sizeRem = { width: 17, height: 25, margin: 2 } as const;

/** Right beside the tile where there is room, else over it; always whole. */
export function placeMenu(tile: HTMLElement): Pick<OpenMenu, 'leftPx' | 'topPx'> {
  const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const { right, top } = tile.getBoundingClientRect();
  const fit = (wantedPx: number, lengthRem: number, roomPx: number): number => Math.max(0, Math.min(wantedPx, roomPx - (lengthRem + sizeRem.margin) * remPx));
  return { leftPx: fit(right + remPx, sizeRem.width, innerWidth), topPx: fit(top, sizeRem.height, innerHeight) };
}
