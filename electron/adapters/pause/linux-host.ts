// A Linux host seen through one remote shell: its process table, the processes of a target, and the orders to them.
import type { TargetOf } from '../../common/entry';
import { assertNever, failure, success, type Result } from '../../common/result';
import type { ControlFailure } from '../../domain/pause/host-control';
import { CommandMatcher } from './command-match';
import { identityOf, parseProcessTable, protectedPids, withDescendants, type ListedProcess, type ProcessTable } from './linux-process-tree';
import { lookScript, newbornScript, orderScript } from './linux-orders';
import { linuxFunctions, quoted } from './linux-shell-script';
import { readAnswer } from './order-answer';
import { readOwnProcess, type OwnProcess } from './own-process';
import type { RemoteShell, ShellFault } from './remote-shell';
import { timelyFunction, TimelyShell } from './timely-shell';

/** What is paused by processes of a Linux host. */
export type LinuxTarget = TargetOf<'command' | 'pid-file'>;

/** `fault`: the connection is of no use any more, and a fresh one may do. `refused`: the host's answer stands. */
export type HostFailure =
  | { readonly kind: 'fault'; readonly fault: ShellFault }
  | { readonly kind: 'refused'; readonly failure: ControlFailure };

export type HostResult<T> = Result<T, HostFailure>;

/** The processes of a target at one moment. */
export interface AppSight {
  /** Parents before children; empty when nothing matches. */
  readonly members: readonly ListedProcess[];
  readonly frozen: ReadonlySet<number>;
  /** One of them has started a process that is not among the members. */
  readonly hasNewborn: boolean;
  /** The host's system refused the last order for these. */
  readonly denied: ReadonlySet<number>;
  /** A control group was frozen until the last order. */
  readonly thawed: boolean;
  /** Why there are no members, when the target says more than "nothing matches". */
  readonly why?: string;
}

interface HostFacts {
  readonly shellPid: number;
  /** Athena itself, when the host is the machine it runs on. */
  readonly athena: OwnProcess | null;
  /** Where cgroup v2 is mounted; null: nowhere, or not as a whole. */
  readonly groupMount: string | null;
  /** The kernel lists the children of a process (CONFIG_PROC_CHILDREN), which saves a second listing of everything. */
  readonly listsChildren: boolean;
}

export class LinuxHost {
  readonly #matcher = new CommandMatcher();
  /** By target. Belongs to this connection: none of these processes outlives a restart of the host, and neither does it. */
  readonly #lastFound = new Map<string, readonly ListedProcess[]>();

  private constructor(
    private readonly shell: TimelyShell,
    private readonly facts: HostFacts,
  ) {}

  /** Makes a fresh shell ready. @param timeoutMs for the whole answer; a login shell's start-up files run meanwhile */
  static async prepare(shell: RemoteShell, timeoutMs: number): Promise<HostResult<LinuxHost>> {
    const askedMs = performance.now();
    const answer = await shell.run(`${linuxFunctions}\n${timelyFunction}\nathena_about`, timeoutMs);
    if (!answer.ok) return fault(answer.failure);
    const lines = answer.value.split('\n');
    const told = (key: string): string => lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1) ?? '';
    const system = told('system');
    const shellPid = Number(told('shell'));
    if (system !== 'Linux' || !Number.isSafeInteger(shellPid) || shellPid <= 0) {
      const name = system === '' ? 'a system Athena does not know' : system.slice(0, 40);
      return refused(
        'not-supported',
        `The host runs ${name}; Athena pauses apps on Linux hosts only.`,
        'Remove "ssh" from this host in the library; streaming works without it.',
      );
    }
    const mounts = lines.filter((line) => line.startsWith('mount ')).map((line) => line.split(' '));
    // Fields 4 and 5 of proc(5)'s mountinfo: what of the hierarchy is mounted, and where. A backslash is an escaped blank.
    const whole = mounts.find(([, , , , root, point]) => root === '/' && point !== undefined && /^\/[^\\]*$/.test(point));
    const own = readOwnProcess();
    const uptimeS = /^\d+/.exec(told('uptime'))?.[0];
    const timely = new TimelyShell(shell, uptimeS === undefined ? null : { uptimeS: Number(uptimeS), askedMs });
    return success(
      new LinuxHost(timely, {
        shellPid,
        athena: own !== null && own.bootId === told('boot') ? own : null,
        groupMount: whole?.[5] ?? null,
        listsChildren: told('children') === 'yes',
      }),
    );
  }

  /** Where cgroup v2 is mounted; null: nowhere, or not as a whole. */
  get groupMount(): string | null {
    return this.facts.groupMount;
  }

  isOpen(): boolean {
    return this.shell.isOpen();
  }

  close(): void {
    this.shell.close();
  }

  /** The target's processes as `find` last saw them over this connection; some may have ended, and others come. */
  lastFound(target: LinuxTarget): readonly ListedProcess[] {
    return this.#lastFound.get(JSON.stringify(target)) ?? [];
  }

  /**
   * Finds the target's processes, in one round trip. Which are frozen is not asked.
   * @param also processes that belong to it from before, as `identityOf` names them; they count while they still run
   * @param stopFirst some of `also`: stopped before anything is looked for, in the same round trip
   */
  async find(
    target: LinuxTarget,
    also: ReadonlySet<string>,
    timeoutMs: number,
    stopFirst: readonly ListedProcess[] = [],
  ): Promise<HostResult<AppSight>> {
    const { groupMount } = this.facts;
    const stop = [orderScript(groupMount, 'paused', stopFirst), lookScript(groupMount, stopFirst)].join('\n');
    const [stopped, named, listed] = await Promise.all([
      stopFirst.length > 0 ? this.shell.run(stop, timeoutMs) : success(''),
      target.by === 'pid-file' ? this.shell.run(`athena_pid_file ${quoted(target.path)}`, timeoutMs) : success(''),
      this.shell.run('athena_list', timeoutMs),
    ]);
    if (!stopped.ok) return fault(stopped.failure);
    if (!named.ok) return fault(named.failure);
    if (!listed.ok) return fault(listed.failure);
    const found = this.#recognize(target, also, named.value.trim(), listed.value);
    // What was stopped and turns out not to be the target's, or can't be judged, runs on.
    const wronged = stopFirst.length === 0 ? [] : found.ok ? found.value.spared : stopFirst;
    if (wronged.length > 0) {
      const freed = await this.shell.run(orderScript(groupMount, 'running', wronged), timeoutMs);
      if (!freed.ok) return fault(freed.failure);
    }
    if (!found.ok) return found;
    const { spared: _spared, ...sight } = found.value;
    this.#lastFound.set(JSON.stringify(target), sight.members);
    return success({ ...sight, frozen: readAnswer(stopped.value).frozen });
  }

  /**
   * Gives the processes an order, or only looks at them again, and tells what they do afterwards.
   * @param wanted null: only look
   */
  async order(
    wanted: 'paused' | 'running' | null,
    target: LinuxTarget,
    members: readonly ListedProcess[],
    timeoutMs: number,
  ): Promise<HostResult<AppSight>> {
    const { groupMount, listsChildren } = this.facts;
    const seesNewborn = wanted !== 'running' && listsChildren;
    const script = [
      ...(wanted === null ? [] : [orderScript(groupMount, wanted, members)]),
      lookScript(groupMount, members),
      ...(seesNewborn ? [newbornScript(members)] : []),
    ];
    const known = new Set(members.map(identityOf));
    const [answer, listed] = await Promise.all([
      this.shell.run(script.join('\n'), timeoutMs),
      wanted !== 'running' && !seesNewborn ? this.find(target, known, timeoutMs) : null,
    ]);
    if (!answer.ok) return fault(answer.failure);
    if (listed && !listed.ok) return listed;

    const told = readAnswer(answer.value);
    return success({
      members: members.flatMap((process) => {
        const state = told.states.get(process.pid);
        return state === undefined ? [] : [{ ...process, state }];
      }),
      frozen: told.frozen,
      hasNewborn: told.hasNewborn || listed?.value.members.some((process) => !known.has(identityOf(process))) === true,
      denied: told.denied,
      thawed: told.thawed,
    });
  }

  /** Runs a script of Athena's own. @returns what it printed */
  async runScript(script: string, limitMs: number): Promise<HostResult<string>> {
    const answer = await this.shell.run(script, limitMs);
    return answer.ok ? answer : fault(answer.failure);
  }

  #recognize(
    target: LinuxTarget,
    also: ReadonlySet<string>,
    named: string,
    listed: string,
  ): HostResult<AppSight & { readonly spared: readonly ListedProcess[] }> {
    const table = parseProcessTable(listed);
    if (!table.has(this.facts.shellPid)) {
      return refused(
        'not-supported',
        'The host does not show its process table to Athena.',
        'Check that /proc is mounted on the host and that the SSH user may read it.',
      );
    }
    const { shellPid, athena } = this.facts;
    const isAthenaHere = athena !== null && table.get(athena.pid)?.startTicks === athena.startTicks;
    const except = protectedPids(table, shellPid, isAthenaHere ? athena.pid : null);
    const roots = this.#rootsOf(target, named, table, except);
    if (!roots.ok) return roots;
    const { pids, why } = roots.value;
    const stay = [...table.values()].filter((process) => also.has(identityOf(process)));
    const members = withDescendants(table, [...pids, ...stay.map(({ pid }) => pid)], except);
    // One that gave itself the name of an SSH server, for example.
    const spared = stay.filter(({ pid }) => except.has(pid));
    const nothing = { spared, frozen: new Set<number>(), hasNewborn: false, denied: new Set<number>(), thawed: false };
    return success({ members, ...nothing, ...(why === undefined ? {} : { why }) });
  }

  #rootsOf(
    target: LinuxTarget,
    named: string,
    table: ProcessTable,
    except: ReadonlySet<number>,
  ): HostResult<{ pids: number[]; why?: string }> {
    switch (target.by) {
      case 'command': {
        const candidates = [...table.values()].filter(({ pid, commandLine }) => commandLine !== '' && !except.has(pid));
        const fits = this.#matcher.match(target.pattern, candidates.map(({ commandLine }) => commandLine));
        if (fits) return success({ pids: candidates.filter((_, index) => fits[index] === true).map(({ pid }) => pid) });
        return refused(
          'bad-input',
          `The pattern ${target.pattern} is no regular expression, or takes too long on the host's command lines.`,
          'Write a simpler pattern, without a repetition inside a repetition.',
        );
      }
      case 'pid-file': {
        if (named === 'missing') return success({ pids: [], why: `there is no file ${target.path}` });
        if (named === 'no-pid') return success({ pids: [], why: `${target.path} does not begin with a process id` });
        if (named === 'unreadable') {
          return refused(
            'permission-denied',
            `The SSH user may not read ${target.path} on the host.`,
            'Make the file readable for that user, or log in as another one.',
          );
        }
        const pid = Number(named);
        if (except.has(pid)) return success({ pids: [], why: `${target.path} names the process ${named}, which Athena must not stop` });
        return success(table.has(pid) ? { pids: [pid] } : { pids: [], why: `the process ${named} that ${target.path} names has ended` });
      }
      default:
        return assertNever(target);
    }
  }
}

export function fault(shellFault: ShellFault): { readonly ok: false; readonly failure: HostFailure } {
  return { ok: false, failure: { kind: 'fault', fault: shellFault } };
}

export function refused(...words: Parameters<typeof failure>): { readonly ok: false; readonly failure: HostFailure } {
  return { ok: false, failure: { kind: 'refused', failure: failure(...words).failure } };
}
