// Finds places for words beside each other in rows, none over another.

export interface PlacedLabel {
  readonly index: number;
  readonly x: number;
  readonly labelX: number;
  /** Null: there is no free place. */
  readonly row: number | null;
}

interface LabelSpace {
  readonly left: number;
  readonly right: number;
  readonly rows: number;
  readonly gap: number;
}

/** @param labels in order of `x`; those outside of the space are left out, those at its right edge stand left of their place */
export function placeLabels(labels: readonly { readonly x: number; readonly width: number }[], { left, right, rows, gap }: LabelSpace): PlacedLabel[] {
  const endByRow = Array.from({ length: rows }, () => Number.NEGATIVE_INFINITY);
  return labels.flatMap(({ x, width }, index): PlacedLabel[] => {
    if (x < left || x > right) return [];
    if (width === 0) return [{ index, x, labelX: x, row: null }];
    const labelX = x + gap + width <= right ? x + gap : x - gap - width;
    const row = endByRow.findIndex((end) => end < Math.min(labelX, x));
    if (row >= 0) endByRow[row] = labelX + width + gap;
    return [{ index, x, labelX, row: row >= 0 ? row : null }];
  });
}
