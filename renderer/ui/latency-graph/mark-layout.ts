// Finds a place for the words of each mark on the graph: rows under each other, none over another.
import type { Mark, MarkKind } from '../../../electron/common/session';

/** Says which tone a mark has and which word stands at its line; null: the line alone. */
export const markStyles: Readonly<Record<MarkKind, { readonly tone: 'good' | 'hold' | 'warn' | 'bad' | 'neutral'; readonly label: string | null }>> = {
  launched: { tone: 'neutral', label: 'launched' },
  streaming: { tone: 'good', label: 'streaming' },
  'stream-poor': { tone: 'warn', label: 'poor' },
  'stream-okay': { tone: 'good', label: null },
  interrupted: { tone: 'bad', label: 'lost' },
  paused: { tone: 'hold', label: 'paused' },
  'pause-failed': { tone: 'warn', label: 'pause failed' },
  'gate-open': { tone: 'neutral', label: 'network ok' },
  'stepped-down': { tone: 'warn', label: null },
  'client-started': { tone: 'neutral', label: null },
  reconnected: { tone: 'good', label: 'reconnected' },
  resumed: { tone: 'good', label: 'resumed' },
  'resume-failed': { tone: 'warn', label: 'resume failed' },
  ended: { tone: 'neutral', label: 'ended' },
};

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
    const label = markStyles[mark.kind].label;
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
