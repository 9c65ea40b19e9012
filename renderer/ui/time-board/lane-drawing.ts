// One lane of a board while it is on the page: its canvas, its scale, and its read-out.
import { assertNever } from '../../../electron/common/result';
import type { BoardColours } from './board-colours';
import type { BoardLane, BoardMark } from './board-lane';
import { openSheet, type Sheet } from './lane-canvas';
import { paintBands, paintBeside, paintFigure, paintGrid, paintSamples } from './paint-lane';
import { paintMarkLines } from './paint-marks';
import { firstNotBefore, summed, under, type ReadOut } from './read-out';
import { ColumnBuffer } from './sample-columns';
import type { TimeSpan } from './time-view';
import { steadyCeiling, valueScale, type ScaleKind } from './value-scale';

export class LaneDrawing {
  readonly key: string;
  readonly place: HTMLElement;
  lane: BoardLane;
  summedAtMs = Number.NEGATIVE_INFINITY;
  readonly #columns = new ColumnBuffer();
  readonly #besideColumns = new ColumnBuffer();
  #ceiling = 0;
  #highest = 0;
  #lastKind = '';

  constructor(lane: BoardLane, place: HTMLElement) {
    this.key = lane.key;
    this.lane = lane;
    this.place = place;
  }

  /** Of the latency that was seen at the last drawing; 0 for figures, which have scales of their own. */
  get highest(): number {
    return this.lane.content.kind === 'figure' ? 0 : this.#highest;
  }

  /** @param sharedHighest the highest of all lanes; null: each has a scale of its own */
  draw(span: TimeSpan, marks: readonly BoardMark[], colours: BoardColours, kind: ScaleKind, sharedHighest: number | null): void {
    const canvas = this.place.querySelector('canvas');
    const box = canvas?.parentElement;
    if (canvas === null || box === null || box === undefined) return;
    const sheet = openSheet(canvas, { width: box.clientWidth, height: box.clientHeight }, span, colours);
    if (sheet === null) return;
    paintMarkLines(sheet, marks, colours);
    const { content } = this.lane;
    if (content.kind !== this.#lastKind) this.#ceiling = 0;
    this.#lastKind = content.kind;
    switch (content.kind) {
      case 'samples':
        return this.#drawSamples(sheet, content, colours, kind, sharedHighest);
      case 'bands': {
        this.#highest = highestOf(content.lane.maxMs, content.lane.atMs, span, content.lane.bucketMs);
        const scale = this.#scaleOf(kind, sharedHighest);
        paintGrid(sheet, scale, 'ms', colours);
        paintBands(sheet, content.lane, scale, colours);
        return;
      }
      case 'figure': {
        const { lane } = content;
        this.#highest = highestOf(lane.values, lane.atMs, span, 1_000);
        const scale = lane.unit === 'dBm' ? signalScale : valueScale('linear', lane.unit === '%' ? 100 : steadyCeiling(this.#ceiling, this.#highest));
        paintGrid(sheet, scale, lane.unit, colours);
        paintFigure(sheet, lane, scale, colours);
        return;
      }
      case 'nothing':
        return;
      default:
        return assertNever(content);
    }
  }

  tellSum(span: TimeSpan, nowMs: number): void {
    this.summedAtMs = nowMs;
    this.#tell(summed(this.lane.content, span));
  }

  tellUnder(atMs: number, reachMs: number): void {
    this.#tell(under(this.lane.content, atMs, reachMs));
  }

  #drawSamples(sheet: Sheet, content: Extract<BoardLane['content'], { kind: 'samples' }>, colours: BoardColours, kind: ScaleKind, sharedHighest: number | null): void {
    const { span } = sheet;
    const lengthMs = span.toMs - span.fromMs;
    // One and a half pixels a column: lines stay lines, and there are fewer of them. A second more than is seen, so that the line enters from the edge.
    const count = Math.max(50, Math.round(sheet.width / (1.5 * sheet.ratio)));
    const columns = this.#columns.fill(content.read(span.fromMs - 1_000), span, count);
    this.#highest = columns.highestMs;
    const beside = content.beside === undefined ? null : this.#besideColumns.fill(content.beside(span.fromMs - lengthMs), span, count);
    if (beside !== null) this.#highest = Math.max(this.#highest, beside.highestMs);
    const scale = this.#scaleOf(kind, sharedHighest);
    paintGrid(sheet, scale, 'ms', colours);
    if (beside !== null) paintBeside(sheet, beside, scale, colours);
    paintSamples(sheet, columns, scale, colours);
  }

  #scaleOf(kind: ScaleKind, sharedHighest: number | null): ReturnType<typeof valueScale> {
    this.#ceiling = steadyCeiling(this.#ceiling, Math.max(this.#highest, sharedHighest ?? 0));
    return valueScale(kind === 'log' ? 'log' : 'linear', this.#ceiling);
  }

  #tell({ value, rest, last }: ReadOut): void {
    const put = (name: string, text: string): void => {
      const element = this.place.querySelector(`[data-read="${name}"]`);
      if (element !== null && element.textContent !== text) element.textContent = text;
    };
    put('value', value);
    put('rest', rest);
    put('last', last);
  }
}

/** From hardly a signal to a very good one. */
const signalScale = { ceiling: -30, ticks: [-90, -60, -30], place: (value: number): number => (value + 90) / 60 };

function highestOf(values: readonly (number | null)[], atMs: readonly number[], { fromMs, toMs }: TimeSpan, reachMs: number): number {
  let top = 0;
  const to = firstNotBefore(atMs, toMs);
  for (let index = firstNotBefore(atMs, fromMs - reachMs); index < to; index += 1) top = Math.max(top, values[index] ?? 0);
  return top;
}
