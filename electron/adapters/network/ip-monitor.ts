// Listens to the kernel's news of links, addresses and neighbours through one long-lived `ip monitor` (iproute2).
import { spawn, type ChildProcess } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import type { Clock, Disposable } from '../../domain/clock';
import type { Log } from '../../domain/log';
import type { NetworkEvent, NetworkEvents } from '../../domain/session/network-events';
import { IpMonitorLines } from './ip-monitor-lines';

export interface IpMonitorParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Where there is no `ip`, or it does not stay. */
  readonly instead: () => NetworkEvents;
  /** Each is tried when the one before is not there; others for tests. */
  readonly commands?: readonly Command[];
}

type Command = readonly [file: string, ...leading: string[]];

/** Without `setpriv` (util-linux), a monitor whose Athena was killed lives on until its next line finds nobody to read it. */
const usualCommands: readonly Command[] = [['setpriv', '--pdeathsig', 'KILL', 'ip'], ['ip']];

const restartAfterMs = 2_000;
/** A monitor that ends as often as this never worked. */
const mostDeaths = 3;
const longestLine = 10_000;

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) => (addresses ?? []).map(({ address }) => address));
}

export class IpMonitor implements NetworkEvents {
  readonly #listeners = new Set<(event: NetworkEvent) => void>();
  readonly #lines = new IpMonitorLines(ownAddresses());
  readonly #commands: Command[];
  #child: ChildProcess | null = null;
  #restart: Disposable | null = null;
  #instead: NetworkEvents | null = null;
  #deaths = 0;
  #isOver = false;

  constructor(private readonly parts: IpMonitorParts) {
    this.#commands = [...(parts.commands ?? usualCommands)];
    this.#start();
  }

  onEvent(listener: (event: NetworkEvent) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#isOver = true;
    this.#listeners.clear();
    this.#restart?.dispose();
    this.#instead?.dispose();
    this.#child?.kill('SIGKILL');
  }

  #start(): void {
    const [file, ...leading] = this.#commands[0] ?? (['ip'] as const);
    const child = spawn(file, [...leading, '-o', 'monitor', 'link', 'address', 'neigh'], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#child = child;
    let rest = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = (lines.pop() ?? '').slice(-longestLine);
      for (const line of lines) this.#tell(this.#lines.read(line));
    });
    child.once('error', (error) => this.#ended(error.message, (error as NodeJS.ErrnoException).code === 'ENOENT'));
    child.once('exit', (exitCode, signal) => this.#ended(`it ended with ${signal ?? exitCode}`));
  }

  #ended(why: string, isMissing = false): void {
    if (this.#child === null || this.#isOver) return;
    this.#child = null;
    if (isMissing && this.#commands.length > 1) {
      this.#commands.shift();
      this.#start();
      return;
    }
    this.#deaths += 1;
    if (this.#deaths < mostDeaths) {
      this.#restart = this.parts.clock.after(restartAfterMs, () => this.#start());
      return;
    }
    this.parts.log.warn('the kernel’s news of the network cannot be heard; the interfaces are looked at instead', { why });
    this.#instead = this.parts.instead();
    this.#instead.onEvent((event) => this.#tell(event));
  }

  #tell(event: NetworkEvent | null): void {
    if (event === null || this.#isOver) return;
    for (const listener of [...this.#listeners]) listener(event);
  }
}
