// The graphs of an incident's page: one drawing for each vantage point and figure, all on the same axis of time.
import type { FigureLane, Incident, SampleLane } from '../../common/incident';
import { english } from '../../common/told';
import { escaped, figureValue, milliseconds, offsetOf, probeWords } from './report-words';

const widthPx = 1_000;
const leftPx = 52;
const rightPx = 12;
const lanePx = 92;
const headPx = 24;
const footPx = 6;
/** A pixel's breadth of samples is drawn as its extremes. */
const columns = widthPx - leftPx - rightPx;

interface Axis {
  readonly fromMs: number;
  readonly toMs: number;
  readonly beganAtMs: number;
  readonly endedAtMs: number;
  readonly marksAtMs: readonly number[];
}

export interface NumberedMark {
  readonly number: number;
  readonly atMs: number;
}

/** @param marks those that are drawn across all graphs */
export function graphs(incident: Incident, marks: readonly NumberedMark[]): string {
  const { summary, fromMs, toMs, lanes, figures } = incident;
  const axis: Axis = {
    fromMs,
    toMs: Math.max(toMs, fromMs + 1_000),
    beganAtMs: summary.beganAtMs,
    endedAtMs: summary.endedAtMs ?? toMs,
    marksAtMs: marks.map(({ atMs }) => atMs),
  };
  const scale = latencyScale(lanes);
  return [
    timeAxis(axis, marks),
    ...lanes.map((lane) => drawing(axis, sampleTitle(lane), sampleNote(lane), sampleBody(axis, lane, scale))),
    ...figures.map((lane) => drawing(axis, `${english(lane.source)} · ${english(lane.figure)}`, figureNote(lane), figureBody(axis, lane))),
  ].join('\n');
}

function xOf({ fromMs, toMs }: Axis, atMs: number): number {
  const share = (atMs - fromMs) / (toMs - fromMs);
  return round(leftPx + Math.min(1, Math.max(0, share)) * columns);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function timeAxis(axis: Axis, marks: readonly NumberedMark[]): string {
  const stepMs = [5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000].find((step) => (axis.toMs - axis.fromMs) / step <= 12) ?? 600_000;
  const ticks: string[] = [];
  for (let at = Math.ceil((axis.fromMs - axis.beganAtMs) / stepMs) * stepMs; axis.beganAtMs + at <= axis.toMs; at += stepMs) {
    ticks.push(`<text class="tick" text-anchor="middle" x="${xOf(axis, axis.beganAtMs + at)}" y="14">${at === 0 ? '0' : offsetOf(at).replace('.0 s', ' s')}</text>`);
  }
  /** Marks that lie close together are set in rows, so that each number can be read. */
  const rows: number[] = [];
  const flags = marks.map(({ number, atMs }) => {
    const x = xOf(axis, atMs);
    const free = rows.findIndex((lastX) => x - lastX > 21);
    const row = free < 0 ? rows.length : free;
    rows[row] = x;
    const y = 34 + row * 20;
    return `<g class="flag"><circle cx="${x}" cy="${y}" r="9"/><text text-anchor="middle" x="${x}" y="${y + 4}">${number}</text></g>`;
  });
  const height = rows.length === 0 ? 22 : 26 + rows.length * 20;
  return `<svg class="axis" viewBox="0 0 ${widthPx} ${height}" role="img" aria-label="Seconds from the beginning of the incident">${ticks.join('')}${flags.join('')}</svg>`;
}

function drawing(axis: Axis, title: string, note: string, body: string): string {
  const height = headPx + lanePx + footPx;
  const began = xOf(axis, axis.beganAtMs);
  const ended = Math.max(xOf(axis, axis.endedAtMs), began + 2);
  const marks = axis.marksAtMs.map((at) => `<line class="mark" x1="${xOf(axis, at)}" x2="${xOf(axis, at)}" y1="${headPx}" y2="${headPx + lanePx}"/>`).join('');
  return `<figure><figcaption><span>${escaped(title)}</span><span class="note">${escaped(note)}</span></figcaption><svg viewBox="0 ${headPx - 4} ${widthPx} ${height - headPx + 4}" role="img" aria-label="${escaped(`${title}: ${note}`)}"><rect class="ground" x="${leftPx}" y="${headPx}" width="${columns}" height="${lanePx}"/><rect class="trouble" x="${began}" y="${headPx}" width="${round(ended - began)}" height="${lanePx}"/>${body}${marks}</svg></figure>`;
}

function sampleTitle({ vantage, probe }: SampleLane): string {
  return `${vantage.name} · ${probeWords[probe]}`;
}

function sampleNote({ rttMs }: SampleLane): string {
  const answered = rttMs.filter((rtt) => rtt !== null).sort((one, other) => one - other);
  const lost = rttMs.length - answered.length;
  const usual = answered[Math.floor(answered.length / 2)];
  const worst = answered.at(-1);
  if (usual === undefined || worst === undefined) return `${rttMs.length} questions, none answered`;
  return `usually ${milliseconds(usual)}, worst ${milliseconds(worst)}, ${lost === 0 ? 'none lost' : `${lost} of ${rttMs.length} lost`}`;
}

interface LogScale {
  readonly lowest: number;
  readonly highest: number;
}

/** One scale for all, in powers of ten: what is slow beside what can be seen. */
function latencyScale(lanes: readonly SampleLane[]): LogScale {
  let low = Number.POSITIVE_INFINITY;
  let high = 1;
  for (const { rttMs } of lanes) {
    for (const rtt of rttMs) {
      if (rtt === null) continue;
      low = Math.min(low, Math.max(rtt, 0.01));
      high = Math.max(high, rtt);
    }
  }
  return { lowest: Math.floor(Math.log10(Math.min(low, 0.9))), highest: Math.ceil(Math.log10(high * 1.05)) };
}

/** What is lost has a strip of its own at the bottom. */
const lossPx = 9;

function sampleBody(axis: Axis, { atMs, rttMs }: SampleLane, { lowest, highest }: LogScale): string {
  const top = headPx + 4;
  const bottom = headPx + lanePx - lossPx - 3;
  const yOf = (rtt: number): number => round(bottom - ((Math.log10(Math.max(rtt, 10 ** lowest)) - lowest) / (highest - lowest)) * (bottom - top));
  const decades: string[] = [];
  for (let power = lowest; power <= highest; power += 1) {
    const y = yOf(10 ** power);
    decades.push(`<line class="grid" x1="${leftPx}" x2="${leftPx + columns}" y1="${y}" y2="${y}"/>`);
    if ((power - lowest) % 2 === 0) decades.push(`<text class="tick" text-anchor="end" x="${leftPx - 6}" y="${y + 4}">${milliseconds(10 ** power)}</text>`);
  }
  const path: string[] = [];
  const losses: string[] = [];
  let isDrawing = false;
  let column = { x: -1, low: 0, high: 0, last: 0 };
  const close = (): void => {
    if (column.x < 0) return;
    path.push(`${isDrawing ? 'L' : 'M'}${column.x} ${column.high}`);
    if (column.low !== column.high) path.push(`L${column.x} ${column.low}`, `L${column.x} ${column.last}`);
    isDrawing = true;
    column = { x: -1, low: 0, high: 0, last: 0 };
  };
  atMs.forEach((at, index) => {
    const rtt = rttMs[index] ?? null;
    const x = xOf(axis, at);
    if (rtt === null) {
      close();
      isDrawing = false;
      losses.push(`M${x} ${headPx + lanePx - lossPx}v${lossPx}`);
      return;
    }
    const y = yOf(rtt);
    // The larger y is the lower value.
    if (Math.abs(x - column.x) < 0.9) column = { x: column.x, low: Math.max(column.low, y), high: Math.min(column.high, y), last: y };
    else {
      close();
      column = { x, low: y, high: y, last: y };
    }
  });
  close();
  return `${decades.join('')}<path class="line" d="${path.join('')}"/>${losses.length === 0 ? '' : `<path class="lost" d="${losses.join('')}"/>`}`;
}

function figureNote({ values, unit }: FigureLane): string {
  const told = values.filter((value) => value !== null).sort((one, other) => one - other);
  const usual = told[Math.floor(told.length / 2)];
  const [lowest] = told;
  const highest = told.at(-1);
  if (usual === undefined || lowest === undefined || highest === undefined) return 'not told';
  return `usually ${figureValue(usual, unit)}, ${unit === 'dBm' ? `lowest ${figureValue(lowest, unit)}` : `highest ${figureValue(highest, unit)}`}`;
}

function figureBody(axis: Axis, { atMs, values, unit }: FigureLane): string {
  const top = headPx + 6;
  const bottom = headPx + lanePx - 4;
  const told = values.filter((value) => value !== null);
  const floor = unit === 'dBm' ? Math.min(-90, ...told) : 0;
  const least = unit === '%' ? 10 : unit === 'bit/s' ? 1_000 : 1;
  const highest = Math.max(floor + least, ...told);
  const yOf = (value: number): number => round(bottom - ((value - floor) / (highest - floor)) * (bottom - top));
  const runs: { readonly x: number; readonly y: number }[][] = [[]];
  atMs.forEach((at, index) => {
    const value = values[index] ?? null;
    if (value === null) runs.push([]);
    else runs.at(-1)?.push({ x: xOf(axis, at), y: yOf(value) });
  });
  const shapes = runs
    .filter((run) => run.length > 0)
    .map((run) => {
      const line = run.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
      return `<path class="area" d="${line}L${run.at(-1)?.x ?? 0} ${bottom}L${run[0]?.x ?? 0} ${bottom}Z"/><path class="figure" d="${line}"/>`;
    });
  const labels = [highest, floor].map((value) => `<text class="tick" text-anchor="end" x="${leftPx - 6}" y="${yOf(value) + 4}">${escaped(shortValue(value, unit))}</text>`);
  return `${labels.join('')}${shapes.join('')}`;
}

function shortValue(value: number, unit: FigureLane['unit']): string {
  if (unit === 'bit/s') return value >= 1e9 ? `${Math.round(value / 1e8) / 10} G` : value >= 1e6 ? `${Math.round(value / 1e6)} M` : value === 0 ? '0' : `${Math.round(value / 1e3)} k`;
  return unit === '%' ? `${Math.round(value)} %` : String(Math.round(value * 10) / 10);
}
