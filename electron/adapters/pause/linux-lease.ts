// Starts the watchdog on a Linux host, over a connection of its own, and talks to it.
import { createHash, randomBytes } from 'node:crypto';
import type { ClientChannel } from 'ssh2';
import { failure, success, type Result } from '../../common/result';
import type { Clock, Disposable } from '../../domain/clock';
import type { ControlFailure } from '../../domain/pause/host-control';
import type { LeaseTerms } from '../../domain/pause/lease';
import type { Watchdog, WatchdogEvents } from '../../domain/pause/lease-watchdog';
import type { Log } from '../../domain/log';
import type { LinuxTarget } from './linux-host';
import { WatchdogReader, type WatchdogSaying } from './linux-lease-answer';
import { chooseShellScript, watchdogScript } from './linux-lease-script';
import type { ListedProcess } from './linux-process-tree';
import type { SshLine } from './ssh-connection';

export interface LinuxLeaseInputs {
  readonly line: SshLine;
  readonly target: LinuxTarget;
  readonly terms: LeaseTerms;
  readonly events: WatchdogEvents;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds for the whole start. */
  readonly limitMs: number;
}

/** Between two looks for the app's processes, in milliseconds: what they start meanwhile the watchdog finds itself. */
const lookEveryMs = 5_000;
/** The same while there is no app yet. */
const lookSoonMs = 1_000;
/** For one look; a host this slow is in trouble, and the connection is made anew. */
const lookLimitMs = 4_000;
const longestLine = 1_000_000;

/** The name a watchdog gives itself on the host: one app, one name. */
export function watchdogNameOf(target: LinuxTarget): string {
  const ordered = target.by === 'command' ? [target.by, target.pattern] : [target.by, target.path];
  return `athena-${createHash('sha256').update(JSON.stringify(ordered)).digest('hex').slice(0, 8)}`;
}

/** The line belongs to the watchdog from here on, also when this fails. */
export async function startLinuxWatchdog(inputs: LinuxLeaseInputs): Promise<Result<Watchdog, ControlFailure>> {
  const { line, target, limitMs } = inputs;
  const found = await line.linux.find(target, new Set(), limitMs);
  if (!found.ok) {
    line.destroy();
    return found.failure.kind === 'refused' ? { ok: false, failure: found.failure.failure } : notStarted('the connection ended');
  }
  const opened = await line.openShell();
  if (!opened.ok) {
    line.destroy();
    return opened;
  }
  const watchdog = new LinuxWatchdog(opened.value, inputs);
  const begun = await watchdog.begin(found.value.members);
  return begun.ok ? success(watchdog) : begun;
}

function notStarted(why: string): { readonly ok: false; readonly failure: ControlFailure } {
  return failure('io', `The watchdog could not be started on the host: ${why}.`, 'It is tried again by itself.');
}

class LinuxWatchdog implements Watchdog {
  readonly #mark = randomBytes(8).toString('hex');
  readonly #reader: WatchdogReader;
  #rest = '';
  #awaited: { readonly kind: WatchdogSaying['kind']; readonly settle: (saying: WatchdogSaying | null) => void } | null = null;
  #isClosed = false;
  #isBegun = false;
  #nextLook: Disposable | null = null;

  constructor(
    private readonly channel: ClientChannel,
    private readonly inputs: LinuxLeaseInputs,
  ) {
    this.#reader = new WatchdogReader(this.#mark, () => inputs.clock.nowMs());
    channel.on('data', (chunk: Buffer) => this.#take(chunk.toString('latin1')));
    for (const event of ['end', 'close']) channel.on(event, () => this.#end({ kind: 'closed', why: 'The connection to the host ended.' }));
  }

  /** Each step waits for the answer to the one before: a shell reads ahead in its input. */
  async begin(members: readonly ListedProcess[]): Promise<Result<null, ControlFailure>> {
    const { clock, line, target, terms, limitMs, log } = this.inputs;
    const tooLate = clock.after(limitMs, () => this.close());
    const shell = await this.#say(chooseShellScript(this.#mark), 'shell');
    const watchdog = randomBytes(8).toString('hex');
    const script = watchdogScript({ mark: this.#mark, watchdog, name: watchdogNameOf(target), groupMount: line.linux.groupMount, terms });
    const ready = shell && (await this.#say(script, 'ready'));
    tooLate.dispose();
    if (shell?.kind !== 'shell' || ready?.kind !== 'ready') {
      this.close();
      return notStarted(shell ? 'its shell did not answer' : 'no shell answered');
    }
    log.debug('a watchdog runs on the host', { shell: shell.name, pid: ready.pid, watchdog });
    this.#isBegun = true;
    this.#name(members);
    return success(null);
  }

  beat(number: number): void {
    this.#write(`b ${number}\n`);
  }

  heard(): void {
    this.#write('h\n');
  }

  leave(): void {
    this.#write('r\n');
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#nextLook?.dispose();
    this.#awaited?.settle(null);
    this.inputs.line.destroy();
  }

  #end(end: Parameters<WatchdogEvents['ended']>[0]): void {
    if (this.#isClosed) return;
    this.close();
    if (this.#isBegun) this.inputs.events.ended(end);
  }

  /** Names the app's processes to the watchdog, again and again: an app may start anew, and a line may be lost. */
  #name(members: readonly ListedProcess[]): void {
    this.#write(`m ${members.map(({ pid, startTicks }) => `${pid} ${startTicks} `).join('')}.\n`);
    const delayMs = members.length === 0 ? lookSoonMs : lookEveryMs;
    this.#nextLook = this.inputs.clock.after(delayMs, () => void this.#lookAgain(members));
  }

  async #lookAgain(known: readonly ListedProcess[]): Promise<void> {
    const { line, target, log } = this.inputs;
    const found = await line.linux.find(target, new Set(), lookLimitMs);
    if (this.#isClosed) return;
    if (found.ok) this.#name(found.value.members);
    else if (found.failure.kind === 'fault') this.#end({ kind: 'closed', why: 'The host stopped answering.' });
    else {
      log.warn('the lease could not look for the app', { why: found.failure.failure.message });
      this.#name(known);
    }
  }

  #write(text: string): void {
    if (!this.#isClosed) this.channel.write(text);
  }

  #say(text: string, answer: WatchdogSaying['kind']): Promise<WatchdogSaying | null> {
    if (this.#isClosed) return Promise.resolve(null);
    return new Promise((settle) => {
      this.#awaited = { kind: answer, settle };
      this.#write(text);
    });
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const saying = this.#reader.read(line);
      if (saying) this.#hear(saying);
    }
    if (this.#rest.length > longestLine) this.#end({ kind: 'closed', why: 'The host sent far more than an answer.' });
  }

  #hear(saying: WatchdogSaying): void {
    if (this.#awaited?.kind === saying.kind) {
      const { settle } = this.#awaited;
      this.#awaited = null;
      settle(saying);
      return;
    }
    switch (saying.kind) {
      case 'answered':
        this.inputs.events.answered(saying.beat);
        break;
      case 'told':
        this.inputs.events.told(saying.report);
        break;
      case 'fired':
        this.inputs.log.info('the watchdog paused the app by itself');
        break;
      case 'left':
      case 'replaced':
        this.#end({ kind: saying.kind });
        break;
      case 'shell':
      case 'ready':
        break;
    }
  }
}
