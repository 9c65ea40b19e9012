// Measures the probes: whether they say what a plain ping says, whether they find disorder, and what they cost beside fping.
import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { nearestRank } from '../../electron/common/latency-statistics';
import type { BenchOptions, BenchOutcome } from './bench';
import { hundredths } from './figures';
import type { LoadAnswer } from './probe-load';
import { lossEvery, mainThreadMs, processorMs, ProbeWorld, targets, type PlainPing } from './probe-world';

export const probesAbout = 'round-trip time, loss and disorder beside a plain ping; the cost of ten targets at 5 Hz beside fping';

const intervalMs = 200;
const warmUpMs = 15_000;
const blockMs = 2_000;
const goals = { medianUs: 50, lossRatio: 0.005, timesFping: 3, corePct: 2 } as const;

interface Beside {
  readonly athena: number;
  readonly plain: number;
}

export interface ProbesReport {
  readonly ok: boolean;
  readonly medianRttMs: Beside;
  readonly p99RttMs: Beside;
  /** Of the questions to an address that answers fifteen of sixteen. */
  readonly lossRatio: Beside;
  /** Shares of the questions that were answered after a younger one, where one packet in ten overtakes. */
  readonly reorderedRatio: Beside;
  /** While the main thread was held: the round-trip times go on as they were. */
  readonly mainThreadHeld: { readonly ms: number; readonly samples: number; readonly lost: number; readonly medianRttMs: number };
  /** Processor time as a share of one core, all processes and threads, measured side by side. */
  readonly corePct: { readonly athena: number; readonly mainThread: number; readonly pings: number; readonly fping: number; readonly timesFping: number; readonly perTarget: number };
  readonly goals: typeof goals & { readonly missed: readonly string[] };
  readonly load: readonly number[];
}

/** `--runs`: for how many seconds each of the three is measured. */
export async function measureProbes(options: BenchOptions): Promise<BenchOutcome> {
  if (spawnSync('fping', ['-v']).status !== 0) throw new Error('fping is missing: install it (Debian: fping)');
  const world = await ProbeWorld.create(options, false);
  const { progress } = options;
  progress(`round-trip time and loss beside a plain ping, ${options.runs} s ...`);
  const truth = await measureTruth(world, options);
  progress(`disorder, ${options.runs} s ...`);
  const reorderedRatio = await measureDisorder(await ProbeWorld.create(options, true), options);
  progress(`cost of ${targets} targets beside fping, ${options.runs} s ...`);
  const cost = await measureCost(world, options);
  const found = { ...truth, reorderedRatio, ...cost };
  const missed = missedGoals(found);
  const report: ProbesReport = { ok: missed.length === 0, ...found, goals: { ...goals, missed }, load: loadavg().map(hundredths) };
  return { ok: report.ok, report, table: tableOf(report) };
}

async function measureTruth(world: ProbeWorld, { runs, signal }: BenchOptions): Promise<Pick<ProbesReport, 'medianRttMs' | 'p99RttMs' | 'lossRatio'>> {
  const load = world.load([world.lossy], intervalMs);
  const plain = world.plainPing(world.lossy, intervalMs);
  await sleep(runs * 1_000, undefined, { signal });
  await plain.stop();
  // The last questions are told as lost a second later.
  await sleep(1_500, undefined, { signal });
  const athena = await load.tell();
  await load.stop();
  const ours = answered(athena);
  const theirs = plain.lines.flatMap((line) => (line.kind === 'reply' ? [line.rttMs] : []));
  return {
    medianRttMs: { athena: ranked(ours, 50), plain: ranked(theirs, 50) },
    p99RttMs: { athena: ranked(ours, 99), plain: ranked(theirs, 99) },
    lossRatio: { athena: lossOf([...athena.samples].sort(([one], [other]) => one - other).map(([, rttMs]) => rttMs !== null)), plain: lossOf(plainAnswers(plain)) },
  };
}

async function measureDisorder(world: ProbeWorld, { runs, signal }: BenchOptions): Promise<Beside> {
  // Who overtakes is 300 ms ahead of the question before, which was sent 200 ms earlier.
  world.network.impair({ roundTripMs: 600, lossRatio: 0, reorderRatio: 0.1 });
  const load = world.load([world.network.farAddress], intervalMs);
  const plain = world.plainPing(world.network.farAddress, intervalMs);
  await sleep(runs * 1_000, undefined, { signal });
  await plain.stop();
  const athena = await load.tell();
  await load.stop();
  const numbers = plain.lines.flatMap((line) => (line.kind === 'reply' ? [line.seq] : []));
  const behind = numbers.filter((seq, index) => numbers.slice(0, index).some((before) => before > seq)).length;
  return { athena: athena.reordered / athena.samples.length, plain: behind / numbers.length };
}

async function measureCost(world: ProbeWorld, { runs, signal }: BenchOptions): Promise<Pick<ProbesReport, 'mainThreadHeld' | 'corePct'>> {
  const quiet = world.addresses;
  const load = world.load(quiet, intervalMs);
  const fping = world.fping(intervalMs);
  await sleep(warmUpMs, undefined, { signal });
  const look = (): readonly number[] => [processorMs(load.pid), mainThreadMs(load.pid), pingsMs(load.pid), processorMs(fping.pid)];
  const [before, startedMs] = [look(), performance.now()];
  await sleep(runs * 1_000, undefined, { signal });
  const [after, tookMs] = [look(), performance.now() - startedMs];
  await fping.stop();
  const [athena = 0, mainThread = 0, pings = 0, fpingPct = 0] = after.map((ms, index) => ((ms - (before[index] ?? 0)) / tookMs) * 100);

  await load.tell();
  const heldAtMs = Date.now() + 100;
  load.order(`block ${blockMs}`);
  await sleep(blockMs + 2_000, undefined, { signal });
  const told = await load.tell();
  await load.stop();
  // The last address loses one in sixteen by itself.
  const held = told.samples.filter(([atMs]) => atMs >= heldAtMs && atMs < heldAtMs + blockMs - 300);
  const expectedLosses = Math.ceil(held.length / targets / 10) + 1;
  const lost = held.filter(([, rttMs]) => rttMs === null).length;
  return {
    mainThreadHeld: { ms: blockMs, samples: held.length, lost: Math.max(0, lost - expectedLosses), medianRttMs: ranked(held.flatMap(([, rttMs]) => rttMs ?? []), 50) },
    corePct: {
      athena: hundredths(athena),
      mainThread: hundredths(mainThread),
      pings: hundredths(pings),
      fping: hundredths(fpingPct),
      timesFping: hundredths(athena / fpingPct),
      perTarget: hundredths(athena / targets),
    },
  };
}

function pingsMs(pid: number): number {
  return processorMs(pid) - processorMs(pid, false);
}

function answered({ samples }: LoadAnswer): number[] {
  return samples.flatMap(([, rttMs]) => rttMs ?? []);
}

function ranked(values: readonly number[], percent: number): number {
  const value = nearestRank(Float64Array.from(values).sort(), percent);
  if (value === null) throw new Error('nothing was measured');
  return value;
}

/** Of whole rounds of sixteen: a part of one would have more or fewer losses than its share. @param answers in the order of sending */
function lossOf(answers: readonly boolean[]): number {
  const whole = answers.slice(0, Math.floor(answers.length / lossEvery) * lossEvery);
  return whole.filter((isAnswered) => !isAnswered).length / whole.length;
}

/** Of the questions that had a second to be answered in. */
function plainAnswers({ lines }: PlainPing): boolean[] {
  const newest = Math.max(...lines.flatMap((line) => ('seq' in line ? [line.seq] : []))) - 1_000 / intervalMs;
  const replied = new Set(lines.flatMap((line) => (line.kind === 'reply' ? [line.seq] : [])));
  return Array.from({ length: newest }, (_, index) => replied.has(index + 1));
}

function missedGoals(found: Pick<ProbesReport, 'medianRttMs' | 'lossRatio' | 'reorderedRatio' | 'mainThreadHeld' | 'corePct'>): string[] {
  const { medianRttMs, lossRatio, reorderedRatio, mainThreadHeld, corePct } = found;
  const checks: readonly (readonly [met: boolean, words: string])[] = [
    [Math.abs(medianRttMs.athena - medianRttMs.plain) * 1_000 <= goals.medianUs, 'median round-trip time'],
    [Math.abs(lossRatio.athena - lossRatio.plain) <= goals.lossRatio, 'loss'],
    [reorderedRatio.plain > 0 && reorderedRatio.athena > 0, 'reordering'],
    [mainThreadHeld.samples > 0 && mainThreadHeld.lost === 0, 'a held main thread'],
    [corePct.timesFping <= goals.timesFping, 'cost beside fping'],
    [corePct.athena <= goals.corePct, 'cost'],
  ];
  return checks.flatMap(([met, words]) => (met ? [] : [words]));
}

function tableOf({ medianRttMs, p99RttMs, lossRatio, reorderedRatio, mainThreadHeld, corePct, goals: { missed } }: ProbesReport): string {
  const ms = (value: number): string => `${value.toFixed(3)} ms`;
  const pct = (value: number): string => `${(value * 100).toFixed(2)} %`;
  const row = (what: string, athena: string, other: string): string => `${what.padEnd(26)}${athena.padEnd(14)}${other}`;
  return [
    row('', 'Athena', 'plain ping'),
    row('median round-trip time', ms(medianRttMs.athena), ms(medianRttMs.plain)),
    row('99th percentile', ms(p99RttMs.athena), ms(p99RttMs.plain)),
    row('lost', pct(lossRatio.athena), pct(lossRatio.plain)),
    row('reordered', pct(reorderedRatio.athena), pct(reorderedRatio.plain)),
    '',
    `main thread held for ${mainThreadHeld.ms} ms: ${mainThreadHeld.samples} samples, ${mainThreadHeld.lost} lost by it, median ${ms(mainThreadHeld.medianRttMs)}`,
    `${targets} targets at 5 Hz: ${corePct.athena} % of a core (pings ${corePct.pings}, main thread ${corePct.mainThread}), fping ${corePct.fping} %: ${corePct.timesFping} times`,
    missed.length === 0 ? 'All goals are met.' : `Missed: ${missed.join(', ')}.`,
  ].join('\n');
}
