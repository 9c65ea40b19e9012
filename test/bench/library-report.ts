// Sums up the library measurement: figures, the machine they were measured on, and the goals they meet.
import { cpus, loadavg, release } from 'node:os';
import { figureOf, hundredths, type Figure } from './figures';
import type { Goal } from './supervision-goals';
import type { KeyCost } from './library-page';

export interface LibrarySamples {
  readonly entries: { readonly few: number; readonly many: number };
  readonly firstPaintFewMs: readonly number[];
  readonly firstPaintManyMs: readonly number[];
  readonly wholeManyMs: readonly number[];
  readonly keys: readonly KeyCost[];
  readonly keyToFrameMs: readonly number[];
  readonly idleFrameMs: readonly number[];
  readonly scrollFrameMs: readonly number[];
}

export interface LibraryFigures {
  readonly firstPaintFew: Figure;
  readonly firstPaintMany: Figure;
  readonly wholeMany: Figure;
  readonly keyScript: Figure;
  readonly keyWork: Figure;
  readonly keyBusy: Figure;
  readonly keyToFrame: Figure;
  readonly scrollFrame: Figure;
}

export interface LibraryReport {
  readonly bench: 'library';
  readonly ok: boolean;
  readonly runs: number;
  readonly entries: LibrarySamples['entries'];
  readonly machine: {
    readonly node: string;
    readonly electron: string;
    readonly kernel: string;
    readonly cpus: number;
    /** Of the last 1, 5 and 15 minutes. */
    readonly loadBefore: readonly number[];
    readonly loadAfter: readonly number[];
  };
  /** What each figure is, in words. */
  readonly measured: Readonly<Record<keyof LibraryFigures, string>>;
  readonly figures: LibraryFigures;
  readonly floors: { readonly idleFrame: Figure };
  readonly goals: readonly Goal[];
  /** The dearest keys, with what had been typed. */
  readonly dearestKeys: readonly KeyCost[];
}

export const measured: LibraryReport['measured'] = {
  firstPaintFew: 'reload of the window until the frame with the first tiles is done, few entries',
  firstPaintMany: 'reload of the window until the frame with the first tiles is done, many entries',
  wholeMany: 'reload of the window until the frame that counts all of them is done, many entries',
  keyScript: "a key in the search: processor time of the page's scripts from the key until the results are in the page",
  keyWork: 'a key in the search: the same with styles and layout',
  keyBusy: 'a key in the search: the same with painting and everything else on the main thread',
  keyToFrame: 'a key in the search: until the frame that shows its results is done, waits for the display included',
  scrollFrame: 'from frame to frame while the whole grid scrolls by',
};

export function reportLibrary(samples: LibrarySamples, electron: string, loadBefore: readonly number[]): LibraryReport {
  const figures: LibraryFigures = {
    firstPaintFew: figureOf(samples.firstPaintFewMs),
    firstPaintMany: figureOf(samples.firstPaintManyMs),
    wholeMany: figureOf(samples.wholeManyMs),
    keyScript: figureOf(samples.keys.map(({ scriptMs }) => scriptMs)),
    keyWork: figureOf(samples.keys.map(({ workMs }) => workMs)),
    keyBusy: figureOf(samples.keys.map(({ busyMs }) => busyMs)),
    keyToFrame: figureOf(samples.keyToFrameMs),
    scrollFrame: figureOf(samples.scrollFrameMs),
  };
  const goals = judgeLibrary(figures);
  return {
    bench: 'library',
    ok: goals.every(({ met }) => met),
    runs: samples.firstPaintManyMs.length,
    entries: samples.entries,
    machine: {
      node: process.versions.node,
      electron,
      kernel: release(),
      cpus: cpus().length,
      loadBefore,
      loadAfter: loadavg().map(hundredths),
    },
    measured,
    figures,
    floors: { idleFrame: figureOf(samples.idleFrameMs) },
    goals,
    dearestKeys: [...samples.keys]
      .sort((one, other) => other.workMs - one.workMs)
      .slice(0, 10)
      .map(({ query, scriptMs, workMs, busyMs }) => ({ query, scriptMs: hundredths(scriptMs), workMs: hundredths(workMs), busyMs: hundredths(busyMs) })),
  };
}

export function judgeLibrary({ firstPaintFew, firstPaintMany, keyScript, scrollFrame }: LibraryFigures): readonly Goal[] {
  const ratio = firstPaintMany.medianMs / firstPaintFew.medianMs;
  return [
    // Its picture is the machine's: here a processor paints it, elsewhere a graphics card. The table tells both.
    { goal: "search, scripts for a key (find, and put the results in the page), p95", unit: 'ms', value: keyScript.p95Ms, atMost: 8, met: keyScript.p95Ms <= 8 },
    { goal: 'first paint, many entries to few, medians', unit: 'times', value: hundredths(ratio), atMost: 1.5, met: ratio <= 1.5 },
    { goal: 'scrolling, from frame to frame, p95', unit: 'ms', value: scrollFrame.p95Ms, atMost: 20, met: scrollFrame.p95Ms <= 20 },
  ];
}
