// What stands at the right of a lane: the visible stretch in numbers, or what lies under the cursor.
import { assertNever } from '../../../electron/common/result';
import type { FigureLane, RecordedLane } from '../../../electron/common/incident';
import { windowStatistics } from '../../../electron/common/latency-statistics';
import type { SampleWindow } from '../../../electron/common/sample-ring';
import { wordsOf } from '../../language/language';
import { formatMs, formatPercent } from '../format';
import type { LaneContent } from './board-lane';
import { figureText } from './figure-text';
import type { TimeSpan } from './time-view';

const words = wordsOf('ui');

export interface ReadOut {
  readonly value: string;
  readonly rest: string;
  readonly last: string;
}

export const emptyReadOut: ReadOut = { value: '–', rest: '', last: '' };

export function summed(content: LaneContent, span: TimeSpan): ReadOut {
  switch (content.kind) {
    case 'samples':
      return summedSamples(clipped(content.read(span.fromMs), span));
    case 'bands':
      return summedBands(content.lane, span);
    case 'figure':
      return summedFigure(content.lane, span);
    case 'nothing':
      return emptyReadOut;
    default:
      return assertNever(content);
  }
}

/** @param reachMs how far from the cursor something still counts as under it */
export function under(content: LaneContent, atMs: number, reachMs: number): ReadOut {
  switch (content.kind) {
    case 'samples': {
      const { atMs: times, rttMs } = content.read(atMs - reachMs);
      const index = nearest(times, atMs, reachMs);
      const rtt = index === null ? undefined : rttMs[index];
      if (rtt === undefined) return emptyReadOut;
      return Number.isNaN(rtt) ? { value: words('board.lostOne'), rest: '', last: '' } : { value: ms(rtt), rest: '', last: '' };
    }
    case 'bands':
      return underBands(content.lane, atMs);
    case 'figure': {
      const index = nearest(content.lane.atMs, atMs, Math.max(reachMs, 1_500));
      const value = index === null ? null : (content.lane.values[index] ?? null);
      return value === null ? emptyReadOut : { value: figureText(value, content.lane.unit), rest: '', last: '' };
    }
    case 'nothing':
      return emptyReadOut;
    default:
      return assertNever(content);
  }
}

export function clipped(window: SampleWindow, { fromMs, toMs }: TimeSpan): SampleWindow {
  const from = firstNotBefore(window.atMs, fromMs);
  const to = Math.max(from, firstNotBefore(window.atMs, toMs));
  return { atMs: window.atMs.subarray(from, to), rttMs: window.rttMs.subarray(from, to) };
}

function summedSamples(window: SampleWindow): ReadOut {
  const { sent, p50Ms, p95Ms, p99Ms, lossRatio } = windowStatistics(window);
  if (sent === 0) return emptyReadOut;
  if (p50Ms === null || p95Ms === null || p99Ms === null) return { value: words('board.noAnswer'), rest: '', last: lossWords(lossRatio) };
  const highest = window.rttMs.reduce((top, rtt) => (rtt > top ? rtt : top), 0);
  return { value: ms(p50Ms), rest: `p95 ${formatMs(p95Ms)}  p99 ${formatMs(p99Ms)}`, last: `max ${formatMs(highest)}  ${lossWords(lossRatio)}` };
}

function summedBands(lane: RecordedLane, { fromMs, toMs }: TimeSpan): ReadOut {
  const from = firstNotBefore(lane.atMs, fromMs - lane.bucketMs + 1);
  const to = firstNotBefore(lane.atMs, toMs);
  let sent = 0;
  let lost = 0;
  let highest = 0;
  for (let index = from; index < to; index += 1) {
    sent += lane.sent[index] ?? 0;
    lost += lane.lost[index] ?? 0;
    highest = Math.max(highest, lane.maxMs[index] ?? 0);
  }
  if (sent === 0) return emptyReadOut;
  const loss = lossWords(lost / sent);
  const typical = middle(lane.p50Ms.slice(from, to));
  const slow = middle(lane.p95Ms.slice(from, to));
  const slowest = middle(lane.p99Ms.slice(from, to));
  if (typical === null || slow === null || slowest === null) return { value: words('board.noAnswer'), rest: '', last: loss };
  return { value: ms(typical), rest: `p95 ${formatMs(slow)}  p99 ${formatMs(slowest)}`, last: `max ${formatMs(highest)}  ${loss}` };
}

function underBands(lane: RecordedLane, atMs: number): ReadOut {
  const index = firstNotBefore(lane.atMs, atMs + 0.001) - 1;
  const at = lane.atMs[index];
  if (at === undefined || atMs >= at + lane.bucketMs) return emptyReadOut;
  const [p50, p95, p99, max] = [lane.p50Ms[index], lane.p95Ms[index], lane.p99Ms[index], lane.maxMs[index]].map((value) => value ?? null);
  const loss = lossWords((lane.lost[index] ?? 0) / Math.max(1, lane.sent[index] ?? 0));
  if (p50 === null || p50 === undefined) return { value: words('board.noAnswer'), rest: '', last: loss };
  return { value: ms(p50), rest: `p95 ${formatMs(p95 ?? p50)}  p99 ${formatMs(p99 ?? p50)}`, last: `max ${formatMs(max ?? p50)}  ${loss}` };
}

function summedFigure({ atMs, values, unit }: FigureLane, span: TimeSpan): ReadOut {
  const seen = values.slice(firstNotBefore(atMs, span.fromMs), firstNotBefore(atMs, span.toMs));
  const typical = middle(seen);
  if (typical === null) return emptyReadOut;
  const known = seen.filter((value) => value !== null);
  return { value: figureText(typical, unit), rest: `max ${figureText(Math.max(...known), unit)}`, last: `min ${figureText(Math.min(...known), unit)}` };
}

function middle(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((one, other) => one - other);
  return known[Math.floor(known.length / 2)] ?? null;
}

function nearest(times: ArrayLike<number>, atMs: number, reachMs: number): number | null {
  const after = firstNotBefore(times, atMs);
  const far = (index: number): number => Math.abs((times[index] ?? Number.POSITIVE_INFINITY) - atMs);
  const best = far(after) < far(after - 1) ? after : after - 1;
  return far(best) <= reachMs ? best : null;
}

/** @param times ascending */
export function firstNotBefore(times: ArrayLike<number>, limitMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middleIndex = (low + high) >>> 1;
    if ((times[middleIndex] ?? 0) < limitMs) low = middleIndex + 1;
    else high = middleIndex;
  }
  return low;
}

function ms(value: number): string {
  return `${formatMs(value)} ms`;
}

function lossWords(ratio: number): string {
  return words('board.lost', { percent: formatPercent(ratio) });
}
