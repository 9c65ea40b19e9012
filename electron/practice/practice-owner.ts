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
import { readReadyLine, type PracticeHostFacts } from './practice-facts';
import { endProcesses } from './practice-processes';

export interface PracticeHostStart {
  /** Runs JavaScript: Node, or Electron with ELECTRON_RUN_AS_NODE in `env`. */
  readonly file: string;
  /** Begin with the practice host's script. */
  readonly leadingArgs: readonly string[];
  /** Added to the environment; an undefined value removes the variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where the host keeps its key; by default a new directory, which is gone after `stop`. */
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
  facts: PracticeHostFacts | null;
}

const tailChars = 4_000;
/** More than the host needs: 0.5 s for clients that don't read, 2.5 s for a game that resists. */
const stopWithinMs = 5_000;

export class PracticeHost {
  #running: Running | null = null;

  /** How to reach the host; null while it doesn't serve. */
  get facts(): PracticeHostFacts | null {
    return this.#running?.facts ?? null;
  }

  /** Failures: `already-there`, `timed-out`, `io` (its last words are in the message). Nothing runs after a failure. */
  async start(options: PracticeHostStart): Promise<Result<PracticeHostFacts>> {
    if (this.#running !== null) {
      return failure('already-there', 'The practice host runs already.', 'Stop it before you start another one.');
    }
    const ownDirectory = options.directory === undefined ? await mkdtemp(join(tmpdir(), 'athena-practice-')) : null;
    const args = [...options.leadingArgs, '--dir', options.directory ?? ownDirectory ?? tmpdir()];
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
    const running: Running = { child, ended, ownDirectory, facts: null };
    this.#running = running;

    const outcome = await Promise.race([
      readyFacts(child),
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

async function sweep({ facts, ownDirectory }: Running): Promise<void> {
  if (facts !== null && !(await endProcesses(facts.appProcesses, 0))) {
    throw new Error(`a process of the practice game survives SIGKILL: ${JSON.stringify(facts.appProcesses)}`);
  }
  if (ownDirectory !== null) await rm(ownDirectory, { recursive: true, force: true });
}

function readyFacts(child: ChildProcess): Promise<PracticeHostFacts> {
  return new Promise((resolve) => {
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const facts = readReadyLine(line);
      if (facts !== null) resolve(facts);
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
