// Pauses, resumes and looks at one app on a Linux host, and believes only what the host's process table says afterwards.
import { success } from '../../common/result';
import type { AppReading, ControlReport } from '../../domain/pause/host-control';
import type { PauseMethod } from '../../common/session';
import type { AppSight, HostFailure, HostResult, LinuxHost, LinuxTarget } from './linux-host';
import { refused } from './linux-host';
import { identityOf, type ListedProcess } from './linux-process-tree';

export type Wanted = 'paused' | 'running';
export type Settlement = Omit<ControlReport, 'tookMs'>;

/** The processes Athena stopped, as `identityOf` names them: they stay the app's, whoever becomes their parent. */
export type Stopped = Set<string>;

const maxTries = 3;
/** A process that waits for a disk stops only when the disk has answered. */
const pollDelaysMs = [5, 20, 60, 120];
/** An app that starts processes faster than this many listings find them is not caught. */
const maxSweeps = 25;

export async function readApp(
  host: LinuxHost,
  target: LinuxTarget,
  stopped: Stopped,
  timeoutMs: number,
): Promise<HostResult<AppReading>> {
  const found = await host.find(target, stopped, timeoutMs);
  if (!found.ok) return found;
  // Which of them are frozen can be asked only when they are known.
  const looked = found.value.members.length === 0 ? found : await host.order(null, target, found.value.members, timeoutMs);
  if (!looked.ok) return looked;
  const sight = looked.value;
  const pids = sight.members.map(({ pid }) => pid);
  const paused = sight.members.filter((process) => isPaused(sight, process)).length;
  if (pids.length === 0) return success({ state: 'gone', pids, method: null });
  if (paused === 0) return success({ state: 'running', pids, method: null });
  if (paused < pids.length) return success({ state: 'mixed', pids, method: null });
  return success({ state: 'paused', pids, method: methodOf(sight) });
}

/**
 * Brings the app into the wanted state: orders it, looks again, orders what was missed or born meanwhile, up to three
 * times for the same process. A pause begins with the processes that were the app's when it was last looked at: they
 * stop at once, and as a rule the first look finds nothing left to do.
 * @param stopped filled by a pause, emptied by a resume
 * @param timeoutMs for one answer of the host
 */
export async function settleApp(
  host: LinuxHost,
  target: LinuxTarget,
  wanted: Wanted,
  stopped: Stopped,
  timeoutMs: number,
): Promise<HostResult<Settlement>> {
  // Where Athena has stopped some already, it looks first: there may be nothing to do.
  const known = wanted === 'paused' && stopped.size === 0 ? host.lastFound(target) : [];
  const ordered = new Set(known.map(identityOf));
  for (const identity of ordered) stopped.add(identity);
  const first = await host.find(target, stopped, timeoutMs, known);
  // After a refusal they run on; after a fault nobody knows.
  if (!first.ok && first.failure.kind === 'refused') for (const identity of ordered) stopped.delete(identity);
  if (!first.ok) return first;
  let sight = first.value;
  let thawed = false;
  let tries = known.length > 0 ? 1 : 0;
  let sweeps = 0;
  let polls = 0;

  for (;;) {
    const { members } = sight;
    if (members.length === 0) return notFound(target, sight, ordered.size > 0);
    const left = members.filter((process) => isPaused(sight, process) !== (wanted === 'paused'));
    // A frozen app can't be told from a running one before it was asked about: a resume orders at least once.
    if (left.length === 0 && !sight.hasNewborn && (wanted === 'paused' || tries > 0)) {
      for (const process of members) stopped.add(identityOf(process));
      if (wanted === 'running') stopped.clear();
      const method = wanted === 'paused' ? methodOf(sight) : thawed ? 'cgroup-freeze' : 'sigstop';
      return success({ method, pids: members.map(({ pid }) => pid), tries });
    }

    let next: HostResult<AppSight>;
    const isNew = tries === 0 || left.some((process) => !ordered.has(identityOf(process)));
    const forbidden = left.filter(({ pid }) => sight.denied.has(pid));
    const delayMs = pollDelaysMs[polls];
    if (sight.hasNewborn) {
      if (++sweeps > maxSweeps) return notVerified(wanted, members, tries, 'it starts new processes all the time');
      next = await host.find(target, new Set([...stopped, ...ordered]), timeoutMs);
    } else if (!isNew && forbidden.length > 0) {
      return notPermitted(wanted, forbidden);
    } else if (!isNew && delayMs !== undefined) {
      polls++;
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      // One that ended on its way to the stop stays a zombie while its parent is stopped; only the listing can tell that
      // no thread of it is left.
      const hasEnded = left.some(({ state }) => state === 'Z');
      next = hasEnded
        ? await host.find(target, new Set([...stopped, ...ordered]), timeoutMs)
        : await host.order(null, target, members, timeoutMs);
    } else {
      if (!isNew || tries === 0) {
        if (tries >= maxTries) return notVerified(wanted, left, tries, 'the host shows no change');
        tries++;
        polls = 0;
      }
      for (const process of members) {
        ordered.add(identityOf(process));
        if (wanted === 'paused') stopped.add(identityOf(process));
      }
      next = await host.order(wanted, target, members, timeoutMs);
      thawed ||= next.ok && next.value.thawed;
    }
    if (!next.ok) return next;
    sight = next.value;
  }
}

/** T: stopped by a signal (proc(5)). A frozen process reads S, so its control group is asked. */
function isPaused(sight: AppSight, process: ListedProcess): boolean {
  return process.state === 'T' || sight.frozen.has(process.pid);
}

function methodOf({ members, frozen }: AppSight): PauseMethod {
  return members.every(({ pid }) => frozen.has(pid)) ? 'cgroup-freeze' : 'sigstop';
}

type Refusal = { readonly ok: false; readonly failure: HostFailure };

function notFound(target: LinuxTarget, { why }: AppSight, wasThere: boolean): Refusal {
  if (wasThere) {
    return refused('app-not-found', 'The app on the host ended meanwhile.', 'Start it again on the host, or connect to see what is left of it.');
  }
  const sought = target.by === 'command' ? `no process has a command line that fits ${target.pattern}` : (why ?? 'no process matches');
  return refused(
    'app-not-found',
    `The app was not found on the host: ${sought}.`,
    target.by === 'command'
      ? 'Start the app, or correct the pattern of this entry; "ps -eo args" on the host shows the command lines.'
      : 'Start the app, or correct the path of the pid file of this entry.',
  );
}

function notPermitted(wanted: Wanted, left: readonly ListedProcess[]): Refusal {
  const act = wanted === 'paused' ? 'stop' : 'continue';
  return refused(
    'permission-denied',
    `The SSH user may not ${act} ${named(left)}.`,
    'Set "ssh.user" of this host to the user who runs the app.',
  );
}

function notVerified(wanted: Wanted, left: readonly ListedProcess[], tries: number, why: string): Refusal {
  const times = tries === 1 ? 'once' : `${tries} times`;
  return refused(
    'not-verified',
    `The app could not be ${wanted === 'paused' ? 'paused' : 'resumed'}: ${why}. Ordered ${times}; still not ${wanted}: ${named(left)}.`,
    wanted === 'paused'
      ? 'Try again; a process that waits for a disk or a debugger stops late.'
      : 'Try again; something else on the host may hold the app stopped or frozen.',
  );
}

function named(processes: readonly ListedProcess[]): string {
  const shown = processes.slice(0, 3).map(({ pid, name }) => `${name.replace(/[^\x20-\x7e]/g, '?')} (${pid})`);
  const more = processes.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
