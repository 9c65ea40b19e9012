// Which key lies in a direction from another, by where they are drawn: the rows of a keyboard have keys of different widths.
import type { Direction } from '../navigation/focus-engine';

export interface KeyPlace {
  readonly row: number;
  readonly column: number;
}

export const keyPrefix = 'write:';

/** Names every key by its place, so that the focus stays there when the layout changes under it. */
export function nameKeys(keyboard: HTMLElement): void {
  rowsOf(keyboard).forEach((keys, row) =>
    keys.forEach((key, column) => {
      key.dataset['focusKey'] = `${keyPrefix}${row}-${column}`;
      key.tabIndex = -1;
      if (key instanceof HTMLButtonElement) key.type = 'button';
    }),
  );
}

export function placeOf(focusKey: string): KeyPlace | null {
  const [, row, column] = /^write:(\d+)-(\d+)$/.exec(focusKey) ?? [];
  return row === undefined || column === undefined ? null : { row: Number(row), column: Number(column) };
}

/** The key at a place, or the last of its row: another layout may have fewer. */
export function keyAt(keyboard: HTMLElement, { row, column }: KeyPlace): HTMLElement | null {
  const keys = rowsOf(keyboard)[row] ?? rowsOf(keyboard).at(-1);
  return keys?.[column] ?? keys?.at(-1) ?? null;
}

/** @returns null at the edge */
export function nextKey(keyboard: HTMLElement, { row, column }: KeyPlace, direction: Direction): HTMLElement | null {
  const rows = rowsOf(keyboard);
  const keys = rows[row];
  const from = keys?.[column];
  if (keys === undefined || from === undefined) return null;
  if (direction === 'left') return keys[column - 1] ?? null;
  if (direction === 'right') return keys[column + 1] ?? null;
  const others = rows[row + (direction === 'up' ? -1 : 1)] ?? [];
  const middle = middleOf(from);
  return [...others].sort((a, b) => Math.abs(middleOf(a) - middle) - Math.abs(middleOf(b) - middle))[0] ?? null;
}

function rowsOf(keyboard: HTMLElement): HTMLElement[][] {
  return [...keyboard.querySelectorAll('.hg-row')].map((row) => [...row.querySelectorAll<HTMLElement>('.hg-button')]);
}

function middleOf(key: HTMLElement): number {
  const { left, width } = key.getBoundingClientRect();
  return left + width / 2;
}
