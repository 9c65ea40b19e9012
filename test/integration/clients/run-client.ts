// Runs a launch plan on a real pty the way a session does, feeds the reader, and can keep what was said as a fixture.
import { execFile } from 'node:child_process';
import { mkdir, readlink, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { spawn } from 'node-pty';
import type { ClientEnd } from '../../../electron/common/session';
import type {
  ClientEvent,
  ClientExit,
  LaunchPlan,
  OutputReader,
} from '../../../electron/domain/session/stream-client';
import { LineSplitter } from '../../../electron/threads/line-splitter';
import { endProcessTree, processTree } from '../../peers/process-tree';

export interface ClientRun {
  readonly pid: number;
  readonly events: readonly ClientEvent[];
  /** Everything on the terminal, as it came. */
  output(): string;
  /** Resolves with the milliseconds from the start to the first event of the kind. @throws when the client ends before */
  reaches(kind: ClientEvent['kind'], timeoutMs?: number): Promise<number>;
  /** @throws when it does not end by itself in time */
  ended(timeoutMs?: number): Promise<ClientEnd>;
  signal(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
  /** Writes test/fixtures/clients/PATH when RECORD_CLIENT_OUTPUT is set: the source of the reader's unit tests. */
  keepAs(path: string): Promise<void>;
}

export interface RunOptions {
  readonly display: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called before the password is typed. */
  readonly atPrompt?: (run: ClientRun) => Promise<void>;
}

const quietAfterMs = 60;

export function runClient(plan: LaunchPlan, reader: OutputReader, options: RunOptions): ClientRun {
  const env: Record<string, string> = {};
  const wanted = { ...process.env, DISPLAY: options.display, ...options.env, ...plan.env };
  for (const [name, value] of Object.entries(wanted)) if (value !== undefined) env[name] = value;
  const startedAt = performance.now();
  const pty = spawn(plan.file, [...plan.args], { name: 'xterm', cols: 200, rows: 50, env });

  const events: ClientEvent[] = [];
  const reachedAt = new Map<ClientEvent['kind'], number>();
  const recording: string[] = [`# recorded with: ${[plan.file, ...plan.args].join(' ')}`];
  let output = '';
  let finished: { readonly end: ClientEnd; readonly exit: ClientExit } | null = null;
  let quietTimer: NodeJS.Timeout | undefined;

  const take = (news: readonly ClientEvent[]): void => {
    for (const event of news) {
      events.push(event);
      if (!reachedAt.has(event.kind)) reachedAt.set(event.kind, performance.now() - startedAt);
      if (event.kind === 'password-prompt') void answer();
    }
  };
  const splitter = new LineSplitter((line) => {
    recording.push(`line|${line}`);
    take(reader.line(line));
  });
  pty.onData((data) => {
    output += data;
    splitter.push(data);
    clearTimeout(quietTimer);
    quietTimer = setTimeout(() => {
      const { partial } = splitter;
      if (partial === '') return;
      recording.push(`quiet|${partial}`);
      take(reader.partial(partial));
    }, quietAfterMs);
  });
  pty.onExit(({ exitCode, signal }) => {
    clearTimeout(quietTimer);
    splitter.flush();
    const exit: ClientExit = { exitCode, signal: nameOf(signal) };
    recording.push(`exit|${exit.exitCode}|${exit.signal ?? ''}`);
    finished = { end: reader.end(exit), exit };
  });

  const until = async (met: () => boolean, timeoutMs: number, what: string): Promise<void> => {
    const deadline = performance.now() + timeoutMs;
    while (!met()) {
      if (performance.now() > deadline) throw new Error(`${what} did not come in ${timeoutMs} ms. The client printed:\n${output}`);
      await sleep(5);
    }
  };
  const run: ClientRun = {
    pid: pty.pid,
    events,
    output: () => output,
    reaches: async (kind, timeoutMs = 20_000) => {
      await until(() => reachedAt.has(kind) || finished !== null, timeoutMs, kind);
      const at = reachedAt.get(kind);
      if (at === undefined) throw new Error(`the client ended before ${kind}. It printed:\n${output}`);
      return at;
    },
    ended: async (timeoutMs = 20_000) => {
      await until(() => finished !== null, timeoutMs, 'the end');
      if (!finished) throw new Error('unreachable');
      return finished.end;
    },
    signal: (signal) => {
      process.kill(pty.pid, signal);
    },
    stop: async () => {
      await endProcessTree(pty.pid);
      await until(() => finished !== null, 5_000, 'the exit event');
    },
    keepAs: async (path) => {
      if (process.env['RECORD_CLIENT_OUTPUT'] === undefined) return;
      const file = join(import.meta.dirname, '../../fixtures/clients', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, `${recording.join('\n')}\n`);
    },
  };
  const answer = async (): Promise<void> => {
    await options.atPrompt?.(run);
    if (finished === null) pty.write(`${plan.typedPassword ?? ''}\r`);
  };
  return run;
}

function nameOf(signal: number | undefined): string | null {
  if (!signal) return null;
  return Object.entries(constants.signals).find(([, value]) => value === signal)?.[0] ?? `signal ${signal}`;
}

/** Whether the terminal of a client shows what is typed (termios ECHO). */
export async function terminalEchoes(run: ClientRun): Promise<boolean> {
  const terminal = await readlink(`/proc/${run.pid}/fd/0`);
  const { stdout } = await promisify(execFile)('stty', ['-F', terminal, '-a']);
  const flag = /(^|\s)(-?)echo(\s|;|$)/.exec(stdout);
  if (!flag) throw new Error(`stty does not tell about echo: ${stdout}`);
  return flag[2] === '';
}

/** The processes of a client that still run; none after it ended. */
export function processesOf(run: ClientRun): number {
  return processTree(run.pid).length;
}
