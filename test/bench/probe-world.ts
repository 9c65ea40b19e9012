// What the measurement of the probes needs: two network namespaces, Athena's probes in a process, plain pings, and fping.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { parsePingLine, type PingLine } from '../../electron/adapters/probes/ping-lines';
import { makeFaultyNetwork, whyNoNetwork, type Command, type FaultyNetwork } from '../faults/matrix/faulty-network';
import { processTree } from '../peers/process-tree';
import { bundleThread } from '../threads-bundle';
import type { BenchOptions } from './bench';
import type { LoadAnswer } from './probe-load';

export interface Load {
  readonly pid: number;
  order(text: string): void;
  tell(): Promise<LoadAnswer>;
  stop(): Promise<void>;
}

export interface PlainPing {
  readonly lines: readonly PingLine[];
  stop(): Promise<void>;
}

export const targets = 10;
export const lossEvery = 16;
const farAddresses = (network: FaultyNetwork): string[] => {
  const stem = network.farAddress.replace(/\d+$/, '');
  return Array.from({ length: targets }, (_, index) => `${stem}${100 + index}`);
};

export class ProbeWorld {
  private constructor(
    readonly network: FaultyNetwork,
    readonly addresses: readonly string[],
    private readonly scripts: { readonly thread: string; readonly load: string },
    private readonly options: BenchOptions,
  ) {}

  /** @param impairable packets of the first far address can be held back, at the price of a program they go through */
  static async create(options: BenchOptions, impairable: boolean): Promise<ProbeWorld> {
    const why = whyNoNetwork();
    if (why !== null) throw new Error(why);
    const network = await makeFaultyNetwork(impairable);
    options.cleanUp.add(() => network.remove());
    const addresses = farAddresses(network);
    for (const address of addresses) run([...network.inFar, 'ip', 'addr', 'add', `${address}/24`, 'dev', 'cable']);
    // Questions with every sixteenth number get no answer, whoever asks: the sequence number is at bit 48 of RFC 792's echo.
    const rules = ['add table inet bench', 'add chain inet bench heard { type filter hook input priority 0; }'];
    rules.push(`add rule inet bench heard ip daddr ${lossyAddress(addresses)} icmp type echo-request @th,48,16 & 0x000f == 0x0003 drop`);
    execFileSync(network.inFar[0], [...network.inFar.slice(1), 'nft', '-f', '-'], { input: `${rules.join('\n')}\n` });
    const [thread, load] = await Promise.all([bundleThread('electron/threads/probe-thread.ts'), bundleThread('test/bench/probe-load.ts')]);
    return new ProbeWorld(network, addresses, { thread, load }, options);
  }

  /** One in `lossEvery` questions to it is lost. */
  get lossy(): string {
    return lossyAddress(this.addresses);
  }

  load(addresses: readonly string[], intervalMs: number): Load {
    const command: Command = [...this.network.inNear, process.execPath, this.scripts.load, this.scripts.thread, String(intervalMs), ...addresses];
    const child = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    const stop = ending(child, () => child.stdin.end());
    this.options.cleanUp.add(stop);
    const order = (text: string): void => void child.stdin.write(`${text}\n`);
    return {
      pid: child.pid ?? 0,
      order,
      tell: async () => {
        order('tell');
        return JSON.parse(await nextLine(lines)) as LoadAnswer;
      },
      stop,
    };
  }

  /** The system's ping as anybody calls it. */
  plainPing(address: string, intervalMs: number): PlainPing {
    const command: Command = [...this.network.inNear, 'ping', '-n', '-D', '-O', '-i', (intervalMs / 1000).toFixed(3), '--', address];
    const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LC_ALL: 'C' } });
    const lines: PingLine[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(parsePingLine(line)));
    const stop = ending(child, () => child.kill());
    this.options.cleanUp.add(stop);
    return { lines, stop };
  }

  fping(intervalMs: number): { readonly pid: number; stop(): Promise<void> } {
    const command: Command = [...this.network.inNear, 'fping', '-l', '-p', String(intervalMs), ...this.addresses];
    const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'ignore', 'ignore'] });
    const stop = ending(child, () => child.kill());
    this.options.cleanUp.add(stop);
    return { pid: child.pid ?? 0, stop };
  }
}

/** Processor time in milliseconds that a process and its threads have used so far. @param withChildren all it started, too */
export function processorMs(pid: number, withChildren = true): number {
  const pids = withChildren ? processTree(pid).map((member) => member.pid) : [pid];
  return pids.reduce((sum, one) => sum + threadsMs(one, () => true), 0);
}

/** Of its main thread alone. */
export function mainThreadMs(pid: number): number {
  return threadsMs(pid, (thread) => thread === String(pid));
}

function threadsMs(pid: number, counts: (thread: string) => boolean): number {
  try {
    return readdirSync(`/proc/${pid}/task`)
      .filter(counts)
      .reduce((sum, thread) => sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6, 0);
  } catch {
    return 0; // it has just ended
  }
}

function lossyAddress(addresses: readonly string[]): string {
  return addresses.at(-1) ?? '';
}

async function nextLine(lines: Interface): Promise<string> {
  const [line] = (await once(lines, 'line')) as [string];
  return line;
}

function ending(child: ChildProcess, end: () => void): () => Promise<void> {
  const ended = once(child, 'close');
  return async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    end();
    const tooLong = setTimeout(() => child.kill('SIGKILL'), 4_000);
    await ended;
    clearTimeout(tooLong);
  };
}

function run([file, ...args]: Command | readonly string[]): void {
  execFileSync(file ?? '', [...args]);
}
