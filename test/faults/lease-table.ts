// Prints what the campaign of leases measured: one row a fault.
import type { FaultResult, LeaseRun } from './lease-runs';

export function printTable(results: readonly FaultResult[]): void {
  const rows = results.map(({ fault, runs }) => [
    fault,
    `${runs.filter((run) => run.isPausedInTime).length} of ${runs.length}`,
    `${runs.filter((run) => run.isThawed).length} of ${runs.length}`,
    figures(runs.map((run) => run.pausedMs)),
    figures(runs.map((run) => run.toldMs)),
    figures(runs.map((run) => run.thawedMs)),
    String(runs.reduce((sum, run) => sum + run.leftOver, 0)),
  ]);
  const head = ['fault', 'paused in time', 'thawed', 'fault to paused', 'mended to told', 'told to thawed', 'left over'];
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string => cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ');
  console.log('Times are median / p95 / worst in milliseconds; in time is the lease (2 s) and 1 s.');
  for (const row of [head, widths.map((width) => '-'.repeat(width)), ...rows]) console.log(line(row));
  for (const { fault, runs } of results) {
    for (const [at, run] of runs.entries()) if (run.problem !== null) console.log(`${fault}, run ${at + 1}: ${run.problem}`);
  }
}

function figures(values: readonly LeaseRun['pausedMs'][]): string {
  const sorted = values.filter((value) => value !== null).sort((one, other) => one - other);
  if (sorted.length === 0) return '-';
  const at = (share: number): string => (sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(0);
  return `${at(0.5)} / ${at(0.95)} / ${at(1)}`;
}
