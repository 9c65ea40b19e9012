// Starts small trees of processes that stand for an app on a host, and reads their states straight from /proc.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcessTree, processTree } from '../../peers/process-tree';

export interface AppTree {
  readonly pid: number;
  /** Stands in the command line of the root process and of no other. */
  readonly token: string;
  /** Root first; ended processes that nobody has collected are left out. */
  pids(): number[];
  stop(): Promise<void>;
}

/**
 * Runs a shell script as an app. Its children are started with fixed arguments, without the token.
 * @param processes how many there must be before it counts as started
 * @param args further arguments of the root, for command lines that look odd
 */
export async function startApp(script: string, processes: number, args: readonly string[] = []): Promise<AppTree> {
  const token = `app-${randomBytes(6).toString('hex')}`;
  const child = spawn('sh', ['-c', script, token, ...args], { stdio: 'ignore' });
  const pid = child.pid;
  if (pid === undefined) throw new Error('sh did not start');
  const pids = (): number[] =>
    processTree(pid)
      .map((member) => member.pid)
      .filter((member) => !['Z', 'X', null].includes(stateOf(member)));
  const deadline = performance.now() + 10_000;
  while (pids().length < processes) {
    if (performance.now() > deadline) throw new Error(`the app has ${pids().length} processes`);
    await sleep(5);
  }
  return {
    pid,
    token,
    pids,
    stop: async () => {
      for (const { pid: member } of processTree(pid)) signalQuietly(member);
      await endProcessTree(pid, 200);
    },
  };
}

function signalQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The letter of field 3 in /proc/PID/stat; null when there is no such process. */
export function stateOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text[text.lastIndexOf(')') + 2] ?? null;
  } catch {
    return null; // it has ended
  }
}

export function statesOf(pids: readonly number[]): string {
  return pids.map(stateOf).join('');
}

/** A command, a child of it, and that child's child. */
export const threeGenerations = 'sleep 1000 & sh -c "sleep 1001 & sleep 1002 & wait" & wait';
/** Starts a new child every few milliseconds, for ever; each child lives for a second. */
export const forker = 'while :; do sleep 1 & sleep 0.005; done';
