// Draws a board by animation frames, straight from where its samples are: no part of it passes through React.
import { isCalm } from '../../navigation/motion';
import { onAppearance } from '../appearance';
import { readBoardColours, type BoardColours } from './board-colours';
import type { BoardLane, BoardMark } from './board-lane';
import { gutterPx, openSheet, type Sheet } from './lane-canvas';
import { LaneDrawing } from './lane-drawing';
import { paintMarkWords, paintTimes } from './paint-marks';
import { cursorTime } from './time-ticks';
import { spanOf, type TimeSpan, type TimeView } from './time-view';
import type { ScaleKind } from './value-scale';

export interface BoardState {
  readonly lanes: readonly BoardLane[];
  readonly marks: readonly BoardMark[];
  readonly view: TimeView;
  readonly scale: ScaleKind;
}

/** New samples are up to this late; the right edge trails by it so that no line twitches at its end. */
const trailMs = 250;
/** A board that moves is drawn when it has moved by a pixel, but neither more nor less often than this. */
const soonestMs = 50;
const latestMs = 200;
const calmEveryMs = 1_000;
/** Lanes of one frame while it only moves on, so that no frame takes long. */
const lanesAFrame = 4;
const sumsEveryMs = 1_000;

export class Board {
  readonly #root: HTMLElement;
  readonly #resize: ResizeObserver;
  readonly #stopFollowing: () => void;
  #colours: BoardColours;
  #state: BoardState;
  #drawings: LaneDrawing[] = [];
  #span: TimeSpan;
  #isStale = true;
  #movedAtMs = 0;
  #waiting: LaneDrawing[] = [];
  #cursorX: number | null = null;
  #request = 0;

  constructor(root: HTMLElement, state: BoardState) {
    this.#root = root;
    this.#state = state;
    this.#colours = readBoardColours(root);
    this.#span = spanOf(state.view, Date.now() - trailMs);
    this.#resize = new ResizeObserver(() => this.#fit());
    this.#resize.observe(root);
    this.#stopFollowing = onAppearance(() => this.#fit());
    this.show(state);
    this.#request = requestAnimationFrame(this.#tick);
  }

  /** What is drawn from now on; the lanes' elements must be on the page. */
  show(state: BoardState): void {
    this.#state = state;
    const known = new Map(this.#drawings.map((drawing) => [drawing.key, drawing]));
    this.#drawings = state.lanes.flatMap((lane) => {
      const place = this.#root.querySelector<HTMLElement>(`[data-board-lane="${CSS.escape(lane.key)}"]`);
      if (place === null) return [];
      const kept = known.get(lane.key);
      const drawing = kept !== undefined && kept.place === place ? kept : new LaneDrawing(lane, place);
      drawing.lane = lane;
      return [drawing];
    });
    this.#isStale = true;
  }

  dispose(): void {
    cancelAnimationFrame(this.#request);
    this.#resize.disconnect();
    this.#stopFollowing();
  }

  /** The stretch that is seen now. */
  get span(): TimeSpan {
    return this.#span;
  }

  /** @param x CSS pixels from the surface's left edge */
  timeAt(x: number): number {
    const surface = this.#part('surface');
    const left = gutterPx(this.#colours);
    const share = (x - left) / Math.max(1, (surface?.clientWidth ?? 1) - left);
    return this.#span.fromMs + Math.min(1, Math.max(0, share)) * (this.#span.toMs - this.#span.fromMs);
  }

  /** @param x CSS pixels from the surface's left edge; null: there is no cursor */
  pointAt(x: number | null): void {
    this.#cursorX = x === null ? null : Math.max(gutterPx(this.#colours), x);
    this.#drawCursor();
  }

  /** Moves the cursor by so many pixels; from nowhere, into the middle. */
  stepCursor(byPx: number): void {
    const surface = this.#part('surface');
    if (surface === null) return;
    const left = gutterPx(this.#colours);
    const from = this.#cursorX ?? left + (surface.clientWidth - left) / 2;
    this.pointAt(Math.min(surface.clientWidth, Math.max(left, from + byPx)));
  }

  get cursorMs(): number | null {
    return this.#cursorX === null ? null : this.timeAt(this.#cursorX);
  }

  readonly #tick = (nowMs: number): void => {
    this.#request = requestAnimationFrame(this.#tick);
    if (this.#isStale) {
      this.#isStale = false;
      this.#waiting = [];
      this.#move();
      this.#movedAtMs = nowMs;
      for (const drawing of this.#drawings) this.#draw(drawing, nowMs, true);
      this.#drawCursor();
      return;
    }
    if (this.#waiting.length > 0) {
      for (const drawing of this.#waiting.splice(0, lanesAFrame)) this.#draw(drawing, nowMs, false);
      return;
    }
    if (this.#state.view.kind !== 'last' || nowMs - this.#movedAtMs < this.#pace()) return;
    this.#movedAtMs = nowMs;
    this.#move();
    this.#waiting = [...this.#drawings];
    if (this.#cursorX !== null) this.#drawCursor();
  };

  #pace(): number {
    const surface = this.#part('surface');
    const pixelMs = (this.#span.toMs - this.#span.fromMs) / Math.max(1, surface?.clientWidth ?? 1);
    return Math.max(isCalm() ? calmEveryMs : Math.min(latestMs, pixelMs), soonestMs);
  }

  /** Takes the span anew: by whole pixels, so that what falls into one column stays together. */
  #move(): void {
    const span = spanOf(this.#state.view, Date.now() - trailMs);
    const surface = this.#part('surface');
    const pixelMs = (span.toMs - span.fromMs) / Math.max(1, ((surface?.clientWidth ?? 1) - gutterPx(this.#colours)) * devicePixelRatio);
    if (this.#state.view.kind === 'last') {
      const toMs = Math.ceil(span.toMs / pixelMs) * pixelMs;
      this.#span = { fromMs: toMs - this.#state.view.spanMs, toMs };
    } else this.#span = span;
    this.#paint('strip', (sheet) => paintMarkWords(sheet, this.#state.marks, this.#colours));
    this.#paint('times', (sheet) => paintTimes(sheet, this.#colours));
  }

  #draw(drawing: LaneDrawing, nowMs: number, isWhole: boolean): void {
    const { scale, marks } = this.#state;
    drawing.draw(this.#span, marks, this.#colours, scale, scale === 'own' ? null : Math.max(2, ...this.#drawings.map(({ highest }) => highest)));
    if (this.#cursorX === null && (isWhole || nowMs - drawing.summedAtMs > sumsEveryMs)) drawing.tellSum(this.#span, nowMs);
  }

  #drawCursor(): void {
    const line = this.#part('cursor');
    const time = this.#part('cursor-time');
    if (line === null || time === null) return;
    line.hidden = this.#cursorX === null;
    time.hidden = this.#cursorX === null;
    if (this.#cursorX === null) {
      for (const drawing of this.#drawings) drawing.tellSum(this.#span, performance.now());
      return;
    }
    const atMs = this.timeAt(this.#cursorX);
    const width = this.#part('surface')?.clientWidth ?? 0;
    line.style.transform = `translateX(${Math.round(this.#cursorX)}px)`;
    time.textContent = cursorTime(atMs, this.#span);
    const half = time.offsetWidth / 2;
    time.style.transform = `translateX(${Math.round(Math.min(width - half, Math.max(half, this.#cursorX)) - half)}px)`;
    const reachMs = Math.max(300, ((this.#span.toMs - this.#span.fromMs) / Math.max(1, width)) * 3);
    for (const drawing of this.#drawings) drawing.tellUnder(atMs, reachMs);
  }

  #paint(part: 'strip' | 'times', paint: (sheet: Sheet) => void): void {
    const place = this.#part(part);
    const canvas = place?.querySelector('canvas') ?? null;
    if (place === null || canvas === null) return;
    const sheet = openSheet(canvas, { width: place.clientWidth, height: place.clientHeight }, this.#span, this.#colours);
    if (sheet !== null) paint(sheet);
  }

  #fit(): void {
    // The text's size follows the window's, and the colours the theme.
    this.#colours = readBoardColours(this.#root);
    this.#isStale = true;
  }

  #part(name: 'surface' | 'strip' | 'times' | 'cursor' | 'cursor-time'): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>(`[data-board="${name}"]`);
  }
}
