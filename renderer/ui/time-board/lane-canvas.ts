// One canvas of a board: as many pixels as the screen has for it, a gutter for words at its left.
import type { BoardColours } from './board-colours';
import type { TimeSpan } from './time-view';

/** In units of the text's height: room for "1000 ms" beside a lane. */
const gutterHeights = 4.6;

export function gutterPx({ fontPx }: BoardColours): number {
  return Math.round(fontPx * gutterHeights);
}

/** What drawing needs; lengths in the screen's own pixels. */
export interface Sheet {
  readonly ctx: CanvasRenderingContext2D;
  readonly ratio: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly span: TimeSpan;
  readonly xOf: (atMs: number) => number;
}

export function boardFont({ font, fontPx }: BoardColours, ratio: number, weight = 400): string {
  return `${weight} ${fontPx * ratio}px ${font}`;
}

/** Clears the canvas and fits it to its place. @param size CSS pixels. @returns null: there is nothing to be seen of it */
export function openSheet(canvas: HTMLCanvasElement, size: { readonly width: number; readonly height: number }, span: TimeSpan, colours: BoardColours): Sheet | null {
  const ratio = devicePixelRatio;
  const width = Math.round(size.width * ratio);
  const height = Math.round(size.height * ratio);
  const ctx = canvas.getContext('2d');
  const left = Math.round(gutterPx(colours) * ratio);
  if (ctx === null || width <= left || height <= 0) return null;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  } else ctx.clearRect(0, 0, width, height);
  const plotWidth = width - left;
  const perMs = plotWidth / (span.toMs - span.fromMs);
  return { ctx, ratio, left, width: plotWidth, height, span, xOf: (atMs) => left + (atMs - span.fromMs) * perMs };
}
