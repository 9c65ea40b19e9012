// The process table of a Linux host: read out of what the remote shell lists, and searched for an app's processes.

/** A process as proc(5) tells it. */
export interface ListedProcess {
  readonly pid: number;
  readonly parentPid: number;
  /** Clock ticks since boot; with the pid it names one process for good. */
  readonly startTicks: string;
  /** One letter: R, S, D, T (stopped), Z (ended, not yet collected) ... */
  readonly state: string;
  /** The name in parentheses: at most 15 characters, chosen by the program itself. */
  readonly name: string;
  /** Arguments joined by spaces; empty for threads of the kernel. */
  readonly commandLine: string;
  readonly isKernelThread: boolean;
}

export type ProcessTable = ReadonlyMap<number, ListedProcess>;

/** PF_KTHREAD of include/linux/sched.h. */
const kernelThreadFlag = 0x0020_0000;
/** Athena and people reach the host through these: stopping one locks everybody out. */
const sshServerNames: ReadonlySet<string> = new Set(['sshd', 'sshd-session', 'sshd-auth', 'dropbear']);
/** The name a watchdog gives itself on the host. */
const watchdogName = /^athena-[0-9a-f]{8}$/;
/** A pattern is searched in no more of a command line than this. */
const commandLineLength = 16_384;

/**
 * Reads the answer of `athena_list`: for each process its stat line, its command line with NUL after each argument (a
 * line break in it became a tab), and an empty line. A process that ended meanwhile may lack any of the three; nothing
 * a process calls itself can pass for another record, because its text never begins a record.
 */
export function parseProcessTable(answer: string): ProcessTable {
  const lines = answer.split('\n');
  const table = new Map<number, ListedProcess>();
  let at = 0;
  while (at < lines.length) {
    const stat = lines[at++] ?? '';
    if (stat === '') continue;
    let commandLine = '';
    if (lines[at] !== '' || lines[at + 1] === '') commandLine = lines[at++] ?? '';
    const process = parseProcess(stat, commandLine);
    if (process) table.set(process.pid, process);
    while (at < lines.length && lines[at] !== '') at++;
    at++;
  }
  return table;
}

function parseProcess(stat: string, commandLine: string): ListedProcess | null {
  // The name may hold spaces and parentheses itself: what follows the last one is regular.
  const nameStart = stat.indexOf(' (');
  const nameEnd = stat.lastIndexOf(') ');
  if (nameStart < 0 || nameEnd < nameStart) return null;
  const fields = stat.slice(nameEnd + 2).split(' ');
  const pid = Number(stat.slice(0, nameStart));
  // Fields 3, 4, 9, 20 and 22 of proc(5).
  const [state, parentPid, flags, threads, startTicks] = [fields[0], fields[1], fields[6], fields[17], fields[19]];
  if (!Number.isSafeInteger(pid) || pid <= 0 || state === undefined || !/^\d+$/.test(startTicks ?? '')) return null;
  const collected = state === 'Z' && Number(threads) <= 1;
  if (collected || state === 'X' || state === 'x') return null;
  return {
    pid,
    parentPid: Number(parentPid),
    startTicks: startTicks ?? '',
    state,
    name: stat.slice(nameStart + 2, nameEnd),
    commandLine: commandLine.replace(/\0+$/, '').replaceAll('\0', ' ').slice(0, commandLineLength),
    isKernelThread: (Number(flags) & kernelThreadFlag) !== 0,
  };
}

/** Names one process for good, also when its pid is used again. */
export function identityOf({ pid, startTicks }: Pick<ListedProcess, 'pid' | 'startTicks'>): string {
  return `${pid}:${startTicks}`;
}

/**
 * The processes Athena must never stop: init, the kernel's own, SSH servers, watchdogs with what they started, its own
 * shell with everything above and below it, and itself with everything above it.
 * @param athenaPid null: Athena runs on another machine
 */
export function protectedPids(table: ProcessTable, shellPid: number, athenaPid: number | null): ReadonlySet<number> {
  const pids = new Set<number>([1]);
  for (const { pid, name, isKernelThread } of table.values()) {
    if (isKernelThread || sshServerNames.has(name)) pids.add(pid);
  }
  const watchdogs = [...table.values()].filter(({ name }) => watchdogName.test(name)).map(({ pid }) => pid);
  for (const { pid } of withDescendants(table, [shellPid, ...watchdogs], new Set())) pids.add(pid);
  for (const pid of ancestorsOf(table, shellPid)) pids.add(pid);
  if (athenaPid !== null) for (const pid of [athenaPid, ...ancestorsOf(table, athenaPid)]) pids.add(pid);
  return pids;
}

/**
 * The given processes and everything they started, parents before children.
 * @param except left out, together with what is reached only through them
 */
export function withDescendants(table: ProcessTable, roots: Iterable<number>, except: ReadonlySet<number>): ListedProcess[] {
  const childrenOf = new Map<number, number[]>();
  for (const { pid, parentPid } of table.values()) {
    const siblings = childrenOf.get(parentPid);
    if (siblings) siblings.push(pid);
    else childrenOf.set(parentPid, [pid]);
  }
  const members = new Set<number>(roots);
  // A set's iteration goes on over what is added meanwhile.
  for (const pid of members) {
    if (except.has(pid)) members.delete(pid);
    else for (const child of childrenOf.get(pid) ?? []) members.add(child);
  }
  return [...members]
    .map((pid) => table.get(pid))
    .filter((process) => process !== undefined)
    .map((process) => ({ process, depth: ancestorsOf(table, process.pid).size }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ process }) => process);
}

function ancestorsOf(table: ProcessTable, pid: number): ReadonlySet<number> {
  const ancestors = new Set<number>();
  let above = table.get(table.get(pid)?.parentPid ?? 0);
  // A listing is no snapshot: it may, in theory, hold a circle.
  while (above && above.pid !== pid && !ancestors.has(above.pid)) {
    ancestors.add(above.pid);
    above = table.get(above.parentPid);
  }
  return ancestors;
}
