// Samples summed up for as many columns as there are pixels: extremes are kept, so that a spike is seen at any zoom.
import type { SampleWindow } from '../../../electron/common/sample-ring';
import type { TimeSpan } from './time-view';

export interface SampleColumns {
  readonly count: number;
  /** NaN: no answer in that column. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  /** How many questions of the column were lost, and how many were asked. */
  readonly lost: Uint16Array;
  readonly sent: Uint16Array;
  readonly highestMs: number;
}

/** Buffers that are used again and again: a board draws some of them many times a second. */
export class ColumnBuffer {
  #columns: SampleColumns = emptyColumns(0);

  /** @param count how many columns the span has; the answer is valid until the next call */
  fill({ atMs, rttMs }: SampleWindow, { fromMs, toMs }: TimeSpan, count: number): SampleColumns {
    if (this.#columns.count !== count) this.#columns = emptyColumns(count);
    const columns = this.#columns;
    const { lowest, highest, first, last, lost, sent } = columns;
    lowest.fill(Number.NaN);
    highest.fill(Number.NaN);
    lost.fill(0);
    sent.fill(0);
    const perMs = count / (toMs - fromMs);
    let top = 0;
    for (let index = 0; index < atMs.length; index += 1) {
      const column = Math.floor(((atMs[index] ?? 0) - fromMs) * perMs);
      if (column < 0 || column >= count) continue;
      sent[column] = (sent[column] ?? 0) + 1;
      const rtt = rttMs[index] ?? Number.NaN;
      if (Number.isNaN(rtt)) {
        lost[column] = (lost[column] ?? 0) + 1;
        continue;
      }
      const low = lowest[column] ?? Number.NaN;
      if (Number.isNaN(low)) {
        lowest[column] = rtt;
        highest[column] = rtt;
        first[column] = rtt;
      } else {
        if (rtt < low) lowest[column] = rtt;
        if (rtt > (highest[column] ?? 0)) highest[column] = rtt;
      }
      last[column] = rtt;
      if (rtt > top) top = rtt;
    }
    this.#columns = { ...columns, highestMs: top };
    return this.#columns;
  }
}

function emptyColumns(count: number): SampleColumns {
  return {
    count,
    lowest: new Float64Array(count),
    highest: new Float64Array(count),
    first: new Float64Array(count),
    last: new Float64Array(count),
    lost: new Uint16Array(count),
    sent: new Uint16Array(count),
    highestMs: 0,
  };
}
