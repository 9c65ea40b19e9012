// Streams to break: real VNC and RDP clients and servers in two network namespaces, and a stand-in for Moonlight's UDP.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Protocol } from '../../electron/common/entry';
import { freeDisplay } from '../peers/free-display';
import { untilListening } from '../peers/listening';
import { movePicture } from '../peers/moving-picture';
import type { NetworkPair } from '../peers/network-pair';
import { startPeerProcess, type PeerProcess } from '../peers/peer-process';
import type { StallLine, StallOrders } from '../peers/stall-driver';
import { startXvfb } from '../peers/xvfb';
import { bundleThread } from '../threads-bundle';

const servicePort = 15_900;

export interface Scene {
  readonly name: string;
  readonly orders: StallOrders;
  readonly client: PeerProcess;
  readonly server: PeerProcess;
  /** Ends everything, the last started first. */
  stop(): Promise<void>;
}

type Command = readonly [file: string, ...leading: string[]];

/** Drops everything on the wire of the far host, both ways, and tells nobody. */
export function cutWire(pair: NetworkPair): void {
  nft(pair, [
    'add table inet wire',
    'add chain inet wire heard { type filter hook input priority 0; }',
    'add chain inet wire said { type filter hook output priority 0; }',
    'add rule inet wire heard iif "cable" ip protocol { icmp, tcp, udp } drop',
    'add rule inet wire said oif "cable" ip protocol { icmp, tcp, udp } drop',
  ]);
}

export function mendWire(pair: NetworkPair): void {
  nft(pair, ['delete table inet wire']);
}

function nft(pair: NetworkPair, rules: readonly string[]): void {
  const [file, ...leading] = pair.inFar;
  const { status, stderr } = spawnSync(file, [...leading, 'nft', '-f', '-'], { input: `${rules.join('\n')}\n`, encoding: 'utf8' });
  if (status !== 0) throw new Error(`nft failed: ${stderr}`);
}

function run([file, ...leading]: Command, command: string, args: readonly string[], options: { env?: Record<string, string> } = {}): Promise<PeerProcess> {
  return startPeerProcess({ command: file, args: [...leading, command, ...args], ...options });
}

/** Undoes what was done so far when the rest fails. */
async function build(name: string, make: (undo: (() => unknown)[]) => Promise<Omit<Scene, 'name' | 'stop'>>): Promise<Scene> {
  const undo: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { name, ...(await make(undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function keep(undo: (() => unknown)[], started: Promise<PeerProcess>): Promise<PeerProcess> {
  const peer = await started;
  undo.push(() => peer.stop());
  return peer;
}

async function screen(undo: (() => unknown)[]): Promise<string> {
  const xvfb = await startXvfb({ widthPx: 1024, heightPx: 768 });
  undo.push(() => xvfb.stop());
  return xvfb.display;
}

async function paint(undo: (() => unknown)[], display: string): Promise<void> {
  const painter = await movePicture(display);
  undo.push(() => painter.dispose());
}

/** @param pair where the server is the far host; without one everything is on loopback */
export interface SceneOptions {
  readonly pair?: NetworkPair;
  readonly moving: boolean;
}

const near = (pair?: NetworkPair): Command => pair?.inNear ?? ['env'];
const far = (pair?: NetworkPair): Command => pair?.inFar ?? ['env'];
const addressOf = (pair?: NetworkPair): string => pair?.farAddress ?? '127.0.0.1';

export function vncScene({ pair, moving }: SceneOptions): Promise<Scene> {
  return build(moving ? 'vnc' : 'vnc, idle', async (undo) => {
    const port = servicePort + (moving ? 0 : 1);
    const display = freeDisplay();
    const args = [display, '-rfbport', String(port), '-nolisten', 'tcp', '-geometry', '800x600', '-depth', '24', '-SecurityTypes', 'None'];
    const server = await keep(undo, run(far(pair), 'Xvnc', args));
    await untilListening('Xvnc', server, port);
    if (moving) await paint(undo, display);
    const viewer = ['-AlertOnFatalError=0', '-ReconnectOnError=0', `${addressOf(pair)}::${port}`];
    const client = await keep(undo, run(near(pair), 'xtigervncviewer', viewer, { env: { DISPLAY: await screen(undo) } }));
    return { server, client, orders: { protocol: 'vnc', address: addressOf(pair), port, clientPid: client.pid } };
  });
}

export function rdpScene({ pair, moving }: SceneOptions): Promise<Scene> {
  return build(moving ? 'rdp' : 'rdp, idle', async (undo) => {
    const port = servicePort + (moving ? 2 : 3);
    const home = await mkdtemp(join(tmpdir(), 'athena-stall-'));
    undo.push(() => rm(home, { recursive: true, force: true }));
    const display = await screen(undo);
    const env = { DISPLAY: display, HOME: home, XDG_CONFIG_HOME: home };
    const server = await keep(undo, run(far(pair), 'freerdp-shadow-cli', [`/port:${port}`, `/bind-address:${addressOf(pair)}`, '-auth'], { env }));
    if (moving) await paint(undo, display);
    await sleep(1_500);
    const args = [`/v:${addressOf(pair)}:${port}`, '/u:tester', '/p:x', '/cert:ignore', '/sec:tls', '/size:800x600'];
    const client = await keep(undo, run(near(pair), 'xfreerdp', args, { env: { ...env, DISPLAY: await screen(undo) } }));
    return { server, client, orders: { protocol: 'rdp', address: addressOf(pair), port, clientPid: client.pid } };
  });
}

/** Video, sound and control as UDP, on threads with Moonlight's names. SIGUSR1 to the server stops the video alone, SIGUSR2 lets it go on. */
export function udpScene({ pair }: { readonly pair?: NetworkPair } = {}): Promise<Scene> {
  return build('udp', async (undo) => {
    const port = servicePort + 4;
    const script = await bundleThread('test/peers/udp-stream.ts');
    const start = (where: Command, role: string): Promise<PeerProcess> =>
      keep(undo, run(where, process.execPath, [script, role, addressOf(pair), String(port)]));
    const server = await start(far(pair), 'serve');
    await printed(server, /ready/);
    const client = await start(near(pair), 'watch');
    await printed(client, /streaming/);
    return { server, client, orders: { protocol: 'gamestream' satisfies Protocol, address: addressOf(pair), port, clientPid: client.pid } };
  });
}

async function printed(peer: PeerProcess, pattern: RegExp): Promise<void> {
  const limitMs = performance.now() + 30_000;
  while (!pattern.test(peer.output())) {
    if (performance.now() > limitMs || !peer.isAlive()) throw new Error(`no ${String(pattern)} in: ${peer.output()}`);
    await sleep(50);
  }
}

/** A watch in a process of its own, where the client is. */
export class Watching {
  readonly lines: StallLine[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly child: ChildProcess) {
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (text) => {
      this.lines.push(JSON.parse(text) as StallLine);
      for (const look of [...this.waiting]) look();
    });
  }

  static async start(orders: StallOrders, pair?: NetworkPair): Promise<Watching> {
    const [file, ...leading] = near(pair);
    const script = await bundleThread('test/peers/stall-driver.ts');
    const child = spawn(file, [...leading, process.execPath, script, JSON.stringify(orders)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const watching = new Watching(child);
    await watching.next('watching', 0, 60_000);
    return watching;
  }

  /** @returns the first line of the kind that came after the moment; null: none within the time */
  async next(kind: StallLine['kind'], sinceMs: number, withinMs: number): Promise<StallLine | null> {
    const find = (): StallLine | undefined => this.lines.find((line) => line.kind === kind && line.atMs >= sinceMs);
    const found = find();
    if (found) return found;
    return new Promise((resolve) => {
      const end = (line: StallLine | null): void => {
        clearTimeout(limit);
        this.waiting.delete(look);
        resolve(line);
      };
      const look = (): void => {
        const line = find();
        if (line) end(line);
      };
      const limit = setTimeout(() => end(null), withinMs);
      this.waiting.add(look);
    });
  }

  /** @returns the share of one core that the watch cost */
  async stop(): Promise<number> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return 0;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
    const last = this.lines.at(-1);
    return last?.kind === 'ended' ? last.coreShare : 0;
  }
}
