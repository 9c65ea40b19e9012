// The headless practice client as a process: what it prints and how it ends, against the real host and against bad ones.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { PracticeHost } from '../../../electron/practice/practice-owner';
import { encodeMessage, protocolVersion } from '../../../electron/practice/practice-protocol';
import { findFreePort } from '../../peers/loopback-port';
import { buildPracticePrograms, ownProcesses, type PracticePrograms, startHost } from './practice-peer';

interface ClientRun {
  readonly pid: number;
  lines(): string[];
  /** Exit code and signal. */
  readonly ended: Promise<unknown[]>;
  kill(signal: NodeJS.Signals): void;
  closeItsOutput(): void;
}

describe('headless practice client', () => {
  let programs: PracticePrograms;
  const undo: (() => Promise<unknown> | void)[] = [];

  beforeAll(async () => {
    programs = await buildPracticePrograms();
  });
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
    expect(ownProcesses()).toEqual([]);
  });

  function runClient(address: string, port: number | string): ClientRun {
    const args = [programs.clientFile, '--host', address, '--port', String(port), '--title', 'Practice game'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    undo.push(async () => {
      child.kill('SIGKILL');
      await ended;
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    return {
      pid: child.pid ?? 0,
      lines: () => text.split('\n').slice(0, -1),
      ended,
      kill: (signal) => child.kill(signal),
      closeItsOutput: () => child.stdout.destroy(),
    };
  }

  async function startOwned(): Promise<{ host: PracticeHost; streamPort: number; hostPid: number; appPids: number[] }> {
    const host = new PracticeHost();
    undo.push(() => host.stop());
    const { streamPort, appProcesses } = await startHost(host, programs);
    return { host, streamPort, hostPid: ownProcesses()[0]?.pid ?? 0, appPids: appProcesses.map(({ pid }) => pid) };
  }

  /** A server that isn't a practice host, or a broken one. */
  async function serve(answer: (socket: Socket) => void): Promise<number> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.resume();
      answer(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    undo.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  }

  /** Listens with a short queue, never accepts, and has its queue filled: the kernel then drops each further SYN. */
  async function startDeafHost(): Promise<number> {
    const listening = "const s = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(s.address().port))";
    const deaf = spawn(process.execPath, ['-e', listening], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(deaf, 'exit');
    undo.push(async () => {
      deaf.kill('SIGKILL');
      await ended;
    });
    const [printed] = (await once(deaf.stdout, 'data')) as [Buffer];
    deaf.kill('SIGSTOP');
    const port = Number(printed.toString());
    const fillers = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    undo.push(() => fillers.forEach((filler) => filler.destroy()));
    await sleep(300); // the kernel answers those that fit at once
    return port;
  }

  const streaming = (client: ClientRun): Promise<void> =>
    vi.waitFor(() => expect(client.lines().filter((line) => line.startsWith('frame ')).length).toBeGreaterThan(0), 10_000);
  const beginning = ['stage connecting', 'stage handshake', 'streaming 640x400'];

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('tells its stages, then ends with 0 when its user closes it (%s)', async (signal) => {
    const { streamPort } = await startOwned();
    const client = runClient('127.0.0.1', streamPort);
    await streaming(client);
    client.kill(signal);
    expect(await client.ended).toEqual([0, null]);
    expect(client.lines().slice(0, 3)).toEqual(beginning);
    expect(client.lines().slice(3).every((line) => /^frame \d+$/.test(line))).toBe(true);
  });

  it('tells the count of a game that stands still again every second', async () => {
    const { streamPort, appPids } = await startOwned();
    const client = runClient('127.0.0.1', streamPort);
    await streaming(client);
    for (const pid of appPids) process.kill(pid, 'SIGSTOP');
    await vi.waitFor(() => {
      const [before, last] = client.lines().slice(-2);
      expect(last).toMatch(/^frame \d+$/);
      expect(last).toBe(before);
    }, 10_000);
  });

  it('ends with 0 and says so when the host ends', async () => {
    const { host, streamPort } = await startOwned();
    const client = runClient('127.0.0.1', streamPort);
    await streaming(client);
    await host.stop();
    expect(await client.ended).toEqual([0, null]);
    expect(client.lines().at(-1)).toBe('end host-ended');
  });

  it('ends with 3 when the host is killed', async () => {
    const { streamPort, hostPid } = await startOwned();
    const client = runClient('127.0.0.1', streamPort);
    await streaming(client);
    process.kill(hostPid, 'SIGKILL');
    expect(await client.ended).toEqual([3, null]);
    expect(client.lines().at(-1)).toBe('end connection-lost');
  });

  it('ends with 3 when the host says nothing any more', async () => {
    const { streamPort, hostPid } = await startOwned();
    const client = runClient('127.0.0.1', streamPort);
    await streaming(client);
    process.kill(hostPid, 'SIGSTOP');
    expect(await client.ended).toEqual([3, null]);
    expect(client.lines().at(-1)).toBe('end connection-lost');
  });

  it('ends with 4 when nobody listens', async () => {
    const client = runClient('127.0.0.1', await findFreePort());
    expect(await client.ended).toEqual([4, null]);
    expect(client.lines()).toEqual(['stage connecting', 'error refused']);
  });

  it('ends with 4 when no way leads there', async () => {
    // The broadcast address takes no connections: the kernel says so without sending anything.
    const client = runClient('255.255.255.255', 4711);
    expect(await client.ended).toEqual([4, null]);
    expect(client.lines()).toEqual(['stage connecting', 'error unreachable']);
  });

  it('does not wait for a host that takes no connection: closed at once, unreachable in the end', async () => {
    const port = await startDeafHost();
    const closed = runClient('127.0.0.1', port);
    const patient = runClient('127.0.0.1', port);
    await vi.waitFor(() => expect([closed, patient].map((client) => client.lines())).toEqual([['stage connecting'], ['stage connecting']]), 10_000);
    closed.kill('SIGTERM');
    expect(await closed.ended).toEqual([0, null]);
    expect(await patient.ended).toEqual([4, null]);
    expect(patient.lines()).toEqual(['stage connecting', 'error unreachable']);
  });

  it('ends with 5 when the name is unknown', async () => {
    // RFC 6761 §6.4: no name below "invalid" exists.
    const client = runClient('practice.invalid', 4711);
    expect(await client.ended).toEqual([5, null]);
    expect(client.lines()).toEqual(['stage connecting', 'error unknown-host']);
  });

  it.each([
    ['another service', (socket: Socket) => void socket.write('SSH-2.0-OpenSSH_9.2p1\r\n')],
    ['a service that closes at once', (socket: Socket) => void socket.end()],
    [
      'a practice host of another version',
      (socket: Socket) =>
        void socket.write(encodeMessage({ kind: 'hello', version: protocolVersion + 1, widthPx: 1, heightPx: 1 })),
    ],
    [
      'a host that streams without a hello',
      (socket: Socket) =>
        void socket.write(
          encodeMessage({ kind: 'frame', sequence: 1, gameTicks: 1, companionTicks: 1, blockXPx: 0, blockYPx: 0 }),
        ),
    ],
    ['a service that never speaks', () => undefined],
  ])('ends with 4 at %s', async (_what, answer) => {
    const client = runClient('127.0.0.1', await serve(answer));
    expect(await client.ended).toEqual([4, null]);
    expect(client.lines()).toEqual(['stage connecting', 'stage handshake', 'error refused']);
  });

  it('ends with 3 at garbage in the middle of a stream', async () => {
    const port = await serve((socket) => {
      socket.write(encodeMessage({ kind: 'hello', version: protocolVersion, widthPx: 640, heightPx: 400 }));
      socket.write(encodeMessage({ kind: 'frame', sequence: 1, gameTicks: 1, companionTicks: 1, blockXPx: 0, blockYPx: 0 }));
      socket.write(Buffer.alloc(100, 0xff));
    });
    const client = runClient('127.0.0.1', port);
    expect(await client.ended).toEqual([3, null]);
    expect(client.lines()).toEqual([...beginning, 'end connection-lost']);
  });

  it('ends with 64 when it is told nonsense', async () => {
    const client = runClient('127.0.0.1', 'vnc');
    expect(await client.ended).toEqual([64, null]);
    expect(client.lines()).toEqual([]);
  });

  it('ends when nobody reads its lines any more', async () => {
    const { streamPort } = await startOwned();
    const client = runClient('127.0.0.1', streamPort);
    await streaming(client);
    client.closeItsOutput();
    expect(await client.ended).toEqual([0, null]);
  });
});
