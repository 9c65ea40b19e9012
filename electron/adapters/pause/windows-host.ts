// A Windows host seen through one PowerShell process that stays: an order is a line, and so is its answer.
import { randomBytes } from 'node:crypto';
import type { ClientChannel } from 'ssh2';
import type { TargetOf } from '../../common/entry';
import { failure, success, type Result } from '../../common/result';
import type { ControlFailure } from '../../domain/pause/host-control';
import { CommandMatcher } from './command-match';
import { fault, refused, type HostResult } from './linux-host';
import { LineReader } from './line-reader';
import type { ShellFault } from './remote-shell';
import { openChannel, openSession, type ConnectionInputs } from './ssh-connection';
import { readWindowsAnswer, type WindowsAnswer, type WindowsProcess } from './windows-answer';
import { protectedOnWindows, windowsDescendants, windowsIdentity } from './windows-process-tree';
import { ordersScript, startCommand, startLines } from './windows-script';

export type WindowsTarget = TargetOf<'windows-command'>;
export type Member = Pick<WindowsProcess, 'pid' | 'created' | 'name'>;
type States = Extract<WindowsAnswer, { kind: 'states' }>;

interface Waiting {
  readonly settle: (result: HostResult<WindowsAnswer>) => void;
  readonly timer: NodeJS.Timeout;
}

/** A line of an answer is no longer, in characters: 5,000 processes with long command lines. */
const longestLine = 32_000_000;

export function openWindowsHost(inputs: ConnectionInputs): Promise<Result<WindowsHost, ControlFailure>> {
  const { host } = inputs;
  // PowerShell knows no time limit for an order: one that waits for the network must not freeze an app that runs again.
  return openSession(inputs, async ({ client, reset, leftMs }) => {
    const channel = await openChannel(client, host, startCommand);
    if (!channel.ok) return channel;
    const windows = new WindowsHost(channel.value, reset);
    const begun = await windows.begin(leftMs());
    if (begun.ok) return success(windows);
    if (begun.failure.kind === 'refused') return { ok: false, failure: begun.failure.failure };
    const said = begun.failure.fault.stray === '' ? '' : ` It said: "${begun.failure.fault.stray}"`;
    return failure(
      'not-supported',
      `${host.name} let Athena in, but started no PowerShell.${said}`,
      'For a Linux host choose "a process on Linux" in this entry; on Windows check that powershell.exe is on the search path of the SSH user.',
    );
  });
}

export class WindowsHost {
  readonly #mark = randomBytes(16).toString('hex');
  readonly #matcher = new CommandMatcher();
  readonly #waiting = new Map<number, Waiting>();
  /** By pattern; belongs to this connection. */
  readonly #lastFound = new Map<string, readonly Member[]>();
  readonly #lines: LineReader;
  #nextId = 1;
  #self = 0;
  #fault: ShellFault | null = null;

  constructor(
    private readonly channel: Pick<ClientChannel, 'write'> & NodeJS.ReadableStream,
    private readonly destroy: () => void,
  ) {
    this.#lines = new LineReader(channel, longestLine, {
      line: (line) => this.#hear(line),
      ended: (isTooMuch) => this.#break(isTooMuch ? 'too-much-output' : 'closed'),
    });
  }

  isOpen(): boolean {
    return this.#fault === null;
  }

  close(): void {
    this.#break('closed');
  }

  /** Gives it what it runs on. Compiling that takes PowerShell a second or two. */
  async begin(timeoutMs: number): Promise<HostResult<null>> {
    const answering = this.#wait(0, timeoutMs);
    this.channel.write(startLines(this.#mark, ordersScript));
    const answer = await answering;
    if (!answer.ok) return answer;
    if (answer.value.kind === 'ready') {
      this.#self = answer.value.self;
      return success(null);
    }
    const why = answer.value.kind === 'failed' ? answer.value.why : 'it answered something else';
    return refused('not-supported', `PowerShell on the host can't do what a pause needs: ${why}.`, 'Constrained language mode or an endpoint protection forbids Add-Type; allow it for the SSH user, or choose another way of pausing.');
  }

  lastFound({ pattern }: WindowsTarget): readonly Member[] {
    return this.#lastFound.get(pattern) ?? [];
  }

  /**
   * The target's processes, parents before children.
   * @param also processes that belong to it from before, as `windowsIdentity` names them; they count while they still run
   */
  async find(target: WindowsTarget, also: ReadonlySet<string>, timeoutMs: number): Promise<HostResult<readonly Member[]>> {
    const answer = await this.#ask({ order: 'list' }, timeoutMs);
    if (!answer.ok) return answer;
    if (answer.value.kind !== 'processes') return unexpected();
    const { processes } = answer.value;
    const except = protectedOnWindows(processes, this.#self);
    const candidates = processes.filter(({ pid, commandLine }) => commandLine !== '' && !except.has(pid));
    const fits = this.#matcher.match(target.pattern, candidates.map(({ commandLine }) => commandLine));
    if (!fits) {
      return refused('bad-input', `The pattern ${target.pattern} is no regular expression, or takes too long on the host's command lines.`, 'Write a simpler pattern, without a repetition inside a repetition.');
    }
    const roots = candidates.filter((process, index) => fits[index] === true || also.has(windowsIdentity(process)));
    const members = windowsDescendants(processes, roots.map(({ pid }) => pid), except);
    this.#lastFound.set(target.pattern, members);
    return success(members);
  }

  /** @param wanted null: only look */
  async order(wanted: 'paused' | 'running' | null, members: readonly Member[], timeoutMs: number): Promise<HostResult<States>> {
    const ordered = wanted === 'running' ? [...members].reverse() : members;
    const words = ordered.map(({ pid, created }) => ({ p: pid, c: created }));
    const answer = await this.#ask(wanted === null ? { order: 'look', members: words } : { order: 'set', wanted, members: words }, timeoutMs);
    if (!answer.ok) return answer;
    return answer.value.kind === 'states' ? success(answer.value) : unexpected();
  }

  async #ask(order: Readonly<Record<string, unknown>>, timeoutMs: number): Promise<HostResult<WindowsAnswer>> {
    if (this.#fault) return fault(this.#fault);
    const id = this.#nextId++;
    const answering = this.#wait(id, timeoutMs);
    this.channel.write(`${JSON.stringify({ id, ...order })}\n`);
    const answer = await answering;
    if (!answer.ok || answer.value.kind !== 'failed') return answer;
    return refused('io', `PowerShell on the host failed: ${answer.value.why}.`, 'Try again; if it stays, choose another way of pausing.');
  }

  #wait(id: number, timeoutMs: number): Promise<HostResult<WindowsAnswer>> {
    return new Promise((settle) => {
      this.#waiting.set(id, { settle, timer: setTimeout(() => this.#break('timed-out'), timeoutMs) });
    });
  }

  #hear(line: string): void {
    const answer = readWindowsAnswer(line, this.#mark);
    if (!answer) return;
    const id = answer.kind === 'ready' ? 0 : (answer.id ?? 0);
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    waiting.settle(success(answer));
  }

  #break(kind: ShellFault['kind']): void {
    if (this.#fault) return;
    const fallen: ShellFault = { kind, stray: this.#lines.stray(this.#mark) };
    this.#fault = fallen;
    for (const { settle, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      settle(fault(fallen));
    }
    this.#waiting.clear();
    this.destroy();
  }
}

function unexpected(): HostResult<never> {
  return refused('bad-answer', 'PowerShell on the host answered something else than it was asked.', 'Try again.');
}
