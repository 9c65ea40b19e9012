// Finds a place for the words of each mark on the graph: rows under each other, none over another.
import type { Mark, MarkKind } from '../../../electron/common/session';
import { wordsOf } from '../../language/language';

const words = wordsOf('ui');

type MarkTone = 'good' | 'hold' | 'warn' | 'bad' | 'neutral';

export const markTones: Readonly<Record<MarkKind, MarkTone>> = {
  launched: 'neutral',
  streaming: 'good',
  'stream-poor': 'warn',
  'stream-okay': 'good',
  interrupted: 'bad',
  paused: 'hold',
  'pause-failed': 'warn',
  'gate-open': 'neutral',
  'stepped-down': 'warn',
  'client-started': 'neutral',
  reconnected: 'good',
  resumed: 'good',
  'resume-failed': 'warn',
  ended: 'neutral',
};

/** The word at its line; null: the line alone. */
export function markLabel(kind: MarkKind): string | null {
  if (kind === 'stream-okay' || kind === 'stepped-down' || kind === 'client-started') return null;
  return words(`marks.${kind}`);
}

export interface PlacedMark {
  readonly mark: Mark;
  readonly x: number;
  /** Row of the label from the top; null: no free place, or no label. */
  readonly row: number | null;
  readonly label: string;
  /** Left edge of the label. */
  readonly labelX: number;
}

export interface MarkSpace {
  readonly left: number;
  readonly right: number;
  readonly rows: number;
  readonly gap: number;
  xOf(atMs: number): number;
  widthOf(label: string): number;
}

/** Marks outside the space are left out. Labels stand right of their line, or left of it at the right edge. */
export function placeMarks(marks: readonly Mark[], space: MarkSpace): PlacedMark[] {
  const endByRow: number[] = Array.from({ length: space.rows }, () => -Infinity);
  const placed: PlacedMark[] = [];
  for (const mark of marks) {
    const x = space.xOf(mark.atMs);
    if (x < space.left || x > space.right) continue;
    const label = markLabel(mark.kind);
    if (label === null) {
      placed.push({ mark, x, row: null, label: '', labelX: x });
      continue;
    }
    const width = space.widthOf(label);
    const fitsRight = x + space.gap + width <= space.right;
    const labelX = fitsRight ? x + space.gap : x - space.gap - width;
    const row = endByRow.findIndex((end) => end < labelX);
    if (row >= 0) endByRow[row] = labelX + width + space.gap;
    placed.push({ mark, x, row: row >= 0 ? row : null, label, labelX });
  }
  return placed;
}
