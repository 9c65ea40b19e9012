// A second process beside the practice host that kills what the host has started when the host can't any more.
//
// A paused game can't notice that its host is gone (it is stopped), and a host killed by SIGKILL can't clean up. The
// guard is neither: it waits for the end of a pipe that only the host holds, which the kernel closes whatever happened.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { killGroup, signalProcess, type ProcessIdentity } from './practice-processes';

export const guardFlag = '--guard';

/** `group`: the process leads a group of its own, and all of the group goes. */
export type GuardLine =
  | { readonly kind: 'keep'; readonly reach: 'process' | 'group'; readonly identity: ProcessIdentity }
  | { readonly kind: 'drop'; readonly pid: number };

export function writeGuardLine(line: GuardLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** The host's end of the pipe. */
export class Guard {
  readonly #process: ChildProcess;

  private constructor(guardProcess: ChildProcess) {
    this.#process = guardProcess;
  }

  /**
   * @param file the script that runs `runGuard` when its first argument is `--guard`
   * @throws when the system can't start one more process
   */
  static async start(file: string): Promise<Guard> {
    const guardProcess = spawn(process.execPath, [file, guardFlag], {
      stdio: ['pipe', 'ignore', 'inherit'],
      // A session of its own: Ctrl-C in a terminal reaches the host, and the host ends its guard.
      detached: true,
      windowsHide: true,
    });
    await once(guardProcess, 'spawn');
    // A guard that was killed is missed only if the host is killed too.
    guardProcess.stdin.on('error', (error) => process.stderr.write(`practice guard: ${error.message}\n`));
    return new Guard(guardProcess);
  }

  keep(identity: ProcessIdentity, reach: 'process' | 'group'): void {
    this.#process.stdin?.write(writeGuardLine({ kind: 'keep', reach, identity }));
  }

  drop(pid: number): void {
    this.#process.stdin?.write(writeGuardLine({ kind: 'drop', pid }));
  }

  /** Closes the pipe: the guard kills what is still kept, and ends. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.stdin?.end();
    await ended;
  }
}

/** The guard process's whole life. */
export async function runGuard(input: Readable): Promise<void> {
  const kept = new Map<number, { identity: ProcessIdentity; reach: 'process' | 'group' }>();
  for await (const text of createInterface({ input })) {
    const line = JSON.parse(text) as GuardLine;
    if (line.kind === 'keep') kept.set(line.identity.pid, line);
    else kept.delete(line.pid);
  }
  for (const { identity, reach } of kept.values()) {
    if (reach === 'group') killGroup(identity);
    else signalProcess(identity, 'SIGKILL');
  }
}
