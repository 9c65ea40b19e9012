// What a process and its descendants take of the machine: memory, and processor time (Linux only).
import { readFileSync } from 'node:fs';
import { processTree } from '../peers/process-tree';

/** A clock tick of proc(5) on every Linux that Electron runs on (sysconf(_SC_CLK_TCK) is 100). */
const tickMs = 10;

/** Proportional set size of all of them, in megabytes: what is shared counts once. */
export function memoryMb(root: number): number {
  const kb = processTree(root).map(({ pid }) => Number(/^Pss:\s+(\d+)/m.exec(readOrNothing(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0));
  return kb.reduce((sum, value) => sum + value, 0) / 1_024;
}

export interface ProcessorTime {
  readonly command: string;
  readonly ms: number;
}

/** Of each process that runs, by its pid: user and system. */
export function processorTimes(root: number): ReadonlyMap<number, ProcessorTime> {
  return new Map(
    processTree(root).map(({ pid }) => {
      const stat = readOrNothing(`/proc/${pid}/stat`);
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const command = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      // Fields 14 and 15 of proc(5); fields[0] is field 3.
      return [pid, { command, ms: (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * tickMs }];
    }),
  );
}

/** Processor milliseconds between two readings; a process that began in between counts whole. */
export function spentMs(before: ReadonlyMap<number, ProcessorTime>, after: ReadonlyMap<number, ProcessorTime>, counts: (pid: number, command: string) => boolean): number {
  let sum = 0;
  for (const [pid, { command, ms }] of after) if (counts(pid, command)) sum += ms - (before.get(pid)?.ms ?? 0);
  return sum;
}

/** A process may end between the listing and the reading. */
function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
