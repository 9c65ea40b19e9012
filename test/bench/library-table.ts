// Puts the library measurement into a table for people.
import type { Figure } from './figures';
import type { LibraryFigures, LibraryReport } from './library-report';

const columnLength = 10;

export function libraryTable({ machine, entries, figures, floors, goals, ok, runs }: LibraryReport): string {
  const rows: readonly (readonly [string, Figure])[] = [
    ...(Object.keys(titles) as (keyof LibraryFigures)[]).map((key) => [titles[key](entries), figures[key]] as const),
    ['  floor: from frame to frame while nothing happens', floors.idleFrame],
  ];
  const titleLength = Math.max(...rows.map(([title]) => title.length), ...goals.map(({ goal }) => goal.length)) + 2;
  const line = (title: string, cells: readonly string[]): string => title.padEnd(titleLength) + cells.map((cell) => cell.padStart(columnLength)).join('');
  return [
    `${runs} loads each; Electron ${machine.electron}, Node ${machine.node}, Linux ${machine.kernel}, ${machine.cpus} processors, load ${machine.loadBefore.join(' ')} before, ${machine.loadAfter.join(' ')} after`,
    '',
    line('milliseconds', ['median', 'p95', 'least', 'most']),
    ...rows.map(([title, { medianMs, p95Ms, minMs, maxMs }]) => line(title, [medianMs, p95Ms, minMs, maxMs].map((value) => value.toFixed(2)))),
    '',
    line('goal', ['is', 'wanted', '']),
    ...goals.map(({ goal, value, atMost = 0, met }) => line(goal, [value.toFixed(2), `≤ ${atMost}`, met ? 'met' : 'MISSED'])),
    '',
    ok ? 'All goals are met.' : 'Not all goals are met.',
  ].join('\n');
}

type Entries = LibraryReport['entries'];

const titles: Readonly<Record<keyof LibraryFigures, (entries: Entries) => string>> = {
  firstPaintFew: ({ few }) => `reload → first tiles painted, ${few} entries`,
  firstPaintMany: ({ many }) => `reload → first tiles painted, ${many} entries`,
  wholeMany: ({ many }) => `reload → all ${many} counted on the page`,
  keyScript: () => 'key in the search: scripts, processor time',
  keyWork: () => 'key in the search: with styles and layout',
  keyBusy: () => 'key in the search: with all of the main thread',
  keyToFrame: () => 'key in the search → frame with its results',
  scrollFrame: () => 'scrolling all of it: from frame to frame',
};
