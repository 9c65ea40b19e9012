// Pauses an app by running a command of the user's, on its host or on this machine.
import { spawn } from 'node:child_process';
import type { TargetOf } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import { failure, success, type Result } from '../../common/result';
import type { Clock } from '../../domain/clock';
import type { AppDriver } from '../../domain/pause/app-driver';
import type { AppReading, ControlFailure, ControlReport } from '../../domain/pause/host-control';
import { AskedApp } from './asked-app';
import type { HostResult, LinuxHost } from './linux-host';
import { lastWords, runProgram, type ProgramEnd } from './linux-program';

type Target = TargetOf<'own-command'>;

/** The part of `SshHostControl` that runs commands on hosts. */
export interface HostShell {
  warm(host: HostRecord): Promise<Result<null, ControlFailure>>;
  perform<T>(host: HostRecord, act: (linux: LinuxHost, limitMs: number) => Promise<HostResult<T>>): Promise<Result<T, ControlFailure>>;
}

export interface OwnCommandParts {
  readonly shell: HostShell;
  readonly clock: Clock;
  /** Milliseconds for one command; absent: the usual. */
  readonly limitMs?: number;
}

const usualLimitMs = 10_000;
const outputKept = 10_000;

export class OwnCommandDriver implements AppDriver<Target> {
  readonly #app: AskedApp<Target>;

  constructor(private readonly parts: OwnCommandParts) {
    this.#app = new AskedApp({
      method: 'own-command',
      clock: parts.clock,
      ask: async (host, target, wanted, signal) => {
        const words = wanted === 'paused' ? target.pause : target.resume;
        const ended = await this.#run(host, target, words, signal);
        if (!ended.ok) return ended;
        return ended.value.exitCode === 0 ? success(null) : { ok: false, failure: commandFailed(words, ended.value) };
      },
      look: (host, target, signal) => (target.read === undefined ? null : this.#look(host, target, target.read, signal)),
    });
  }

  warm(host: HostRecord, target: Target): Promise<Result<null, ControlFailure>> {
    return target.on === 'host' ? this.parts.shell.warm(host) : Promise.resolve(success(null));
  }

  pause(host: HostRecord, target: Target): Promise<Result<ControlReport, ControlFailure>> {
    return this.#app.settle(host, target, 'paused');
  }

  resume(host: HostRecord, target: Target): Promise<Result<ControlReport, ControlFailure>> {
    return this.#app.settle(host, target, 'running');
  }

  read(host: HostRecord, target: Target): Promise<Result<AppReading, ControlFailure>> {
    return this.#app.read(host, target);
  }

  close(host?: HostRecord): void {
    this.#app.cancel(host);
  }

  async #look(host: HostRecord, target: Target, words: readonly string[], signal: AbortSignal): Promise<Result<'paused' | 'running', ControlFailure>> {
    const ended = await this.#run(host, target, words, signal);
    if (!ended.ok) return ended;
    if (ended.value.exitCode === 0) return success('paused');
    return ended.value.exitCode === 1 ? success('running') : { ok: false, failure: commandFailed(words, ended.value) };
  }

  #run(host: HostRecord, target: Target, words: readonly string[], signal: AbortSignal): Promise<Result<ProgramEnd, ControlFailure>> {
    const { shell, limitMs = usualLimitMs } = this.parts;
    if (signal.aborted) return Promise.resolve(cancelled());
    return target.on === 'host' ? shell.perform(host, (linux) => runProgram(linux, words, limitMs)) : runHere(words, limitMs, signal);
  }
}

/** Runs a program on this machine, without a shell and without input. */
export function runHere(words: readonly string[], limitMs: number, signal: AbortSignal): Promise<Result<ProgramEnd, ControlFailure>> {
  const [program = '', ...args] = words;
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let output = '';
    const finish = (result: Result<ProgramEnd, ControlFailure>): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      resolve(result);
    };
    const giveUp = (result: Result<ProgramEnd, ControlFailure>): void => {
      child.kill('SIGKILL');
      finish(result);
    };
    const cancel = (): void => giveUp(cancelled());
    const timer = setTimeout(() => giveUp(failure('timed-out', `${program} did not end within ${limitMs / 1_000} s.`, 'Try it by hand.')), limitMs);
    signal.addEventListener('abort', cancel);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString('utf8')).slice(-outputKept)));
    child.on('error', (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === 'ENOENT';
      finish(success({ exitCode: isMissing ? 127 : 126, output: error.message }));
    });
    // Not "close": a program may leave a child behind that keeps its output open.
    child.on('exit', (code) => setImmediate(() => finish(success({ exitCode: code ?? 128, output }))));
  });
}

function commandFailed(words: readonly string[], { exitCode, output }: ProgramEnd): ControlFailure {
  const program = words[0] ?? '';
  if (exitCode === 127) return failure('not-found', `There is no program ${program}.`, 'Correct the command of this entry; it needs a full path where the search path does not hold it.').failure;
  if (exitCode === 126) return failure('permission-denied', `${program} can't be run there.`, 'Make it executable for the user who runs it.').failure;
  const said = lastWords(output);
  return failure('io', `${program} ended with ${exitCode}${said === '' ? '' : `: ${said}`}.`, 'Try the command of this entry by hand.').failure;
}

function cancelled(): ReturnType<typeof failure> {
  return failure('cancelled', 'The command was given up.', 'Try again.');
}
