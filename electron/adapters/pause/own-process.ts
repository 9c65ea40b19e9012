// Knows Athena's own process, so that a host that turns out to be this very machine is never told to stop it.
import { readFileSync } from 'node:fs';

export interface OwnProcess {
  /** Random, new at each boot (proc(5), /proc/sys/kernel/random/boot_id): the same on two hosts means one machine. */
  readonly bootId: string;
  readonly pid: number;
  /** Field 22 of proc(5)'s stat: tells a machine from a container on it, where the pid is another process's. */
  readonly startTicks: string;
}

/** Null where there is no /proc: such a machine is never a host Athena pauses apps on. */
export function readOwnProcess(): OwnProcess | null {
  try {
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    const stat = readFileSync('/proc/self/stat', 'latin1');
    const startTicks = stat.slice(stat.lastIndexOf(') ') + 2).split(' ')[19];
    return startTicks === undefined ? null : { bootId, pid: process.pid, startTicks };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'EACCES', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
