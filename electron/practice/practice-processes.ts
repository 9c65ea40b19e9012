// Ends the practice run's processes for certain, and never a stranger's that got the same pid later.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own words; empty where the system doesn't tell (Windows). */
  readonly startMark: string;
}

/** @returns null when no such process runs; one that has ended but was not collected yet counts as ended */
export function identifyProcess(pid: number): ProcessIdentity | null {
  const startMark = readStartMark(pid);
  return startMark === null ? null : { pid, startMark };
}

export function isStillRunning(identity: ProcessIdentity): boolean {
  return readStartMark(identity.pid) === identity.startMark;
}

function readStartMark(pid: number): string | null {
  switch (process.platform) {
    case 'linux':
      return startTicks(pid);
    case 'win32':
      return exists(pid) ? '' : null;
    default:
      return startTimeFromPs(pid);
  }
}

/** Field 22 of proc(5): clock ticks from boot to the process's start. */
function startTicks(pid: number): string | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return null; // no such process, or it ended while it was read
  }
  // The command name, in parentheses, may hold spaces and parentheses itself: what follows the last one is regular.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  return state === 'Z' || state === 'X' ? null : (fields[19] ?? null);
}

function startTimeFromPs(pid: number): string | null {
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  const [state, ...started] = stdout.trim().split(/\s+/);
  if (state === undefined || state === '' || state.startsWith('Z')) return null;
  return started.join(' ');
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // ESRCH; EPERM can't be, all of them are this user's
  }
}

/** Does nothing when the process has ended, whoever has its pid now. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (isStillRunning(identity)) sendSignal(identity.pid, signal);
}

/**
 * Kills every process of a group that this program made, also when its leader has ended: no other process gets the
 * leader's number as long as the group has members. A stranger with that number therefore means an empty group.
 */
export function killGroup(leader: ProcessIdentity): void {
  const holder = identifyProcess(leader.pid);
  if (holder === null || holder.startMark === leader.startMark) sendSignal(-leader.pid, 'SIGKILL');
}

function sendSignal(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * Lets stopped processes run, asks all of them to end, and kills those that don't; SIGKILL also ends a process that a
 * cgroup v2 freezer holds.
 * @param graceMs how long they may take to end by themselves
 * @returns false when one of them is still there two seconds after SIGKILL
 */
export async function endProcesses(identities: readonly ProcessIdentity[], graceMs: number): Promise<boolean> {
  for (const identity of identities) {
    if (process.platform !== 'win32') signalProcess(identity, 'SIGCONT');
    signalProcess(identity, 'SIGTERM');
  }
  if (await haveEnded(identities, graceMs)) return true;
  for (const identity of identities) signalProcess(identity, 'SIGKILL');
  return haveEnded(identities, 2_000);
}

async function haveEnded(identities: readonly ProcessIdentity[], withinMs: number): Promise<boolean> {
  const deadlineMs = performance.now() + withinMs;
  while (identities.some(isStillRunning)) {
    if (performance.now() > deadlineMs) return false;
    await sleep(10);
  }
  return true;
}
