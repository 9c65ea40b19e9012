// What a trace says, in the terms the rules ask in: who was bad when, together with whom, and what else moved at that time.
import { tell, type Told } from '../../common/told';
import type { TraceProbe, TraceSource, TraceTarget, TraceTelemetry } from '../../common/trace';
import { binMs, median, probeSeries, type ProbeSeries } from './probe-series';
import type { Trace } from './trace-reader';

/** A second counts as bad from this share of bad samples on. */
const badShare = 0.4;

export type Gauge = 'psiCpu' | 'psiIo' | 'psiMemory' | 'stealPct' | 'rxBps' | 'txBps';
export type Counter = 'rxDrops' | 'txDrops' | 'udpRcvErrors';

export interface IncidentFacts {
  readonly trace: Trace;
  /** Seconds of the trace, rounded up. */
  readonly bins: number;
  readonly series: readonly ProbeSeries[];
  /** Seconds in which the way to the host was bad; where it never was, to anybody else; where nobody was, in which this machine itself was late. */
  readonly troubleBins: readonly number[];
  /** Of the trouble: seconds in which the host itself was bad. */
  readonly hostBins: readonly number[];
  /** Nobody but this machine itself was bad. */
  readonly isOwnTrouble: boolean;
  /** Stretches of trouble, in milliseconds of the trace; gaps of up to two seconds belong to one. */
  readonly episodes: readonly Episode[];
}

export interface Episode {
  readonly fromMs: number;
  readonly toMs: number;
}

export function incidentFacts(trace: Trace): IncidentFacts {
  const lastMs = Math.max(0, ...lastOf(trace));
  const bins = Math.floor(lastMs / binMs) + 1;
  const keys = new Map<string, { target: TraceTarget; probe: TraceProbe; samples: Trace['samples'][number][] }>();
  for (const sample of trace.samples) {
    const key = `${sample.target}/${sample.probe}`;
    const known = keys.get(key) ?? { target: sample.target, probe: sample.probe, samples: [] };
    known.samples.push(sample);
    keys.set(key, known);
  }
  const series = [...keys.values()].map(({ target, probe, samples }) => probeSeries(target, probe, samples, bins));
  const hostBins = badBins(series, ['host', 'port'], bins);
  const allBins = badBins(series, ['host', 'port', 'vmhost', 'gateway', 'peer'], bins);
  const ownBins = badBins(series, ['self'], bins);
  const isOwnTrouble = allBins.length === 0 && ownBins.length > 0;
  const troubleBins = hostBins.length > 0 ? hostBins : isOwnTrouble ? ownBins : allBins;
  return { trace, bins, series, troubleBins, hostBins, isOwnTrouble, episodes: episodesOf(allBins) };
}

/** No spread of arguments: a trace has hundreds of thousands of samples. */
function lastOf(trace: Trace): number[] {
  return [trace.samples, trace.telemetry, trace.addresses, trace.client, trace.host].map((list) => list.at(-1)?.tMs ?? 0);
}

function badBins(series: readonly ProbeSeries[], targets: readonly TraceTarget[], bins: number): number[] {
  const found: number[] = [];
  for (let bin = 0; bin < bins; bin += 1) {
    if (targets.some((target) => (badnessAt(series, target, bin) ?? 0) >= badShare)) found.push(bin);
  }
  return found;
}

/** How bad a target was in one second, by the best of its probes: one service that hangs is no network. @returns null: not asked */
function badnessAt(series: readonly ProbeSeries[], target: TraceTarget, bin: number): number | null {
  const all = series.filter((one) => one.target === target).map(({ badness }) => badness[bin] ?? Number.NaN);
  const asked = all.filter((value) => !Number.isNaN(value));
  return asked.length === 0 ? null : Math.min(...asked);
}

function episodesOf(bins: readonly number[]): Episode[] {
  const episodes: Episode[] = [];
  for (const bin of bins) {
    const last = episodes.at(-1);
    if (last && bin * binMs - last.toMs <= 2 * binMs) episodes[episodes.length - 1] = { fromMs: last.fromMs, toMs: (bin + 1) * binMs };
    else episodes.push({ fromMs: bin * binMs, toMs: (bin + 1) * binMs });
  }
  return episodes;
}

/** How bad a target was, on average, in these seconds and the one after each. @returns null: it was not asked in them */
export function badnessIn({ series }: IncidentFacts, target: TraceTarget, bins: readonly number[]): number | null {
  const values = bins.flatMap((bin) => badnessAt(series, target, bin) ?? []);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Whether a target was asked at all. */
export function isMeasured({ series }: IncidentFacts, target: TraceTarget): boolean {
  return series.some((one) => one.target === target);
}

export function seriesOf({ series }: IncidentFacts, target: TraceTarget, probe?: TraceProbe): readonly ProbeSeries[] {
  return series.filter((one) => one.target === target && (probe === undefined || one.probe === probe));
}

/** Lost samples of a target in these seconds, 0 to 1, by the probe that lost least. @returns null: not asked */
export function lossIn(facts: IncidentFacts, target: TraceTarget, bins: readonly number[]): number | null {
  const each = seriesOf(facts, target).flatMap(({ loss }) => {
    const values = bins.map((bin) => loss[bin] ?? Number.NaN).filter((value) => !Number.isNaN(value));
    return values.length === 0 ? [] : [values.reduce((sum, value) => sum + value, 0) / values.length];
  });
  return each.length === 0 ? null : Math.min(...each);
}

/** The median of the worst answers of these seconds, by the quickest probe; null: none was answered. */
export function worstIn(facts: IncidentFacts, target: TraceTarget, bins: readonly number[]): number | null {
  const each = seriesOf(facts, target).flatMap(({ worstMs }) => {
    const values = bins.map((bin) => worstMs[bin] ?? Number.NaN).filter((value) => !Number.isNaN(value));
    return values.length === 0 ? [] : [median(values)];
  });
  return each.length === 0 ? null : Math.min(...each);
}

/** Telemetry lies up to a second beside the samples. */
function near(bins: readonly number[], tMs: number): boolean {
  const bin = Math.floor(tMs / binMs);
  return bins.some((one) => Math.abs(one - bin) <= 2);
}

export interface GaugeReading {
  /** The typical value in the trouble; null: not told. */
  readonly inTrouble: number | null;
  readonly highest: number | null;
  readonly outside: number | null;
}

export function gauge({ trace, troubleBins }: IncidentFacts, source: TraceSource, key: Gauge): GaugeReading {
  const told = trace.telemetry.filter((one) => one.source === source && typeof one[key] === 'number');
  const value = (one: TraceTelemetry): number => Number(one[key]);
  const inside = told.filter(({ tMs }) => near(troubleBins, tMs)).map(value);
  const outside = told.filter(({ tMs }) => !near(troubleBins, tMs)).map(value);
  return {
    inTrouble: inside.length === 0 ? null : median(inside),
    highest: inside.length === 0 ? null : Math.max(...inside),
    outside: outside.length === 0 ? null : median(outside),
  };
}

/** The pressure (PSI, percent) of what waited most in the trouble; 0: no more than at other times, so it explains nothing. */
export function raisedPressure(facts: IncidentFacts, source: TraceSource): number {
  const readings = (['psiCpu', 'psiIo', 'psiMemory'] as const).map((key) => gauge(facts, source, key));
  const raised = readings.map(({ inTrouble, outside }) => (inTrouble !== null && inTrouble > (outside ?? 0) * 1.5 + 5 ? inTrouble : 0));
  return Math.max(...raised);
}

/** The lowest value of a gauge between two moments as a share of what is usual at other times; null: not told at both. */
export function fellTo({ trace }: IncidentFacts, source: TraceSource, key: Gauge, fromMs: number, toMs: number): number | null {
  const told = trace.telemetry.filter((one) => one.source === source && typeof one[key] === 'number');
  const inside = told.filter(({ tMs }) => tMs >= fromMs && tMs <= toMs).map((one) => Number(one[key]));
  const outside = told.filter(({ tMs }) => tMs < fromMs).map((one) => Number(one[key]));
  const usual = median(outside);
  return inside.length === 0 || outside.length === 0 || usual <= 0 ? null : Math.min(...inside) / usual;
}

/** The highest value of a gauge in the whole trace; 0: never told. */
export function highest({ trace }: IncidentFacts, source: TraceSource, key: Gauge): number {
  return Math.max(0, ...trace.telemetry.flatMap((one) => (one.source === source && typeof one[key] === 'number' ? [Number(one[key])] : [])));
}

/** How much a counter grew over the whole trace, and how much of that in the trouble. A counter that falls was reset. */
export function counted({ trace, troubleBins }: IncidentFacts, source: TraceSource, key: Counter): { readonly all: number; readonly inTrouble: number } {
  const told = trace.telemetry.filter((one) => one.source === source && typeof one[key] === 'number');
  const growth = { all: 0, inTrouble: 0 };
  for (const [index, one] of told.entries()) {
    const before = told[index - 1];
    if (!before) continue;
    const step = Math.max(0, Number(one[key]) - Number(before[key]));
    growth.all += step;
    if (near(troubleBins, one.tMs) || near(troubleBins, before.tMs)) growth.inTrouble += step;
  }
  return growth;
}

/** Whether a source told of its link being down, and when first. */
export function linkDownAt({ trace }: IncidentFacts, source: TraceSource): number | null {
  return trace.telemetry.find((one) => one.source === source && one.linkUp === false)?.tMs ?? null;
}

export function isTold({ trace }: IncidentFacts, source: TraceSource): boolean {
  return trace.telemetry.some((one) => one.source === source);
}

/** Whether the way to the host was bad in the seconds before a moment. */
export function wasBadBefore({ hostBins, troubleBins }: IncidentFacts, tMs: number, windowMs = 12_000): boolean {
  const bins = hostBins.length > 0 ? hostBins : troubleBins;
  return bins.some((bin) => bin * binMs <= tMs && (bin + 1) * binMs >= tMs - windowMs);
}

export function seconds(ms: number): Told {
  return tell`${Math.round(ms / 100) / 10} s`;
}

export function percent(share: number): Told {
  return tell`${Math.round(share * 100)} %`;
}

export function ms(value: number): Told {
  return tell`${value >= 10 ? Math.round(value) : Math.round(value * 100) / 100} ms`;
}
