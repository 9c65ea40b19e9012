// Which stretch of time a board shows, and how zooming and panning change it: pure, so that keys, pad and pointer do the same.

/** `last`: the newest so many milliseconds, moving along. `span`: a stretch that stands still; epoch milliseconds. */
export type TimeView =
  | { readonly kind: 'last'; readonly spanMs: number }
  | { readonly kind: 'span'; readonly fromMs: number; readonly toMs: number };

export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How far one can look. */
export interface TimeLimits {
  readonly earliestMs: number;
  readonly latestMs: number;
}

export type ViewMove = 'zoom-in' | 'zoom-out' | 'earlier' | 'later';

/** Two seconds: below it single samples are a finger apart. */
export const shortestSpanMs = 2_000;
const zoomFactor = 0.5;
const panShare = 0.25;

export function spanOf(view: TimeView, nowMs: number): TimeSpan {
  return view.kind === 'span' ? view : { fromMs: nowMs - view.spanMs, toMs: nowMs };
}

/** Keeps length and order, and as much of the place as the limits allow. */
export function within(span: TimeSpan, { earliestMs, latestMs }: TimeLimits): TimeView {
  const lengthMs = Math.min(Math.max(span.toMs - span.fromMs, shortestSpanMs), latestMs - earliestMs);
  const fromMs = Math.min(Math.max(span.fromMs, earliestMs), latestMs - lengthMs);
  return { kind: 'span', fromMs, toMs: fromMs + lengthMs };
}

/** @param share of the length that remains, below 1 to come nearer. @param aroundMs stays where it is on the screen */
export function zoom(span: TimeSpan, share: number, aroundMs: number, limits: TimeLimits): TimeView {
  const lengthMs = Math.max(shortestSpanMs, (span.toMs - span.fromMs) * share);
  const place = (aroundMs - span.fromMs) / (span.toMs - span.fromMs);
  const fromMs = aroundMs - lengthMs * place;
  return within({ fromMs, toMs: fromMs + lengthMs }, limits);
}

export function pan(span: TimeSpan, byMs: number, limits: TimeLimits): TimeView {
  return within({ fromMs: span.fromMs + byMs, toMs: span.toMs + byMs }, limits);
}

/** One step of a key, a button or a pad. @param aroundMs of a zoom; null: the middle */
export function moved(view: TimeView, move: ViewMove, aroundMs: number | null, limits: TimeLimits): TimeView {
  const span = spanOf(view, limits.latestMs);
  const lengthMs = span.toMs - span.fromMs;
  const middleMs = aroundMs ?? (span.fromMs + span.toMs) / 2;
  switch (move) {
    case 'zoom-in':
      return zoom(span, zoomFactor, middleMs, limits);
    case 'zoom-out':
      return zoom(span, 1 / zoomFactor, middleMs, limits);
    case 'earlier':
      return pan(span, -lengthMs * panShare, limits);
    case 'later':
      return pan(span, lengthMs * panShare, limits);
  }
}

export function isSameView(one: TimeView, other: TimeView): boolean {
  if (one.kind === 'last' || other.kind === 'last') return one.kind === 'last' && other.kind === 'last' && one.spanMs === other.spanMs;
  return one.fromMs === other.fromMs && one.toMs === other.toMs;
}
