// Measures how even the frames are while eight graphs of ten minutes are drawn live, beside a bare page in the same Electron.
import { cpus, loadavg, release } from 'node:os';
import type { Page } from 'playwright-core';
import type { RunningAthena } from '../e2e/electron-app';
import type { BenchOptions, BenchOutcome } from './bench';
import { figureOf, hundredths, type Figure } from './figures';
import { arrivedSamples, countSamples, drawnLanes, framesFor } from './graphs-page';
import { loaderNames } from './loader-names';
import { behindMs, everyMs, openGraphs, sendPast, startGraphsWorld, targets } from './graphs-world';

export const graphsAbout = 'frames a second while eight graphs of ten minutes at 5 Hz are drawn live, beside a bare page';

const partMs = 10_000;
/** What follows a start is over by then. */
const restMs = 3_000;
const leastFramesPerSecond = 55;
/** Of the samples that should arrive; a busy machine's ping skips some. */
const leastArrived = 0.8;

interface FrameFigures {
  readonly framesPerSecond: number;
  readonly frame: Figure;
}

export async function measureGraphs(options: BenchOptions): Promise<BenchOutcome<GraphsReport>> {
  const loadBefore = loadavg().map(hundredths);
  const { progress, runs, signal } = options;
  progress('starting Athena ...');
  const athena = await startGraphsWorld(options);
  const page = athena.window;
  await page.context().addInitScript(loaderNames);
  await page.evaluate(loaderNames);
  await page.waitForTimeout(restMs);
  const bareMs: number[] = [];
  const liveMs: number[] = [];
  const samples = { past: 0, arrived: 0 };
  const lanes = { drawn: 0, moved: 0 };
  for (let run = 1; run <= runs; run += 1) {
    signal.throwIfAborted();
    bareMs.push(...(await bareFrames(athena)));
    if (run === 1) {
      await openGraphs(athena);
      samples.past = await sendPast(athena);
    }
    await page.waitForTimeout(restMs);
    await countSamples(page);
    const before = await drawnLanes(page);
    liveMs.push(...(await framesFor(page, partMs)));
    samples.arrived += await arrivedSamples(page);
    const after = await drawnLanes(page);
    lanes.drawn = after.filter(({ columns }) => columns > 200).length;
    lanes.moved = after.filter(({ picture }, index) => picture !== before[index]?.picture).length;
    progress(`${run}/${runs}: ${framesPerSecond(liveMs)} frames a second, ${framesPerSecond(bareMs)} of a bare page`);
  }
  if (options.writeTo !== undefined) await page.screenshot({ path: `${options.writeTo}/graphs.png` });
  const figures = { graphs: summed(liveMs), bare: summed(bareMs) };
  const wantedSamples = Math.round(((runs * targets * partMs) / everyMs) * leastArrived);
  const goals = [
    { goal: 'graphs, frames a second', value: figures.graphs.framesPerSecond, atLeast: leastFramesPerSecond, met: figures.graphs.framesPerSecond >= leastFramesPerSecond },
    { goal: 'lanes with a line across them', value: lanes.drawn, atLeast: targets, met: lanes.drawn >= targets },
    { goal: 'lanes that moved on', value: lanes.moved, atLeast: targets, met: lanes.moved >= targets },
    { goal: 'new samples that arrived meanwhile', value: samples.arrived, atLeast: wantedSamples, met: samples.arrived >= wantedSamples },
  ];
  const ok = goals.every(({ met }) => met);
  const electron = await athena.app.evaluate(() => process.versions['electron'] ?? '');
  const report = {
    bench: 'graphs',
    ok,
    runs,
    world: { targets, minutes: behindMs / 60_000, samplesPerSecond: 1_000 / everyMs, pastSamples: samples.past, arrivedSamples: samples.arrived },
    machine: { node: process.versions.node, electron, kernel: release(), cpus: cpus().length, loadBefore, loadAfter: loadavg().map(hundredths) },
    figures,
    goals,
  };
  return { ok, report, table: tableOf(report) };
}

/** A page with nothing on it, in a window of the same size over Athena's. */
async function bareFrames({ app, window }: RunningAthena): Promise<number[]> {
  const opened = app.waitForEvent('window');
  await app.evaluate(async ({ BrowserWindow }) => {
    const [first] = BrowserWindow.getAllWindows();
    const bare = new BrowserWindow({ ...first?.getBounds(), title: 'bare' });
    await bare.loadURL('about:blank');
  });
  const page: Page = await opened;
  await page.evaluate(loaderNames);
  await page.waitForTimeout(500);
  const frames = await framesFor(page, partMs / 2);
  await page.close();
  await window.bringToFront();
  await window.waitForTimeout(500);
  return frames;
}

function framesPerSecond(frameMs: readonly number[]): number {
  return hundredths((frameMs.length * 1_000) / frameMs.reduce((sum, ms) => sum + ms, 0));
}

function summed(frameMs: readonly number[]): FrameFigures {
  return { framesPerSecond: framesPerSecond(frameMs), frame: figureOf(frameMs) };
}

interface GraphsReport {
  readonly ok: boolean;
  readonly machine: { readonly electron: string; readonly kernel: string; readonly cpus: number; readonly loadBefore: readonly number[]; readonly loadAfter: readonly number[] };
  readonly figures: { readonly graphs: FrameFigures; readonly bare: FrameFigures };
  readonly goals: readonly { readonly goal: string; readonly value: number; readonly atLeast: number; readonly met: boolean }[];
}

function tableOf({ ok, machine, figures, goals }: GraphsReport): string {
  const line = (title: string, cells: readonly (string | number)[]): string => title.padEnd(40) + cells.map((cell) => String(cell).padStart(10)).join('');
  const row = (title: string, { framesPerSecond: rate, frame }: FrameFigures): string => line(title, [rate, frame.medianMs, frame.p95Ms, frame.maxMs]);
  return [
    `Electron ${machine.electron}, Linux ${machine.kernel}, ${machine.cpus} processors, load ${machine.loadBefore.join(' ')} before, ${machine.loadAfter.join(' ')} after`,
    '',
    line('', ['frames/s', 'median ms', 'p95 ms', 'most ms']),
    row(`${targets} graphs, ten minutes, live`, figures.graphs),
    row('  a bare page', figures.bare),
    '',
    line('goal', ['is', 'wanted', '']),
    ...goals.map(({ goal, value, atLeast, met }) => line(goal, [value, `≥ ${atLeast}`, met ? 'met' : 'MISSED'])),
    '',
    ok ? 'All goals are met.' : 'Not all goals are met.',
  ].join('\n');
}
