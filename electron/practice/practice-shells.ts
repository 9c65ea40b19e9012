// Runs what comes over the practice host's SSH server in a real `sh`, and sees to it that none of it stays behind.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { homedir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerChannel } from 'ssh2';
import type { Guard } from './practice-guard';
import { identifyProcess, killGroup, type ProcessIdentity } from './practice-processes';

/**
 * How long a command may outlive its channel. OpenSSH closes its stdin and lets it be; a watchdog that pauses the game
 * when the connection breaks lives from that. Nothing in a practice run is meant to take longer.
 */
const afterlifeMs = 10_000;

export class PracticeShells {
  readonly #guard: Guard;
  readonly #running = new Map<ChildProcessWithoutNullStreams, ProcessIdentity | null>();

  constructor(guard: Guard) {
    this.#guard = guard;
  }

  /** Starts `sh` with its stdin, stdout and stderr on the channel, and tells the channel how it ended. */
  run(channel: ServerChannel, args: readonly string[]): void {
    // The other side may close at any time; what is still written then has no reader.
    channel.on('error', () => channel.close());
    if (process.platform === 'win32') {
      channel.stderr.write('the practice host runs no commands on Windows\n');
      endChannel(channel, 1, null);
      return;
    }
    // Electron plays Node for the host; a command of the user's must not inherit that.
    const { ELECTRON_RUN_AS_NODE: _ownRole, ...env } = process.env;
    // A process group of its own, so that all the command started can be ended with it.
    const shell = spawn('sh', args, { stdio: 'pipe', detached: true, cwd: homedir(), env });
    const identity = shell.pid === undefined ? null : identifyProcess(shell.pid);
    this.#running.set(shell, identity);
    if (identity !== null) this.#guard.keep(identity, 'group');

    channel.pipe(shell.stdin);
    // The command may end without reading all of its input.
    shell.stdin.on('error', () => channel.unpipe(shell.stdin));
    shell.stdout.pipe(channel, { end: false });
    shell.stderr.pipe(channel.stderr, { end: false });
    shell.once('error', (error) => {
      channel.stderr.write(`sh: ${error.message}\n`);
      this.#forget(shell);
      endChannel(channel, 127, null);
    });
    shell.once('close', (code, signal) => {
      this.#forget(shell);
      endChannel(channel, code, signal);
    });
    channel.once('close', () => {
      shell.stdin.end();
      const timer = setTimeout(() => this.#kill(shell), afterlifeMs);
      timer.unref();
      shell.once('close', () => clearTimeout(timer));
    });
  }

  /** Kills every command that still runs, with all it has started. */
  async stop(): Promise<void> {
    for (const shell of this.#running.keys()) this.#kill(shell);
    while (this.#running.size > 0) await sleep(10);
  }

  // `close` comes once no process holds the command's output any more, which is later than `exit` when it has started
  // others; only a process that made itself a session of its own and let go of the output is out of reach.
  #forget(shell: ChildProcessWithoutNullStreams): void {
    this.#running.delete(shell);
    if (shell.pid !== undefined) this.#guard.drop(shell.pid);
  }

  #kill(shell: ChildProcessWithoutNullStreams): void {
    const identity = this.#running.get(shell);
    if (identity) killGroup(identity);
    // What left the group and still holds the output would keep `close` from coming.
    shell.stdout.destroy();
    shell.stderr.destroy();
  }
}

function endChannel(channel: ServerChannel, code: number | null, signal: NodeJS.Signals | null): void {
  if (code !== null) channel.exit(code);
  else if (signal !== null && signal in signalsOfSsh) channel.exit(signal);
  // Once all output is sent, ssh2 follows this with EOF and CLOSE.
  channel.end();
}

/** RFC 4254 §6.10: the signals SSH has names for; a command ended by another one has no exit status at all. */
const signalsOfSsh = {
  SIGABRT: true,
  SIGALRM: true,
  SIGFPE: true,
  SIGHUP: true,
  SIGILL: true,
  SIGINT: true,
  SIGKILL: true,
  SIGPIPE: true,
  SIGQUIT: true,
  SIGSEGV: true,
  SIGTERM: true,
  SIGUSR1: true,
  SIGUSR2: true,
};
