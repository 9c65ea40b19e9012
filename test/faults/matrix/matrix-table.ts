// Prints the fault matrix for people: a row a cell, as soon as it was played.
import { assertNever } from '../../../electron/common/result';
import type { Expected, Seen, Verdict } from './verdict';

export interface CellResult {
  readonly id: string;
  readonly what: string;
  readonly expected: Expected;
  /** Null: it could not be played. */
  readonly seen: Seen | null;
  readonly verdict: Verdict;
  readonly tookS: number;
}

const columns = [
  ['cell', 24],
  ['fault', 24],
  ['expected', 22],
  ['seen', 34],
  ['detect', 7],
  ['pause', 7],
  ['back', 7],
  ['thawed', 7],
  ['left', 5],
  ['frozen', 7],
  ['verdict', 0],
] as const;

export const tableHead = [
  'Milliseconds: detect and pause from the fault on, back (stream) and thawed (app) from its end on.',
  'left: processes left running. frozen: processes of the app left standing.',
  line(columns.map(([title]) => title)),
].join('\n');

export function rowOf({ id, what, expected, seen, verdict, tookS }: CellResult): string {
  const ms = (value: number | null = null): string => (value === null ? '-' : value.toFixed(0));
  const back = seen?.reconnectMs ?? seen?.afterLaunch?.streamingMs;
  const thawed = seen?.thawMs ?? seen?.afterLaunch?.thawedMs;
  const figures = [ms(seen?.detectMs), ms(seen?.pauseMs), ms(back), ms(thawed), String(seen?.leftRunning.length ?? '-'), String(seen?.leftFrozen ?? '-')];
  const row = line([id, what, expectedWords(expected), seenWords(seen), ...figures, `${verdictWords(verdict)} (${tookS} s)`]);
  if (verdict.kind !== 'fail') return row;
  return [row, ...(seen?.marks ?? []), ...(seen?.log ?? [])].map((text, index) => (index === 0 ? text : `    ${text}`)).join('\n');
}

export function summaryOf(results: readonly CellResult[], wanted: number): string {
  const count = (kind: Verdict['kind']): number => results.filter(({ verdict }) => verdict.kind === kind).length;
  const notPlayed = wanted - results.length;
  return `\n${results.length} cells: ${count('pass')} passed, ${count('explained')} explained, ${count('fail')} failed${notPlayed > 0 ? `; ${notPlayed} not played` : ''}`;
}

function line(cells: readonly string[]): string {
  return cells.map((cell, index) => (index === cells.length - 1 ? cell : fit(cell, columns[index]?.[1] ?? 0))).join(' ');
}

function fit(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}

function expectedWords({ outcome, noticed, pausedWithinMs }: Expected): string {
  const paused = pausedWithinMs === undefined ? '' : 'paused, ';
  switch (outcome) {
    case 'back':
      return noticed === 'maybe' ? 'back' : `lost, ${paused}back`;
    case 'undisturbed':
      return 'streams on';
    case 'over':
      return `${paused}session over`;
    case 'asks':
      return `lost, ${paused}asks`;
    case 'dies':
      return `${paused}back at launch`;
    default:
      return assertNever(outcome);
  }
}

function seenWords(seen: Seen | null): string {
  if (seen === null) return 'not played';
  if (seen.asked !== null) return `asked: ${seen.asked}`;
  if (seen.exitCode !== null) return `ended with ${seen.exitCode}: ${seen.interruption ?? ''}`;
  if (seen.afterLaunch !== null) return 'launched again';
  if (seen.interruption !== null) return seen.interruption;
  return seen.isStreaming ? 'streams on' : 'not streaming';
}

function verdictWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'pass':
      return 'pass';
    case 'explained':
      return `explained: ${verdict.why}`;
    case 'fail':
      return `FAIL: ${verdict.problems.join('; ')}`;
    default:
      return assertNever(verdict);
  }
}
