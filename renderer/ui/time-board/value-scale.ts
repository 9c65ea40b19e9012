// The upright axis of a lane: from zero to a round figure, or in powers of ten.
import { roundCeiling } from '../latency-graph/graph-frame';

/** own: each lane to its own highest. same: all to the highest of them. log: in powers of ten, the same for all. */
export type ScaleKind = 'own' | 'same' | 'log';

export interface ValueScale {
  readonly ceiling: number;
  readonly ticks: readonly number[];
  /** 0 at the bottom, 1 at the top. */
  place(value: number): number;
}

const lowestDecade = -2;

export function valueScale(kind: 'linear' | 'log', ceiling: number): ValueScale {
  if (kind === 'linear') return { ceiling, ticks: [0, ceiling / 2, ceiling], place: (value) => value / ceiling };
  const top = Math.max(1, Math.ceil(Math.log10(ceiling)));
  const ticks = Array.from({ length: top - lowestDecade + 1 }, (_, index) => 10 ** (lowestDecade + index));
  return { ceiling: 10 ** top, ticks, place: (value) => (Math.log10(Math.max(value, 10 ** lowestDecade)) - lowestDecade) / (top - lowestDecade) };
}

/** Grows at once and shrinks by steps, so that the lane does not breathe with each sample. */
export function steadyCeiling(before: number, highest: number): number {
  const wanted = roundCeiling(highest);
  return wanted > before || wanted <= before / 2 ? wanted : before;
}
