// Reads from /proc how the client's processes and threads fare: state, processor time, and how often each was run.
import { readdirSync, readFileSync } from 'node:fs';
import type { ClientLook, ProcessState } from '../../domain/session/stall-evidence';
import { ProcFile } from './proc-file';

/** Threads of moonlight-common-c and moonlight-qt that run once a picture or packet; the first one found is the best measure. */
const pictureThreads = ['FFDecoder', 'VideoDec', 'VideoRecv'];
/** Clock ticks a second in /proc, the same on every Linux (USER_HZ). */
const tickMs = 10;
const nanosPerMs = 1e6;

interface Thread {
  readonly name: string;
  readonly schedule: ProcFile;
  last: { readonly cpuMs: number; readonly waitMs: number; readonly runs: number };
}

interface ClientProcess {
  readonly pid: number;
  readonly stat: ProcFile;
  readonly threads: Map<string, Thread>;
}

export class ClientProcesses {
  private readonly processes = new Map<number, ClientProcess>();
  /** Of threads that ended: totals only grow. */
  private ended = { cpuMs: 0, waitMs: 0, runs: 0 };

  constructor(private readonly rootPid: number) {}

  get pids(): readonly number[] {
    return [...this.processes.keys()];
  }

  /** Looks for new processes and threads, and lets go of those that ended. */
  refresh(): void {
    const pids = new Set(descendants(this.rootPid));
    for (const [pid, known] of this.processes) if (!pids.has(pid)) this.release(pid, known);
    for (const pid of pids) {
      const known = this.processes.get(pid) ?? openProcess(pid);
      if (!known) continue;
      this.processes.set(pid, known);
      this.refreshThreads(known);
    }
  }

  /** @returns null: nothing of it is left */
  look(): ClientLook | null {
    let sum = { ...this.ended };
    let busiest: { readonly state: ProcessState; readonly pid: number; readonly cpuMs: number } | null = null;
    const pictures: Thread[] = [];
    for (const { pid, stat, threads } of this.processes.values()) {
      const told = readStat(stat);
      if (!told) continue;
      let cpuMs = 0;
      for (const thread of threads.values()) {
        const seen = readSchedule(thread.schedule);
        if (seen) thread.last = seen;
        cpuMs += thread.last.cpuMs;
        sum = add(sum, thread.last);
        if (pictureThreads.includes(thread.name)) pictures.push(thread);
      }
      // Kernels without schedule statistics tell the time in ticks only.
      if (threads.size === 0) {
        cpuMs = told.cpuMs;
        sum = add(sum, { cpuMs, waitMs: 0, runs: cpuMs });
      }
      // Wrappers that started the client rest all the time: what works is what counts.
      if (!busiest || cpuMs > busiest.cpuMs) busiest = { state: told.state, pid, cpuMs };
    }
    if (!busiest) return null;
    const picture = pictures.sort((one, other) => pictureThreads.indexOf(one.name) - pictureThreads.indexOf(other.name))[0];
    const waitsIn = busiest.state === 'blocked' ? readWaitChannel(busiest.pid) : null;
    return { ...sum, state: busiest.state, pictures: picture?.last ?? null, waitsIn };
  }

  dispose(): void {
    for (const [pid, known] of this.processes) this.release(pid, known);
  }

  private refreshThreads({ pid, threads }: ClientProcess): void {
    const ids = new Set(list(`/proc/${pid}/task`));
    for (const [id, thread] of threads) if (!ids.has(id)) this.releaseThread(threads, id, thread);
    for (const id of ids) {
      // The name may be given after the start, so it is read until it is a known one.
      const known = threads.get(id);
      const schedule = known?.schedule ?? ProcFile.open(`/proc/${pid}/task/${id}/schedstat`);
      const last = known?.last ?? (schedule ? readSchedule(schedule) : null);
      if (!schedule || !last) {
        schedule?.close();
        continue;
      }
      if (known && pictureThreads.includes(known.name)) continue;
      threads.set(id, { name: read(`/proc/${pid}/task/${id}/comm`)?.trim() ?? '', schedule, last });
    }
  }

  private release(pid: number, known: ClientProcess): void {
    known.stat.close();
    for (const [id, thread] of known.threads) this.releaseThread(known.threads, id, thread);
    this.processes.delete(pid);
  }

  private releaseThread(threads: Map<string, Thread>, id: string, { schedule, last }: Thread): void {
    schedule.close();
    this.ended = add(this.ended, last);
    threads.delete(id);
  }
}

type Totals = Thread['last'];

function add(one: Totals, other: Totals): Totals {
  return { cpuMs: one.cpuMs + other.cpuMs, waitMs: one.waitMs + other.waitMs, runs: one.runs + other.runs };
}

function openProcess(pid: number): ClientProcess | null {
  const stat = ProcFile.open(`/proc/${pid}/stat`);
  return stat && { pid, stat, threads: new Map() };
}

/** The process and all it started, parents first (proc_tid_children(5)). */
function descendants(rootPid: number): number[] {
  const found = [rootPid];
  for (const pid of found) {
    for (const task of list(`/proc/${pid}/task`)) {
      const children = read(`/proc/${pid}/task/${task}/children`)?.split(' ').filter(Boolean) ?? [];
      found.push(...children.map(Number).filter((child) => !found.includes(child)));
    }
  }
  return found;
}

/** Time on a processor and waiting for one in nanoseconds, and how often it ran (Documentation/scheduler/sched-stats.rst). */
function readSchedule(file: ProcFile): Totals | null {
  const [cpu, wait, runs] = file.read()?.split(' ').map(Number) ?? [];
  if (cpu === undefined || wait === undefined || runs === undefined) return null;
  return { cpuMs: cpu / nanosPerMs, waitMs: wait / nanosPerMs, runs };
}

function readStat(file: ProcFile): { readonly state: ProcessState; readonly cpuMs: number } | null {
  const text = file.read();
  if (text === null) return null;
  // The command name, in parentheses, may hold spaces and parentheses itself: what follows the last one is regular.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: stateOf(fields[0] ?? ''), cpuMs: (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * tickMs };
}

/** proc_pid_stat(5), field 3. */
function stateOf(letter: string): ProcessState {
  switch (letter) {
    case 'T':
    case 't':
      return 'stopped';
    case 'D':
      return 'blocked';
    case 'Z':
    case 'X':
    case '':
      return 'gone';
    default:
      return 'alive';
  }
}

/** The kernel function it sleeps in; only root may read it on many systems, who else gets "0". */
function readWaitChannel(pid: number): string | null {
  const text = read(`/proc/${pid}/wchan`)?.trim();
  return text === undefined || text === '' || text === '0' ? null : text;
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return []; // it has ended
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null; // it has ended, or this kernel has no such file
  }
}
