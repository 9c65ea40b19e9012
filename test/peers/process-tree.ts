// Reads the process tree from /proc and ends a process together with everything it started (Linux only).
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process told apart from a later one with the same pid by its start time (clock ticks since boot). */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTicks: string;
}

interface ProcessStat extends ProcessIdentity {
  readonly parentPid: number;
  readonly state: string;
}

function readStat(pid: number): ProcessStat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined; // it ended between the listing and the reading
  }
  // The command name, in parentheses, may hold spaces and parentheses itself: what follows the last one is regular.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, parentPid] = fields;
  const startTicks = fields[19]; // field 22 of proc(5); fields[0] is field 3
  if (state === undefined || parentPid === undefined || startTicks === undefined) return undefined;
  return { pid, state, parentPid: Number(parentPid), startTicks };
}

/** The process `pid` and all its descendants, parents first; empty when it does not run. */
export function processTree(pid: number): ProcessIdentity[] {
  const root = readStat(pid);
  if (!root) return [];
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== undefined);
  const tree: ProcessStat[] = [root];
  for (const parent of tree) tree.push(...all.filter((stat) => stat.parentPid === parent.pid));
  return tree.map(({ pid, startTicks }) => ({ pid, startTicks }));
}

/** True while this very process runs; a zombie counts as ended. */
export function isRunning(identity: ProcessIdentity): boolean {
  const stat = readStat(identity.pid);
  return stat !== undefined && stat.startTicks === identity.startTicks && stat.state !== 'Z' && stat.state !== 'X';
}

/** Sends a signal unless the process has ended meanwhile. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * Ends the tree below `pid`: asks the root, and kills whatever is left after `graceMs`. The tree is read first, because
 * children that made their own session (an sshd's connections do) are no longer found once their parent is gone.
 */
export async function endProcessTree(pid: number, graceMs = 2_000): Promise<void> {
  const root = processTree(pid)[0];
  if (!root) return;
  const known = processTree(pid);
  signalProcess(root, 'SIGCONT'); // a test may have stopped it, and a stopped process does not act on SIGTERM
  signalProcess(root, 'SIGTERM');
  await waitUntilEnded(known, graceMs);
  for (const member of [...known, ...processTree(pid)]) signalProcess(member, 'SIGKILL');
  if (!(await waitUntilEnded(known, 5_000))) throw new Error(`processes of ${pid} survive SIGKILL`);
}

async function waitUntilEnded(members: readonly ProcessIdentity[], timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (members.some(isRunning)) {
    if (performance.now() > deadline) return false;
    await sleep(10);
  }
  return true;
}
