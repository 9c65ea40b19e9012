// Pauses and resumes process trees on Windows hosts over SSH, and believes only the states of their threads.
import type { HostRecord } from '../../common/host';
import { success, type Result } from '../../common/result';
import type { HostKeyQuestion } from '../../common/session';
import type { AppDriver } from '../../domain/pause/app-driver';
import type { AppReading, ControlFailure, ControlReport } from '../../domain/pause/host-control';
import { refused, type HostResult } from './linux-host';
import { SshLinks, type ControlLimits, type SshLinksOptions } from './ssh-links';
import { openWindowsHost, type Member, type WindowsHost, type WindowsTarget } from './windows-host';
import { windowsIdentity } from './windows-process-tree';

/** The list of processes takes Windows 0.3 s, PowerShell's start and compiling 1 to 3 s. */
export const windowsLimits: ControlLimits = { warmAnswerMs: 4_000, freshAnswerMs: 8_000, connectMs: 15_000 };

const pollDelaysMs = [10, 50, 150, 400];
/** An app that starts processes faster than this many listings find them is not caught. */
const maxSweeps = 10;

export class WindowsDriver implements AppDriver<WindowsTarget> {
  readonly #links: SshLinks<WindowsHost>;
  /** Processes Athena suspended, by host and target: they stay the app's, whoever becomes their parent. */
  readonly #stopped = new Map<string, Set<string>>();

  constructor(private readonly options: SshLinksOptions) {
    this.#links = new SshLinks({ limits: windowsLimits, ...options }, openWindowsHost);
  }

  async warm(host: HostRecord, target: WindowsTarget): Promise<Result<null, ControlFailure>> {
    const warm = await this.#links.warm(host);
    if (!warm.ok) return warm;
    // The first pause begins with what was seen last, so that it does not wait for a list.
    const seen = await this.#links.perform(host, (windows, limitMs) =>
      windows.lastFound(target).length > 0 ? Promise.resolve(success(null)) : windows.find(target, new Set(), limitMs),
    );
    return seen.ok ? success(null) : seen;
  }

  pause(host: HostRecord, target: WindowsTarget): Promise<Result<ControlReport, ControlFailure>> {
    return this.#settle(host, target, 'paused');
  }

  resume(host: HostRecord, target: WindowsTarget): Promise<Result<ControlReport, ControlFailure>> {
    return this.#settle(host, target, 'running');
  }

  read(host: HostRecord, target: WindowsTarget): Promise<Result<AppReading, ControlFailure>> {
    return this.#links.perform(host, async (windows, limitMs): Promise<HostResult<AppReading>> => {
      const found = await windows.find(target, this.#stoppedOf(host, target), limitMs);
      if (!found.ok) return found;
      if (found.value.length === 0) return success({ state: 'gone', pids: [], method: null });
      const looked = await windows.order(null, found.value, limitMs);
      if (!looked.ok) return looked;
      const there = found.value.filter(({ pid }) => looked.value.states.get(pid) !== 'gone');
      const pids = there.map(({ pid }) => pid);
      const paused = pids.filter((pid) => looked.value.states.get(pid) === 'suspended').length;
      if (pids.length === 0) return success({ state: 'gone', pids, method: null });
      if (paused === 0) return success({ state: 'running', pids, method: null });
      return success(paused < pids.length ? { state: 'mixed', pids, method: null } : { state: 'paused', pids, method: 'suspended' });
    });
  }

  /** These were suspended by a watchdog on Athena's behalf. */
  adopt(host: HostRecord, target: WindowsTarget, processes: readonly { readonly pid: number; readonly startTicks: string }[]): void {
    const stopped = this.#stoppedOf(host, target);
    for (const { pid, startTicks } of processes) stopped.add(windowsIdentity({ pid, created: startTicks }));
  }

  wasShown(question: HostKeyQuestion): boolean {
    return this.#links.wasShown(question);
  }

  trust(question: HostKeyQuestion): Promise<void> {
    return this.#links.trust(question);
  }

  close(host?: HostRecord): void {
    this.#links.close(host);
  }

  async #settle(host: HostRecord, target: WindowsTarget, wanted: 'paused' | 'running'): Promise<Result<ControlReport, ControlFailure>> {
    const { clock } = this.options;
    const calledMs = clock.monotonicMs();
    const stopped = this.#stoppedOf(host, target);
    const settled = await this.#links.perform(host, (windows, limitMs) => settle(windows, target, wanted, stopped, limitMs));
    return settled.ok ? success({ ...settled.value, tookMs: clock.monotonicMs() - calledMs }) : settled;
  }

  #stoppedOf(host: HostRecord, target: WindowsTarget): Set<string> {
    const key = JSON.stringify([host.id, target.pattern]);
    const known = this.#stopped.get(key);
    if (known) return known;
    const stopped = new Set<string>();
    this.#stopped.set(key, stopped);
    return stopped;
  }
}

/** @param stopped filled by a pause, emptied by a resume */
async function settle(
  windows: WindowsHost,
  target: WindowsTarget,
  wanted: 'paused' | 'running',
  stopped: Set<string>,
  limitMs: number,
): Promise<HostResult<Omit<ControlReport, 'tookMs'>>> {
  const known = wanted === 'paused' && stopped.size === 0 ? windows.lastFound(target) : [];
  if (known.length > 0) {
    const first = await windows.order('paused', known, limitMs);
    if (!first.ok) return first;
    for (const process of known) stopped.add(windowsIdentity(process));
  }
  let tries = known.length > 0 ? 1 : 0;
  const ordered = new Set(known.map(windowsIdentity));
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    const found = await windows.find(target, new Set([...stopped, ...ordered]), limitMs);
    if (!found.ok) return found;
    const members = found.value;
    if (members.length === 0) return notFound(target, known.length > 0 || sweep > 0);
    const looked = await windows.order(null, members, limitMs);
    if (!looked.ok) return looked;
    const isDone = (process: Member): boolean => isAs(looked.value.states.get(process.pid), wanted);
    const isNew = members.some((process) => !isDone(process) && !ordered.has(windowsIdentity(process)));
    if (members.every(isDone)) {
      for (const process of members) stopped.add(windowsIdentity(process));
      if (wanted === 'running') stopped.clear();
      const there = members.filter(({ pid }) => looked.value.states.get(pid) !== 'gone');
      return success({ method: 'suspended', pids: there.map(({ pid }) => pid), tries });
    }
    if (!isNew && sweep > 2) return notVerified(wanted, members.filter((process) => !isDone(process)), tries);
    tries++;
    for (const process of members) {
      ordered.add(windowsIdentity(process));
      if (wanted === 'paused') stopped.add(windowsIdentity(process));
    }
    const order = await windows.order(wanted, members, limitMs);
    if (!order.ok) return order;
    const forbidden = members.filter(({ pid }) => order.value.denied.has(pid));
    if (forbidden.length > 0) return notPermitted(wanted, forbidden);
    const settledDown = await wait(windows, members, wanted, limitMs);
    if (!settledDown.ok) return settledDown;
  }
  return refused('not-verified', 'The app could not be paused: it starts new processes all the time.', 'Try again, or choose another way of pausing.');
}

/** Threads that were in the middle of a system call stop a moment later. */
async function wait(windows: WindowsHost, members: readonly Member[], wanted: 'paused' | 'running', limitMs: number): Promise<HostResult<null>> {
  for (const delayMs of pollDelaysMs) {
    const looked = await windows.order(null, members, limitMs);
    if (!looked.ok) return looked;
    if (members.every(({ pid }) => isAs(looked.value.states.get(pid), wanted))) break;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
  }
  return success(null);
}

function isAs(state: string | undefined, wanted: 'paused' | 'running'): boolean {
  return state === 'gone' || state === undefined || state === (wanted === 'paused' ? 'suspended' : 'running');
}

function notFound({ pattern }: WindowsTarget, wasThere: boolean): HostResult<never> {
  if (wasThere) return refused('app-not-found', 'The app on the host ended meanwhile.', 'Start it again on the host, or connect to see what is left of it.');
  return refused(
    'app-not-found',
    `The app was not found on the host: no process has a command line that fits ${pattern}.`,
    'Start the app, or correct the pattern of this entry; the column "Command line" of the host\'s Task Manager shows them.',
  );
}

function notPermitted(wanted: 'paused' | 'running', left: readonly Member[]): HostResult<never> {
  return refused(
    'permission-denied',
    `The SSH user may not ${wanted === 'paused' ? 'suspend' : 'resume'} ${named(left)}.`,
    'Let Athena log in as the user who runs the app, or as an administrator; games with anti-cheat refuse it to everybody.',
  );
}

function notVerified(wanted: 'paused' | 'running', left: readonly Member[], tries: number): HostResult<never> {
  return refused('not-verified', `The app could not be ${wanted === 'paused' ? 'paused' : 'resumed'}. Ordered ${tries} times; still not ${wanted}: ${named(left)}.`, 'Try again; something else on the host may suspend or resume it.');
}

function named(processes: readonly Member[]): string {
  const shown = processes.slice(0, 3).map(({ pid, name }) => `${name.replace(/[^\x20-\x7e]/g, '?')} (${pid})`);
  const more = processes.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
