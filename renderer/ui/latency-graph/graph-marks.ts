// Draws what uPlot doesn't know: lost samples as ticks at the bottom, and the session's marks as lines with words.
import type uPlot from 'uplot';
import type { Mark } from '../../../electron/common/session';
import { wordsOf } from '../../language/language';
import { decimal } from '../../language/locale';
import { markTones, placeMarks } from './mark-layout';

const words = wordsOf('ui');

export interface GraphColours {
  readonly icmp: string;
  readonly icmpFill: string;
  readonly tcp: string;
  readonly jitter: string;
  readonly jitterFill: string;
  readonly loss: string;
  readonly line: string;
  readonly text: string;
  readonly ground: string;
  readonly tones: Readonly<Record<'good' | 'hold' | 'warn' | 'bad' | 'neutral', string>>;
}

/** The tokens of styles/tokens.css, as they apply to the element. */
export function readGraphColours(element: HTMLElement): GraphColours {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    icmp: token('--accent'),
    icmpFill: token('--graph-wider'),
    tcp: token('--graph-beside'),
    jitter: token('--graph-jitter'),
    jitterFill: token('--graph-jitter-fill'),
    loss: token('--bad'),
    line: token('--graph-line'),
    text: token('--text-3'),
    ground: token('--ink-1'),
    tones: {
      good: token('--good'),
      hold: token('--hold'),
      warn: token('--warn'),
      bad: token('--bad'),
      neutral: token('--neutral'),
    },
  };
}

export function drawLosses(plot: uPlot, losses: readonly number[], colours: GraphColours): void {
  const { ctx, bbox } = plot;
  const width = Math.max(2, 2 * devicePixelRatio);
  const height = Math.round(bbox.height * 0.07) + 4;
  ctx.save();
  ctx.fillStyle = colours.loss;
  for (const atMs of losses) {
    const x = plot.valToPos(atMs, 'x', true);
    if (x >= bbox.left && x <= bbox.left + bbox.width) ctx.fillRect(x - width / 2, bbox.top + bbox.height - height, width, height);
  }
  ctx.restore();
}

/** A dashed line with its figure at the left edge, where the newest marks are not: below it, the network is good enough. @param limitMs milliseconds */
export function drawLimit(plot: uPlot, limitMs: number, colours: GraphColours): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const y = Math.round(plot.valToPos(limitMs, 'y', true));
  const fontSize = Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.9 * ratio);
  const label = words('graph.limit', { ms: decimal(Number(limitMs.toPrecision(2))) });
  ctx.save();
  ctx.strokeStyle = colours.tones.warn;
  ctx.lineWidth = 1.5 * ratio;
  ctx.setLineDash([8 * ratio, 6 * ratio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = `600 ${fontSize}px 'Inter Variable', sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  const width = ctx.measureText(label).width;
  ctx.fillStyle = colours.ground;
  ctx.fillRect(bbox.left + 4 * ratio, y - fontSize * 1.35, width + 8 * ratio, fontSize * 1.2);
  ctx.fillStyle = colours.tones.warn;
  ctx.fillText(label, bbox.left + 8 * ratio, y - 3 * ratio);
  ctx.restore();
}

export function drawMarks(plot: uPlot, marks: readonly Mark[], colours: GraphColours): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const fontSize = Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.82 * ratio);
  const rowHeight = Math.round(fontSize * 1.55);
  ctx.save();
  ctx.font = `550 ${fontSize}px 'Inter Variable', sans-serif`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const placed = placeMarks(marks, {
    left: bbox.left,
    right: bbox.left + bbox.width,
    rows: Math.max(1, Math.min(5, Math.floor((bbox.height * 0.7) / rowHeight))),
    gap: 6 * ratio,
    xOf: (atMs) => plot.valToPos(atMs, 'x', true),
    widthOf: (label) => ctx.measureText(label).width + 8 * ratio,
  });
  for (const { mark, x, row, label, labelX } of placed) {
    const colour = colours.tones[markTones[mark.kind]];
    const top = bbox.top + (row ?? 0) * rowHeight;
    ctx.globalAlpha = row === null ? 0.25 : 0.65;
    ctx.fillStyle = colour;
    ctx.fillRect(Math.round(x), top, Math.max(1, ratio), bbox.top + bbox.height - top);
    if (row === null) continue;
    const width = ctx.measureText(label).width + 8 * ratio;
    ctx.globalAlpha = 0.88;
    ctx.fillStyle = colours.ground;
    ctx.fillRect(labelX - 3 * ratio, top, width, rowHeight);
    ctx.globalAlpha = 1;
    ctx.fillStyle = colour;
    ctx.fillText(label, labelX, top + rowHeight / 2);
  }
  ctx.restore();
}
