// Runs the watchdog in a shell of this machine, behind pipes instead of SSH, so that each shell and each end can be tried.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { chooseShellScript, watchdogScript } from '../../../electron/adapters/pause/linux-lease-script';
import { WatchdogReader, type WatchdogSaying } from '../../../electron/adapters/pause/linux-lease-answer';
import { usualTerms, type LeaseTerms, type WatchdogReport } from '../../../electron/domain/pause/lease';
import { endProcessTree, processTree, type ProcessIdentity } from '../../peers/process-tree';

export interface WatchdogInShell {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  readonly pid: number;
  /** Which shell it says it runs in; null when it was not asked to choose. */
  readonly shell: string | null;
  readonly home: string;
  say(line: string): void;
  /** Names the processes of these trees, then feeds it until the returned function is called. */
  feed(roots: readonly number[], everyMs?: number): () => void;
  heard(): readonly WatchdogSaying[];
  report(limitMs?: number): Promise<WatchdogReport>;
  stop(): Promise<void>;
}

export interface WatchdogOptions {
  readonly terms?: Partial<LeaseTerms>;
  readonly name?: string;
  readonly home?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** As Athena does: the host's `sh` looks for a better one. */
  readonly choose?: boolean;
  readonly groupMount?: string;
}

/** @param command the shell; it reads its script from standard input, in a session of its own, as sshd starts it */
export async function startWatchdogIn(command: readonly string[], options: WatchdogOptions = {}): Promise<WatchdogInShell> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'athena-home-')));
  const [file = 'sh', ...args] = command;
  const child = spawn(file, args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, ...options.environment },
  });
  child.stdin.on('error', () => child.stdin.destroy());
  const mark = randomBytes(8).toString('hex');
  const reader = new WatchdogReader(mark, () => Date.now());
  const heard: WatchdogSaying[] = [];
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const saying = reader.read(line);
      if (saying) heard.push(saying);
    }
  });
  const until = async <K extends WatchdogSaying['kind']>(kind: K, limitMs = 10_000): Promise<Extract<WatchdogSaying, { kind: K }>> => {
    const deadline = performance.now() + limitMs;
    for (;;) {
      const found = heard.find((saying): saying is Extract<WatchdogSaying, { kind: K }> => saying.kind === kind);
      if (found) return found;
      if (performance.now() > deadline) throw new Error(`${command.join(' ')}: no "${kind}", but ${JSON.stringify(heard)}`);
      await sleep(5);
    }
  };
  const say = (line: string): void => {
    if (child.stdin.writable) child.stdin.write(`${line}\n`);
  };
  if (options.choose === true) child.stdin.write(chooseShellScript(mark));
  const shell = options.choose === true ? (await until('shell')).name : null;
  child.stdin.write(
    watchdogScript({
      mark,
      watchdog: randomBytes(8).toString('hex'),
      name: options.name ?? `athena-${randomBytes(4).toString('hex')}`,
      groupMount: options.groupMount ?? null,
      terms: { ...usualTerms, leaseMs: 1_000, ...options.terms },
    }),
  );
  const { pid } = await until('ready');
  let beats = 0;
  return {
    child,
    pid,
    shell,
    home,
    say,
    feed: (roots, everyMs = 250) => {
      say(membersLine(roots.flatMap((root) => processTree(root))));
      say(`b ${++beats}`);
      const timer = setInterval(() => say(`b ${++beats}`), everyMs);
      return () => clearInterval(timer);
    },
    heard: () => heard,
    report: async (limitMs) => (await until('told', limitMs)).report,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        await endProcessTree(pid, 500);
        await ended;
      }
      if (options.home === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}

export function membersLine(processes: readonly ProcessIdentity[]): string {
  return `m ${processes.map(({ pid, startTicks }) => `${pid} ${startTicks} `).join('')}.`;
}
