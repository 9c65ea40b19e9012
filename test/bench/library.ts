// Measures the library with ten thousand entries beside one with a hundred, in a real Electron with everything behind it.
import { loadavg } from 'node:os';
import type { Page } from 'playwright-core';
import type { BenchOptions, BenchOutcome } from './bench';
import { hundredths } from './figures';
import { idleFrames, installMarks, keyToFrameMs, loadMs, scrollFrames, typeQueries, typeWatched } from './library-page';
import { reportLibrary } from './library-report';
import { libraryTable } from './library-table';
import { loaderNames } from './loader-names';
import { startLibraryWorld, type LibraryWorld } from './library-world';

export const libraryAbout = 'search, first paint and scrolling of a library of 10,000 entries, beside one of 100';

const entries = { few: 100, many: 10_000 } as const;
/** Words of the library, slips, several words, the host's name, and what is not there. */
const queries = ['hollow knight', 'portal', 'fctorio', 'doom quake', 'rig 3', 'zelda', 'the stanley', 'ring elden', 'x', 'celeste 4', 'red dead red', 'm'];
/** Two notches of a wheel in every frame: half a row. */
const scrollStepPx = 120;
const idleFrameCount = 200;
/** What follows a start (looking for clients and hosts) is over by then. */
const restMs = 3_000;

export async function measureLibrary(options: BenchOptions): Promise<BenchOutcome> {
  const loadBefore = loadavg().map(hundredths);
  const { runs, signal, progress } = options;
  progress(`starting an Athena with ${entries.few} entries and one with ${entries.many} ...`);
  const few = await startLibraryWorld(entries.few, options);
  const many = await startLibraryWorld(entries.many, options);
  for (const { athena } of [few, many]) {
    await athena.app.context().addInitScript(loaderNames);
    await athena.app.context().addInitScript(installMarks);
  }
  await many.athena.window.waitForTimeout(restMs);

  const firstPaintFewMs: number[] = [];
  const firstPaintManyMs: number[] = [];
  const wholeManyMs: number[] = [];
  // The first of each is thrown away: the caches of the code are filled by it.
  for (const { athena } of [few, many]) await loadMs(athena.window);
  for (let number = 1; number <= runs; number += 1) {
    signal.throwIfAborted();
    // In turn, so that whatever else the machine does burdens both alike.
    firstPaintFewMs.push((await loadMs(few.athena.window)).firstMs);
    const { firstMs, wholeMs } = await loadMs(many.athena.window);
    firstPaintManyMs.push(firstMs);
    wholeManyMs.push(wholeMs);
    progress(`${number}/${runs}: first tiles after ${hundredths(firstPaintFewMs.at(-1) ?? 0)} and ${hundredths(firstMs)} ms, all after ${hundredths(wholeMs)} ms`);
  }
  await few.athena.stop();

  const page = await freshPage(many);
  progress('typing ...');
  const cdp = await many.athena.app.context().newCDPSession(page);
  const keys = await typeQueries(page, cdp, queries, signal);
  await typeWatched(page, queries.slice(0, 5), signal);
  const keyFrames = await keyToFrameMs(page);
  progress('scrolling ...');
  const idleFrameMs = await idleFrames(page, idleFrameCount);
  const scrollFrameMs = await scrollFrames(page, scrollStepPx);

  const electron = await many.athena.app.evaluate(() => process.versions['electron'] ?? '');
  const samples = { entries, firstPaintFewMs, firstPaintManyMs, wholeManyMs, keys, keyToFrameMs: keyFrames, idleFrameMs, scrollFrameMs };
  const report = reportLibrary(samples, electron, loadBefore);
  return { ok: report.ok, report, table: libraryTable(report) };
}

async function freshPage({ athena }: LibraryWorld): Promise<Page> {
  await loadMs(athena.window);
  await athena.window.waitForTimeout(restMs);
  return athena.window;
}
