// Measures Athena's window beside the smallest Electron application in the same run: start, memory, idle work, pad and graphs.
import { cpus, loadavg, release } from 'node:os';
import { nearestRank } from '../../electron/common/latency-statistics';
import type { RunningAthena } from '../e2e/electron-app';
import { startSessionBus } from '../peers/session-bus';
import { startTrayWatcher } from '../peers/tray-watcher';
import { startXvfb } from '../peers/xvfb';
import type { BenchOptions, BenchOutcome } from './bench';
import { CleanUp } from './clean-up';
import { hundredths } from './figures';
import { measureGraphs } from './graphs';
import { startHelloWorld } from './hello-world';
import { startLibraryWorld } from './library-world';
import { padPressFrames } from './pad-press';
import { memoryMb, processorTimes, spentMs } from './process-cost';

export const uiAbout = 'start, memory and idle work of the window, beside a bare Electron; a press of the pad, and live graphs';

const entries = 1_000;
/** What follows a start (looking for clients and hosts, compiling, collecting) is over by then. */
const restMs = 6_000;
const idleMs = 10_000;
const presses = 60;

/** Of one start; memory in megabytes, work in percent of a core. */
interface Seen {
  readonly startMs: number;
  readonly shownMb: number;
  readonly hiddenMb: number;
  readonly idlePercent: number;
  readonly probePercent: number;
  readonly hiddenRendererPercent: number;
}

interface UiGoal {
  readonly goal: string;
  readonly value: number;
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly met: boolean;
}

interface UiReport {
  readonly bench: 'ui';
  readonly ok: boolean;
  readonly runs: number;
  readonly entries: number;
  readonly machine: { readonly node: string; readonly kernel: string; readonly cpus: number; readonly loadBefore: readonly number[]; readonly loadAfter: readonly number[] };
  readonly medians: { readonly helloWorld: Seen; readonly athena: Seen };
  readonly goals: readonly UiGoal[];
}

export async function measureUi(options: BenchOptions): Promise<BenchOutcome<UiReport>> {
  const { runs, signal, progress, cleanUp } = options;
  const loadBefore = loadavg().map(hundredths);
  if (!process.env['DISPLAY']) {
    const screen = await startXvfb({ widthPx: 1600, heightPx: 1000, windowManager: true });
    process.env['DISPLAY'] = screen.display;
    cleanUp.add(() => screen.stop());
  }
  const hello: Seen[] = [];
  const athena: Seen[] = [];
  const pressFrames: number[] = [];
  // The first of each is thrown away: the caches of the disk are filled by it.
  for (let run = 0; run <= runs; run += 1) {
    signal.throwIfAborted();
    const bare = await withOwnCleanUp(async (own) => look(await startHelloWorld({ cleanUp: own }), { putAway: 'hide' }));
    const full = await withOwnCleanUp(async (own) => {
      const { athena: started } = await startLibraryWorld(entries, { ...options, cleanUp: own }, { DBUS_SESSION_BUS_ADDRESS: await startPanel(own) });
      const press = async (): Promise<void> => {
        if (run > 0) pressFrames.push(...(await padPressFrames(started.window, Math.ceil(presses / runs))));
      };
      return look(started, { putAway: 'close', beforePutAway: press });
    });
    progress(`${run}/${runs}: start ${full.startMs} ms beside ${bare.startMs}, ${Math.round(full.shownMb)} MB beside ${Math.round(bare.shownMb)}, hidden ${Math.round(full.hiddenMb)}, idle ${full.idlePercent.toFixed(1)} %`);
    if (run === 0) continue;
    hello.push(bare);
    athena.push(full);
  }
  progress('live graphs ...');
  const graphs = (await measureGraphs({ ...options, runs: 1 })).report;
  const goals = [...judgeUi(hello, athena, pressFrames), ...graphs.goals];
  const ok = goals.every(({ met }) => met);
  const machine = { node: process.versions.node, kernel: release(), cpus: cpus().length, loadBefore, loadAfter: loadavg().map(hundredths) };
  const report: UiReport = { bench: 'ui', ok, runs, entries, machine, medians: { helloWorld: medians(hello), athena: medians(athena) }, goals };
  return { ok, report, table: tableOf(report) };
}

/** Ends what one start needed before the next begins: two at once would burden each other. */
async function withOwnCleanUp<T>(measure: (own: CleanUp) => Promise<T>): Promise<T> {
  const own = new CleanUp();
  try {
    return await measure(own);
  } finally {
    await own.run();
  }
}

/** A desktop on which a closed window leaves its icon in the tray. @returns the address of its session bus */
async function startPanel(own: CleanUp): Promise<string> {
  const bus = await startSessionBus();
  own.add(() => bus.stop());
  const watcher = await startTrayWatcher(bus.address);
  own.add(() => watcher.stop());
  return bus.address;
}

interface Handling {
  /** Out of sight, as each of the two does it. */
  readonly putAway: 'hide' | 'close';
  readonly beforePutAway?: () => Promise<void>;
}

/** The window shows its tiles already. */
async function look({ app, window, launchedAtMs }: RunningAthena, { putAway, beforePutAway }: Handling): Promise<Seen> {
  const startMs = Date.now() - launchedAtMs;
  const root = app.process().pid;
  if (root === undefined) throw new Error('Electron is gone');
  await window.waitForTimeout(restMs);
  const shownMb = memoryMb(root);
  const shown = await idle(root);
  const renderers = await app.evaluate(({ app: electron }) => electron.getAppMetrics().filter(({ type }) => type === 'Tab').map(({ pid }) => pid));
  if (renderers.length === 0) throw new Error('Electron names no renderer');
  await beforePutAway?.();
  // Not within the call: the driver takes its own answer for lost with the window.
  await app.evaluate(({ BrowserWindow }, act) => void setTimeout(() => BrowserWindow.getAllWindows().forEach((each) => each[act]()), 50), putAway);
  await new Promise((done) => setTimeout(done, restMs));
  const hiddenMb = memoryMb(root);
  const hidden = await idle(root, renderers);
  return { startMs, shownMb, hiddenMb, idlePercent: shown.percent, probePercent: shown.probePercent, hiddenRendererPercent: hidden.renderers };
}

async function idle(root: number, renderers: readonly number[] = []): Promise<{ readonly percent: number; readonly probePercent: number; readonly renderers: number }> {
  const [before, beforeMs] = [processorTimes(root), performance.now()];
  await new Promise((done) => setTimeout(done, idleMs));
  const after = processorTimes(root);
  const percentOf = (counts: (pid: number, command: string) => boolean): number => (spentMs(before, after, counts) / (performance.now() - beforeMs)) * 100;
  const isPing = (_pid: number, command: string): boolean => command === 'ping';
  return { percent: percentOf((pid, command) => !isPing(pid, command)), probePercent: percentOf(isPing), renderers: percentOf((pid) => renderers.includes(pid)) };
}

function judgeUi(hello: readonly Seen[], athena: readonly Seen[], pressFrames: readonly number[]): UiGoal[] {
  const [bare, full] = [medians(hello), medians(athena)];
  const goal = (text: string, value: number, atMost: number): UiGoal => ({ goal: text, value: hundredths(value), atMost, met: value <= atMost });
  return [
    goal(`start to ${entries} entries in the library, times a bare Electron's start`, full.startMs / bare.startMs, 1.6),
    goal("memory of the window, times a bare Electron's", full.shownMb / bare.shownMb, 1.5),
    goal("memory while hidden, times a bare Electron's", full.hiddenMb / bare.hiddenMb, 1.15),
    goal("the hidden window's renderer, % of a core beyond a bare Electron's", Math.max(0, full.hiddenRendererPercent - bare.hiddenRendererPercent), 0.1),
    goal('idle, all processes but ping, % of a core', full.idlePercent, 1),
    goal('pad press → focus moved, p95, frames', rank(pressFrames, 95), 2),
  ];
}

function medians(seen: readonly Seen[]): Seen {
  const of = (key: keyof Seen): number => hundredths(rank(seen.map((each) => each[key]), 50));
  return { startMs: of('startMs'), shownMb: of('shownMb'), hiddenMb: of('hiddenMb'), idlePercent: of('idlePercent'), probePercent: of('probePercent'), hiddenRendererPercent: of('hiddenRendererPercent') };
}

/** @throws when nothing was measured, or something never happened */
function rank(values: readonly number[], percent: number): number {
  const value = nearestRank(Float64Array.from(values).sort(), percent);
  if (value === null || values.some((each) => !Number.isFinite(each))) throw new Error('nothing was measured');
  return value;
}

function tableOf({ runs, machine, medians: { helloWorld, athena }, goals, ok }: UiReport): string {
  const row = (title: string, cells: readonly (string | number)[]): string => title.padEnd(76) + cells.map((cell) => String(cell).padStart(12)).join('');
  return [
    `${runs} starts each, ${machine.cpus} processors, load ${machine.loadBefore.join(' ')} before`,
    '',
    row('medians', ['bare', 'Athena']),
    ...(Object.keys(athena) as (keyof Seen)[]).map((key) => row(`  ${key}`, [helloWorld[key], athena[key]])),
    '',
    row('goal', ['is', 'wanted', '']),
    ...goals.map(({ goal, value, atMost, atLeast, met }) => row(goal, [value, atMost === undefined ? `≥ ${atLeast ?? ''}` : `≤ ${atMost}`, met ? 'met' : 'MISSED'])),
    '',
    ok ? 'All goals are met.' : 'Not all goals are met.',
  ].join('\n');
}
