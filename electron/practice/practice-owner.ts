// Owns one practice host process: starts it, hands out how to reach it, and leaves nothing of it behind.
//
// Who cleans up when somebody dies by SIGKILL, the game paused or not:
//   the practice host dies   its guard kills the game and every command, and the owner kills the game too
//   Athena dies              the host's stdin ends, and it stops in order
//   both die                 the guard's stdin ends with the host, and it kills the same
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { failure, success, type Result } from '../common/result';
import { readHostLine, type GameStreamHostFacts } from './gamestream/host-facts';
import type { HostOrderInput } from './gamestream/host-switches';
import { endProcesses, type ProcessIdentity } from './practice-processes';

export interface PracticeHostStart {
  /** Runs JavaScript: Node, or Electron with ELECTRON_RUN_AS_NODE in `env`. */
  readonly file: string;
  /** Begin with the practice GameStream host's script. */
  readonly leadingArgs: readonly string[];
  /** Added to the environment; an undefined value removes the variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where the host keeps its identity and its key; by default a new directory, which is gone after `stop`. */
  readonly directory?: string;
  readonly readyWithinMs?: number;
  /** The host is gone although nobody stopped it; what it left has been cleaned up. */
  readonly onLost?: (why: string) => void;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  /** Removed at the end; null where the caller brought it. */
  readonly ownDirectory: string | null;
  /** Of every app that it has started. */
  appProcesses: readonly ProcessIdentity[];
  facts: GameStreamHostFacts | null;
}

const tailChars = 4_000;
/** More than the host needs: 0.5 s for clients that don't read, 2.5 s for a game that resists. */
const stopWithinMs = 5_000;
/** A port of its own, on loopback, announced there: nobody else is disturbed, and nobody else finds it. */
const ownArguments: readonly string[] = ['--json', '--owned', '--port', '0', '--announce-here'];

export class PracticeHost {
  #running: Running | null = null;

  /** How to reach the host; null while it doesn't serve. */
  get facts(): GameStreamHostFacts | null {
    return this.#running?.facts ?? null;
  }

  /** The processes of the apps it has started so far. */
  get appProcesses(): readonly ProcessIdentity[] {
    return this.#running?.appProcesses ?? [];
  }

  /** Failures: `already-there`, `timed-out`, `io` (its last words are in the message). Nothing runs after a failure. */
  async start(options: PracticeHostStart): Promise<Result<GameStreamHostFacts>> {
    if (this.#running !== null) {
      return failure('already-there', 'The practice host runs already.', 'Stop it before you start another one.');
    }
    const ownDirectory = options.directory === undefined ? await mkdtemp(join(tmpdir(), 'athena-practice-')) : null;
    const args = [...options.leadingArgs, ...ownArguments, '--dir', options.directory ?? ownDirectory ?? tmpdir()];
    const child = spawn(options.file, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
      windowsHide: true,
    });
    const words = lastWords(child);
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    const running: Running = { child, ended, ownDirectory, appProcesses: [], facts: null };
    this.#running = running;

    const outcome = await Promise.race([
      followLines(running),
      ended.then(() => 'ended' as const),
      sleep(options.readyWithinMs ?? 15_000, 'too late' as const, { ref: false }),
    ]);
    if (typeof outcome === 'string') {
      await this.stop();
      const advice = 'Try again; when it fails again, the log tells more.';
      return outcome === 'ended'
        ? failure('io', `The practice host ended at its start: ${words() || 'it said nothing'}.`, advice)
        : failure('timed-out', `The practice host was not ready in time: ${words() || 'it said nothing'}.`, advice);
    }
    running.facts = outcome;
    void ended.then(() => this.#lost(running, words, options.onLost));
    return success(outcome);
  }

  /** Orders are carried out one after the other; without a host there is nobody to obey. */
  order(order: HostOrderInput): void {
    this.#running?.child.stdin?.write(`${JSON.stringify(order)}\n`);
  }

  /** Ends the host and its game, paused or not. Idempotent. @throws when a process survives SIGKILL */
  async stop(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    this.#running = null;
    const { child, ended } = running;
    child.stdin?.end();
    // A stopped host acts on nothing; harmless for one that runs.
    if (process.platform !== 'win32') child.kill('SIGCONT');
    const inTime = await Promise.race([ended.then(() => true), sleep(stopWithinMs, false, { ref: false })]);
    if (!inTime) {
      child.kill('SIGKILL');
      await ended;
    }
    await sweep(running);
  }

  async #lost(running: Running, words: () => string, tell: PracticeHostStart['onLost']): Promise<void> {
    if (this.#running !== running) return; // stopped on purpose
    this.#running = null;
    await sweep(running);
    const { exitCode, signalCode } = running.child;
    tell?.(`The practice host ended by itself (${signalCode ?? `exit code ${exitCode}`})${words() && `: ${words()}`}`);
  }
}

async function sweep({ appProcesses, ownDirectory }: Running): Promise<void> {
  if (!(await endProcesses(appProcesses, 0))) {
    throw new Error(`a process of the practice game survives SIGKILL: ${JSON.stringify(appProcesses)}`);
  }
  if (ownDirectory !== null) await rm(ownDirectory, { recursive: true, force: true });
}

/** Notes the apps that start; resolves when the host serves. */
function followLines(running: Running): Promise<GameStreamHostFacts> {
  return new Promise((resolve) => {
    const { stdout } = running.child;
    if (stdout === null) return;
    createInterface({ input: stdout }).on('line', (text) => {
      const line = readHostLine(text);
      if (line?.kind === 'ready') resolve(line.facts);
      if (line?.kind === 'app-started') running.appProcesses = [...running.appProcesses, ...line.processes];
    });
  });
}

/** Keeps the end of what the host prints on stderr, or why it could not be started. */
function lastWords(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString('utf8')).slice(-tailChars);
  });
  child.once('error', (error) => {
    text += error.message;
  });
  // A host that dies while it is told to end closes the pipe under our hands; its exit is handled above.
  child.stdin?.on('error', (error) => {
    text += error.message;
  });
  return () => text.trim();
}
