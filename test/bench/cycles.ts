// Lets a stream client crash a thousand times and looks what that leaves behind: descriptors, threads, processes, memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg, release } from 'node:os';
import { createInterface } from 'node:readline';
import { bundleThread } from '../threads-bundle';
import type { BenchOptions, BenchOutcome } from './bench';
import { builtDirectory } from './built-engine';
import type { CycleOrders, Leavings } from './cycles-driver';
import type { CycleGoal, CyclesReport } from './cycles-report';
import { cyclesTable } from './cycles-table';
import { figureOf, hundredths } from './figures';

export const cyclesAbout = 'a thousand crashes and reconnects, and what they leave behind';

/** Until caches, pools and compiled code are there, and the heap has found its size. */
const warmUpCycles = 50;
const samplesWanted = 10;
const memoryGrowth = 1.1;
/**
 * V8's young generations and malloc's arenas grow for minutes with what is thrown away, by more than a leak of a thousand
 * crashes would: held small, so that what grows is what is kept.
 */
const measurable = ['--expose-gc', '--max-semi-space-size=1'];

export async function measureCycles(options: BenchOptions): Promise<BenchOutcome> {
  const loadBefore = loadavg().map(hundredths);
  options.progress('starting Xvfb, Xvnc, sshd, an app and Athena ...');
  const samples: Omit<Leavings, 'crashToResumedMs'>[] = [];
  const durations: number[] = [];
  await driveCycles(options, ({ crashToResumedMs, ...sample }) => {
    samples.push(sample);
    durations.push(...crashToResumedMs);
    options.progress(JSON.stringify(sample));
  });
  const goals = judge(samples);
  const report: CyclesReport = {
    bench: 'cycles',
    ok: goals.every(({ met }) => met),
    cycles: options.runs,
    machine: { node: process.versions.node, kernel: release(), cpus: cpus().length, loadBefore, loadAfter: loadavg().map(hundredths) },
    crashToResumed: figureOf(durations),
    samples,
    goals,
  };
  return { ok: report.ok, report, table: cyclesTable(report) };
}

/** In a process of its own, with nothing in it but Athena: what a bundler holds would hide what is lost. */
async function driveCycles({ runs, cleanUp, signal }: BenchOptions, tell: (sample: Leavings) => void): Promise<void> {
  const script = await bundleThread('test/bench/cycles-driver.ts');
  const collector = await bundleThread('test/bench/thread-collector.ts');
  const orders: CycleOrders = { builtDirectory, warmUpCycles, cycles: runs, sampleEvery: Math.max(1, Math.floor(runs / samplesWanted)) };
  const driver = spawn(process.execPath, [...measurable, '--require', collector, script, JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // mallopt(3): one arena, and thresholds that do not rise by themselves.
    env: { ...process.env, MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '131072' },
  });
  const ended = once(driver, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const stop = (): void => void driver.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  // It ends its servers itself, and is waited for.
  cleanUp.add(async () => {
    stop();
    await ended;
  });
  createInterface({ input: driver.stdout }).on('line', (line) => tell(JSON.parse(line) as Leavings));
  const [code, killedBy] = await ended;
  if (code !== 0) throw new Error(`the driver ended with ${String(code ?? killedBy)}`);
}

function judge(samples: CyclesReport['samples']): CycleGoal[] {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || first === last) throw new Error('nothing was measured');
  const atMost = (goal: string, value: number, most: number): CycleGoal => ({ goal, value: hundredths(value), atMost: hundredths(most), met: value <= most });
  return [
    atMost('descriptors', last.descriptors, first.descriptors),
    atMost('threads', last.threads, first.threads),
    atMost('processes', last.processes, first.processes),
    atMost('memory (RSS) in the end, MiB', last.rssMiB, first.rssMiB * memoryGrowth),
    atMost('heaps of all threads after collection, MiB', last.heapUsedMiB, first.heapUsedMiB * memoryGrowth),
  ];
}
