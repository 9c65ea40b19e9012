// The traces that the diagnosis is measured with: brought back by their seed, well-formed, and physically possible.
import { describe, expect, it } from 'vitest';
import { causeIdSchema, traceLineSchema, type TraceLine, type TraceSample, type TraceTelemetry } from '../../../../electron/common/trace';
import { generateTrace, traceCases, traceText } from '../../../bench/diagnosis/generate';

const seeds = [0, 1, 2];
const made = new Map<string, TraceLine[]>();

/** Made once: hundreds of thousands of samples are looked at from several sides. */
function traceOf(name: string, seed: number): TraceLine[] {
  const key = `${name} ${seed}`;
  const lines = made.get(key) ?? freshTraceOf(name, seed);
  made.set(key, lines);
  return lines;
}

function freshTraceOf(name: string, seed: number): TraceLine[] {
  const traceCase = traceCases.find((one) => one.name === name);
  if (!traceCase) throw new Error(`no case ${name}`);
  return generateTrace(traceCase, seed);
}

const samplesOf = (lines: readonly TraceLine[]): TraceSample[] => lines.filter((line) => line.kind === 'sample');
const telemetryOf = (lines: readonly TraceLine[]): TraceTelemetry[] => lines.filter((line) => line.kind === 'telemetry');
const median = (values: readonly number[]): number => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

describe('the cases', () => {
  it('cover every cause of the contract, and nothing else', () => {
    expect([...new Set(traceCases.map(({ expected }) => expected))].sort()).toEqual([...causeIdSchema.options].sort());
    expect(new Set(traceCases.map(({ name }) => name)).size).toBe(traceCases.length);
  });
});

describe.each(traceCases.map(({ name }) => name))('a trace of %s', (name) => {
  it('is the same for the same seed, and another for another', () => {
    const text = traceText(freshTraceOf(name, 2));
    expect(text).toBe(traceText(traceOf(name, 2)));
    expect(text).not.toBe(traceText(traceOf(name, 1)));
  });

  it.each(seeds)('keeps to the format, seed %i', (seed) => {
    const text = traceText(traceOf(name, seed));
    const lines = text.trimEnd().split('\n');
    const broken = lines.filter((line) => !traceLineSchema.safeParse(JSON.parse(line)).success);
    expect(broken).toEqual([]);
    expect(lines.filter((line) => line.startsWith('{"kind":"meta"'))).toHaveLength(1);
    expect(lines[0]).toContain('"kind":"meta"');
  });

  it.each(seeds)('lies within one to five minutes, seed %i', (seed) => {
    const times = traceOf(name, seed).flatMap((line) => (line.kind === 'meta' ? [] : [line.tMs]));
    const lastMs = Math.max(...times.slice(-50), ...times.slice(0, 50));
    expect(lastMs).toBeGreaterThan(50_000);
    expect(times.every((tMs) => tMs >= 0 && tMs <= 300_000)).toBe(true);
  });

  it.each(seeds)('tells no more of a sample than a prober can know, seed %i', (seed) => {
    const samples = samplesOf(traceOf(name, seed));
    expect(samples.length).toBeGreaterThan(50);
    expect(samples.filter(({ rttMs }) => rttMs !== null && (rttMs <= 0 || rttMs > 60_000))).toEqual([]);
    expect(samples.filter(({ rttMs, late, reordered, duplicate }) => rttMs === null && (late ?? reordered ?? duplicate))).toEqual([]);
  });

  it.each(seeds)('has figures that a machine can have, seed %i', (seed) => {
    const telemetry = telemetryOf(traceOf(name, seed));
    const percents = telemetry.flatMap(({ psiCpu, psiIo, psiMemory, stealPct }) => [psiCpu ?? 0, psiIo ?? 0, psiMemory ?? 0, stealPct ?? 0]);
    expect(percents.filter((percent) => percent < 0 || percent > 100)).toEqual([]);
    const rates = telemetry.flatMap(({ rxBps, txBps }) => [rxBps ?? 0, txBps ?? 0]);
    expect(rates.filter((bps) => bps < 0 || bps > 2.6e9)).toEqual([]);
  });

  it.each(seeds)('counts upwards, unless the host began anew, seed %i', (seed) => {
    const telemetry = telemetryOf(traceOf(name, seed));
    const falls = (['self', 'host', 'vmhost'] as const).flatMap((source) =>
      (['rxDrops', 'txDrops', 'udpRcvErrors'] as const).flatMap((field) => {
        const counts = telemetry.filter((line) => line.source === source).flatMap((line) => (typeof line[field] === 'number' ? [line[field]] : []));
        return counts.some((count, number) => count < (counts[number - 1] ?? 0)) ? [source] : [];
      }),
    );
    expect(falls.filter((source) => !(name === 'host-rebooted' && source === 'host'))).toEqual([]);
  });

  it.each(seeds)('lets no client speak after its end, seed %i', (seed) => {
    const events = traceOf(name, seed).flatMap((line) => (line.kind === 'client' ? [line.event] : []));
    const afterExit = events.flatMap((event, number) => (event === 'exit' && number + 1 < events.length ? [events[number + 1]] : []));
    expect(afterExit.filter((event) => event !== 'stage')).toEqual([]);
  });
});

describe('the simulated network', () => {
  it('loses and delays next to nothing while nothing is wrong', () => {
    for (const seed of [0, 1, 2, 3, 4, 5]) {
      const samples = samplesOf(traceOf('nothing-wrong', seed));
      const answered = samples.flatMap(({ rttMs }) => (rttMs === null ? [] : [rttMs]));
      expect(answered.length / samples.length).toBeGreaterThan(0.98);
      expect(median(answered)).toBeLessThan(12);
    }
  });

  it('keeps the order of answers where there is one way only', () => {
    const samples = samplesOf(traceOf('router-freeze', 2)).filter(({ target, duplicate }) => target === 'gateway' && duplicate !== true);
    const arrivals = samples.sort((one, other) => one.tMs - other.tMs).flatMap(({ tMs, rttMs }) => (rttMs === null ? [] : [tMs + rttMs]));
    expect(arrivals.length).toBeGreaterThan(50);
    expect(arrivals.every((at, number) => at >= (arrivals[number - 1] ?? 0) - 0.2)).toBe(true);
  });

  it('answers late rather than never once a frozen router goes on', () => {
    const slowest = seeds.map((seed) => Math.max(...samplesOf(traceOf('router-freeze', seed)).filter(({ target }) => target === 'gateway').map(({ rttMs }) => rttMs ?? 0)));
    expect(slowest.every((rttMs) => rttMs > 300)).toBe(true);
  });

  it('leaves vantage points and figures out, differently each time', () => {
    const seen = Array.from({ length: 12 }, (_unused, seed) => [...new Set(samplesOf(traceOf('client-crash', seed)).map(({ target }) => target))].sort().join());
    expect(new Set(seen).size).toBeGreaterThan(3);
    const withVmHost = Array.from({ length: 12 }, (_unused, seed) => telemetryOf(traceOf('vm-host-cpu-pressure', seed)).some(({ source }) => source === 'vmhost'));
    expect(new Set(withVmHost).size).toBe(2);
  });
});
