// Runs the built command line as a user would, with directories of its own, and knows what it left running.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, processTree, signalProcess, type ProcessIdentity } from '../../peers/process-tree';

const root = resolve(import.meta.dirname, '..', '..', '..');
const usualScript = join(root, 'electron', 'setup', 'athena.mjs');
const markName = 'ATHENA_TEST_MARK';

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Comes before `node`: a program that changes the world the command line sees. */
  readonly wrapper?: readonly string[];
  /** Another script than the one that builds first: a build that nobody changes meanwhile. */
  readonly script?: string;
}

/** A command line that runs. */
export class RunningAthena {
  private out = '';
  private err = '';
  readonly ended: Promise<Ran>;

  constructor(private readonly child: ChildProcessWithoutNullStreams) {
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.err += text));
    this.ended = once(child, 'close').then(() => ({ exitCode: child.exitCode, stdout: this.out, stderr: this.err }));
  }

  /** What it said with --json so far. */
  get lines(): Record<string, unknown>[] {
    return jsonLines(this.out.slice(0, this.out.lastIndexOf('\n') + 1));
  }

  get said(): string {
    return this.out + this.err;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** @returns the `count`-th line about this event, once it is said */
  async event(event: string, count = 1, withinMs = 30_000): Promise<Record<string, unknown>> {
    const endMs = performance.now() + withinMs;
    while (performance.now() < endMs && this.child.exitCode === null) {
      const found = this.lines.filter((line) => line['event'] === event)[count - 1];
      if (found) return found;
      await sleep(20);
    }
    throw new Error(`"${event}" was not said ${count} time(s); it said:\n${this.said}`);
  }
}

export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** One user: their directories, and every process that began with them. */
export class CliUser {
  private readonly mark = randomUUID();

  private constructor(
    readonly home: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async create(env: Readonly<Record<string, string>> = {}): Promise<CliUser> {
    return new CliUser(await mkdtemp(join(tmpdir(), 'athena-cli-')), env);
  }

  get configFile(): string {
    return join(this.home, 'config', 'athena', 'config.json');
  }

  async config(library: unknown): Promise<void> {
    await mkdir(join(this.home, 'config', 'athena'), { recursive: true });
    await writeFile(this.configFile, typeof library === 'string' ? library : JSON.stringify(library, null, 2));
  }

  start(args: readonly string[], { input, env = {}, wrapper = [], script = usualScript }: RunOptions = {}): RunningAthena {
    const [file = process.execPath, ...leading] = [...wrapper, process.execPath];
    const child = spawn(file, [...leading, script, ...args], {
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: this.home,
        XDG_CONFIG_HOME: join(this.home, 'config'),
        XDG_DATA_HOME: join(this.home, 'data'),
        XDG_STATE_HOME: join(this.home, 'state'),
        XDG_CACHE_HOME: join(this.home, 'cache'),
        [markName]: this.mark,
        ...this.env,
        ...env,
      },
    });
    child.stdin.on('error', () => undefined); // a command that reads nothing may be gone by now
    child.stdin.end(input ?? '');
    return new RunningAthena(child);
  }

  run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    return this.start(args, options).ended;
  }

  /** Every process that inherited this user's environment and still runs. */
  async running(): Promise<ProcessIdentity[]> {
    const found: ProcessIdentity[] = [];
    for (const name of await readdir('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const environ = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => ''); // it ended, or belongs to somebody else
      const [identity] = environ.includes(`${markName}=${this.mark}`) ? processTree(Number(name)) : [];
      if (identity && isRunning(identity)) found.push(identity);
    }
    return found;
  }

  /** The log, for what a message must not hold. */
  async log(): Promise<string> {
    return readFile(join(this.home, 'state', 'athena', 'logs', 'athena.log'), 'utf8');
  }

  /** @returns how many processes had to be ended: a clean test leaves none */
  async leave(): Promise<number> {
    const left = await this.running();
    for (const identity of left) signalProcess(identity, 'SIGKILL');
    await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
    return left.length;
  }
}
