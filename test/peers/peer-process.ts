// Starts one process a test talks to, keeps what it prints, and makes sure that it ends with the test.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { endProcessTree, processTree, signalProcess, type ProcessIdentity } from './process-tree';

/** What every peer offers, whatever it serves. */
export interface Peer {
  readonly pid: number;
  /** Everything it printed so far on stdout and stderr, for the message of a failing test. */
  output(): string;
  /** For faults: SIGSTOP, SIGCONT, SIGKILL ... to the server process alone. */
  signal(signal: NodeJS.Signals): void;
  /** Ends it and everything it started; safe to call twice. */
  stop(): Promise<void>;
}

export interface PeerProcess extends Peer {
  isAlive(): boolean;
  /** The stream of file descriptor 3, when `statusPipe` was asked for. */
  readonly statusPipe: Readable | undefined;
}

export interface PeerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Opens file descriptor 3 of the child as a pipe to us (X servers tell their display number there). */
  readonly statusPipe?: boolean;
}

const OUTPUT_LIMIT_CHARS = 200_000;

/** @throws when the program is missing, with the command's name */
export async function startPeerProcess({ command, args, env, cwd, statusPipe }: PeerCommand): Promise<PeerProcess> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', statusPipe ? 'pipe' : 'ignore'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw new Error(`can't start ${command}: is its package installed? "npm test" installs what the tests need`, { cause: error });
  }
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${command} started without a pid`);

  let printed = '';
  const keep = (chunk: Buffer): void => {
    printed = (printed + chunk.toString('utf8')).slice(-OUTPUT_LIMIT_CHARS);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);

  const killNow = (): void => {
    for (const member of processTree(pid)) signalProcess(member, 'SIGKILL');
  };
  // A worker of the test runner that ends early (a failed import, a time limit) must not leave servers behind.
  process.once('exit', killNow);
  child.once('exit', () => process.removeListener('exit', killNow));

  const identity: ProcessIdentity | undefined = processTree(pid)[0];
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  const fourth = child.stdio[3];
  return {
    pid,
    statusPipe: fourth && 'read' in fourth ? fourth : undefined,
    output: () => printed,
    isAlive,
    signal: (signal) => {
      if (identity) signalProcess(identity, signal);
    },
    stop: async () => {
      if (!isAlive()) return;
      const ended = once(child, 'exit');
      await endProcessTree(pid);
      await ended;
    },
  };
}

/**
 * Runs a step that waits for a peer to get ready; when it fails, stops the peer and adds what it printed to the error.
 */
export async function readyOrStop(name: string, peer: Peer, wait: () => Promise<void>): Promise<void> {
  try {
    await wait();
  } catch (error) {
    await peer.stop();
    throw new Error(`${name} did not get ready. It printed:\n${peer.output()}`, { cause: error });
  }
}
