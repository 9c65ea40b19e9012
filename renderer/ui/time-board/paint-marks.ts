// Draws what goes across all lanes: stretches and moments, their words in a strip of their own, and the times at the bottom.
import type { BoardColours } from './board-colours';
import type { BoardMark } from './board-lane';
import { placeLabels } from './label-rows';
import { boardFont, type Sheet } from './lane-canvas';
import { timeTicks } from './time-ticks';

/** Longer words would cover those of the next mark. */
const longestLabel = 34;

function isSeen({ atMs, untilMs }: BoardMark, { span }: Sheet): boolean {
  return atMs <= span.toMs && (untilMs ?? atMs) >= span.fromMs;
}

/** Behind the lines of a lane. */
export function paintMarkLines(sheet: Sheet, marks: readonly BoardMark[], colours: BoardColours): void {
  const { ctx, ratio, left, width, height, xOf } = sheet;
  const thick = Math.max(1, Math.round(ratio));
  for (const mark of marks) {
    if (!isSeen(mark, sheet)) continue;
    const x = Math.max(left, Math.round(xOf(mark.atMs)));
    if (mark.untilMs !== undefined) {
      ctx.fillStyle = colours.washes[mark.tone];
      ctx.fillRect(x, 0, Math.max(2 * ratio, Math.min(left + width, xOf(mark.untilMs)) - x), height);
    }
    ctx.globalAlpha = mark.label === '' ? 0.3 : 0.6;
    ctx.fillStyle = colours.tones[mark.tone];
    if (mark.atMs >= sheet.span.fromMs) ctx.fillRect(x, 0, thick, height);
    ctx.globalAlpha = 1;
  }
}

/** The strip above the lanes. */
export function paintMarkWords(sheet: Sheet, marks: readonly BoardMark[], colours: BoardColours): void {
  const { ctx, ratio, left, width, height, xOf } = sheet;
  paintMarkLines(sheet, marks, colours);
  ctx.font = boardFont(colours, ratio, 550);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  const rowHeight = colours.fontPx * 1.45 * ratio;
  const seen = marks.filter((mark) => isSeen(mark, sheet)).map((mark) => ({ mark, label: shortened(mark.label), x: Math.max(left, xOf(mark.atMs)) }));
  seen.sort((one, other) => one.x - other.x);
  const placed = placeLabels(
    seen.map(({ label, x }) => ({ x, width: label === '' ? 0 : ctx.measureText(label).width })),
    { left, right: left + width, rows: Math.max(1, Math.floor(height / rowHeight)), gap: 5 * ratio },
  );
  for (const { index, labelX, row } of placed) {
    const one = seen[index];
    if (one === undefined || row === null) continue;
    const wordWidth = ctx.measureText(one.label).width;
    ctx.fillStyle = colours.ground;
    ctx.globalAlpha = 0.8;
    ctx.fillRect(labelX - 2 * ratio, row * rowHeight, wordWidth + 4 * ratio, rowHeight);
    ctx.globalAlpha = 1;
    ctx.fillStyle = colours.tones[one.mark.tone];
    ctx.fillText(one.label, labelX, (row + 0.5) * rowHeight);
  }
}

function shortened(label: string): string {
  const signs = [...label];
  return signs.length <= longestLabel ? label : `${signs.slice(0, longestLabel - 1).join('').trimEnd()}…`;
}

export function paintTimes(sheet: Sheet, colours: BoardColours): void {
  const { ctx, ratio, left, width, span, xOf } = sheet;
  ctx.font = boardFont(colours, ratio);
  ctx.textBaseline = 'top';
  ctx.textAlign = 'center';
  const room = ctx.measureText('00:00:00').width * 1.7;
  for (const { atMs, label } of timeTicks(span, width / room)) {
    const x = xOf(atMs);
    ctx.fillStyle = colours.line;
    ctx.fillRect(Math.round(x), 0, Math.max(1, Math.round(ratio)), 5 * ratio);
    const half = ctx.measureText(label).width / 2;
    if (x - half < left - 4 * ratio || x + half > left + width) continue;
    ctx.fillStyle = colours.text;
    ctx.fillText(label, x, 8 * ratio);
  }
}
