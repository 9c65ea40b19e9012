// Draws one lane: grid, samples or bands or a figure, and what was lost.
import type { FigureLane, RecordedLane } from '../../../electron/common/incident';
import { formatTickMs } from '../format';
import type { BoardColours } from './board-colours';
import { figureTick } from './figure-text';
import { boardFont, type Sheet } from './lane-canvas';
import { firstNotBefore } from './read-out';
import type { SampleColumns } from './sample-columns';
import type { ValueScale } from './value-scale';

/** CSS pixels: strip for what was lost at the bottom, and room above the highest. */
const lossPx = 5;
const topPx = 5;

function yOf({ height, ratio }: Sheet, scale: ValueScale, value: number): number {
  const bottom = height - (lossPx + 3) * ratio;
  return bottom - Math.min(1.02, Math.max(0, scale.place(value))) * (bottom - topPx * ratio);
}

export function paintGrid(sheet: Sheet, scale: ValueScale, unit: FigureLane['unit'] | 'ms', colours: BoardColours): void {
  const { ctx, ratio, left, width } = sheet;
  ctx.font = boardFont(colours, ratio);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  const room = colours.fontPx * ratio * 1.25;
  let lastY = Number.POSITIVE_INFINITY;
  for (const tick of scale.ticks) {
    const y = Math.round(yOf(sheet, scale, tick));
    ctx.fillStyle = colours.line;
    ctx.fillRect(left, y, width, Math.max(1, Math.round(ratio)));
    // What stands too close to the one below it is left out.
    if (lastY - y < room) continue;
    lastY = y;
    ctx.fillStyle = colours.text;
    const word = unit === 'ms' ? (tick === 0 ? '0' : `${formatTickMs(tick)} ms`) : figureTick(tick, unit);
    ctx.fillText(word, left - 8 * ratio, Math.min(Math.max(y, room / 2), sheet.height - room / 2));
  }
}

/** Lines of samples: from extreme to extreme where a column holds several. */
export function paintSamples(sheet: Sheet, columns: SampleColumns, scale: ValueScale, colours: BoardColours): void {
  const { ctx, ratio } = sheet;
  paintLosses(sheet, columns, colours);
  ctx.strokeStyle = colours.main;
  ctx.lineWidth = 1.4 * ratio;
  ctx.lineJoin = 'round';
  ctx.beginPath();
  tracePath(sheet, columns, scale);
  ctx.stroke();
}

export function paintBeside(sheet: Sheet, columns: SampleColumns, scale: ValueScale, colours: BoardColours): void {
  const { ctx, ratio } = sheet;
  ctx.strokeStyle = colours.beside;
  ctx.lineWidth = ratio;
  ctx.setLineDash([4 * ratio, 4 * ratio]);
  ctx.beginPath();
  tracePath(sheet, columns, scale);
  ctx.stroke();
  ctx.setLineDash([]);
}

function tracePath(sheet: Sheet, { count, lowest, highest, first, last, lost }: SampleColumns, scale: ValueScale): void {
  const { ctx, left, width } = sheet;
  const step = width / count;
  let isOpen = false;
  for (let column = 0; column < count; column += 1) {
    const low = lowest[column] ?? Number.NaN;
    // A loss breaks the line; a column without a question doesn't.
    if ((lost[column] ?? 0) > 0 && Number.isNaN(low)) isOpen = false;
    if (Number.isNaN(low)) continue;
    const x = left + (column + 0.5) * step;
    const start = yOf(sheet, scale, first[column] ?? low);
    if (isOpen) ctx.lineTo(x, start);
    else {
      ctx.moveTo(x, start);
      // A sample between two losses has a length of its own, or it would not be seen.
      ctx.lineTo(x + step, start);
      ctx.moveTo(x, start);
    }
    isOpen = true;
    const high = highest[column] ?? low;
    if (high === low) continue;
    ctx.lineTo(x, yOf(sheet, scale, high));
    ctx.lineTo(x, yOf(sheet, scale, low));
    ctx.lineTo(x, yOf(sheet, scale, last[column] ?? low));
  }
}

function paintLosses({ ctx, ratio, left, width, height }: Sheet, { count, lost, sent }: SampleColumns, colours: BoardColours): void {
  const step = width / count;
  const thick = lossPx * ratio;
  for (let column = 0; column < count; column += 1) {
    const share = (lost[column] ?? 0) / Math.max(1, sent[column] ?? 0);
    if (share === 0) continue;
    const x = left + column * step;
    const breadth = Math.max(step, 1.5 * ratio);
    if (share === 1) {
      ctx.fillStyle = colours.lossWash;
      ctx.fillRect(x, 0, breadth, height - thick);
    }
    ctx.fillStyle = colours.loss;
    ctx.fillRect(x, height - thick, breadth, thick);
  }
}

/** Percentiles as bands, the typical as a line, the slowest of all as dots. */
export function paintBands(sheet: Sheet, lane: RecordedLane, scale: ValueScale, colours: BoardColours): void {
  const { ctx, ratio, span, xOf, height } = sheet;
  const from = Math.max(0, firstNotBefore(lane.atMs, span.fromMs - lane.bucketMs));
  const to = Math.min(lane.atMs.length, firstNotBefore(lane.atMs, span.toMs) + 1);
  const breadth = Math.max(xOf(span.fromMs + lane.bucketMs) - xOf(span.fromMs), ratio);
  ctx.save();
  ctx.beginPath();
  ctx.rect(sheet.left, 0, sheet.width, height);
  ctx.clip();
  const bar = (x: number, low: number, high: number): void => {
    const top = yOf(sheet, scale, high);
    ctx.fillRect(x, top, breadth, Math.max(yOf(sheet, scale, low) - top, ratio));
  };
  const thick = lossPx * ratio;
  for (let index = from; index < to; index += 1) {
    const x = xOf(lane.atMs[index] ?? 0);
    const lost = lane.lost[index] ?? 0;
    if (lost > 0) {
      const share = lost / Math.max(1, lane.sent[index] ?? 0);
      if (share === 1) {
        ctx.fillStyle = colours.lossWash;
        ctx.fillRect(x, 0, breadth, height - thick);
      }
      ctx.fillStyle = colours.loss;
      // A single loss in an hour is to be seen, a burst to stand out.
      ctx.globalAlpha = 0.35 + 0.65 * Math.min(1, share * 20);
      ctx.fillRect(x, height - thick, Math.max(breadth, 1.5 * ratio), thick);
      ctx.globalAlpha = 1;
    }
    const [p50, p95, p99, max] = [lane.p50Ms[index], lane.p95Ms[index], lane.p99Ms[index], lane.maxMs[index]];
    if (p50 === null || p50 === undefined) continue;
    ctx.fillStyle = colours.wider;
    bar(x, p95 ?? p50, p99 ?? p50);
    ctx.fillStyle = colours.wide;
    bar(x, p50, p95 ?? p50);
    ctx.fillStyle = colours.beside;
    ctx.fillRect(x, yOf(sheet, scale, max ?? p50) - ratio, Math.max(breadth, 2 * ratio), 2 * ratio);
  }
  ctx.strokeStyle = colours.main;
  ctx.lineWidth = 1.5 * ratio;
  ctx.lineJoin = 'round';
  ctx.beginPath();
  traceMiddle(sheet, lane, from, to, scale, breadth);
  ctx.stroke();
  ctx.restore();
}

function traceMiddle(sheet: Sheet, lane: RecordedLane, from: number, to: number, scale: ValueScale, breadth: number): void {
  const { ctx, xOf } = sheet;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (let index = from; index < to; index += 1) {
    const at = lane.atMs[index] ?? 0;
    const p50 = lane.p50Ms[index];
    if (p50 === null || p50 === undefined) continue;
    const x = xOf(at);
    const y = yOf(sheet, scale, p50);
    // Nothing was recorded in between: no line pretends that it was.
    if (at - lastMs > lane.bucketMs * 1.6) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
    ctx.lineTo(x + breadth, y);
    lastMs = at;
  }
}

export function paintFigure(sheet: Sheet, { atMs, values }: FigureLane, scale: ValueScale, colours: BoardColours): void {
  const { ctx, ratio, span, xOf } = sheet;
  const from = Math.max(0, firstNotBefore(atMs, span.fromMs) - 1);
  const to = Math.min(atMs.length, firstNotBefore(atMs, span.toMs) + 1);
  const floor = yOf(sheet, scale, scale.ticks[0] ?? 0);
  ctx.save();
  ctx.beginPath();
  ctx.rect(sheet.left, 0, sheet.width, sheet.height);
  ctx.clip();
  const line = new Path2D();
  const area = new Path2D();
  let lastX: number | null = null;
  for (let index = from; index < to; index += 1) {
    const value = values[index];
    if (value === null || value === undefined) {
      if (lastX !== null) area.lineTo(lastX, floor);
      lastX = null;
      continue;
    }
    const x = xOf(atMs[index] ?? 0);
    const y = yOf(sheet, scale, value);
    if (lastX === null) {
      line.moveTo(x, y);
      area.moveTo(x, floor);
    } else line.lineTo(x, y);
    area.lineTo(x, y);
    lastX = x;
  }
  if (lastX !== null) area.lineTo(lastX, floor);
  ctx.fillStyle = colours.figureFill;
  ctx.fill(area);
  ctx.strokeStyle = colours.figure;
  ctx.lineWidth = 1.4 * ratio;
  ctx.stroke(line);
  ctx.restore();
}
