// The practice Moonlight's picture on its way to a window: what the stream says, how it ends, and who closes whom.
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startGameStreamServer } from '../../../electron/practice/gamestream/gamestream-server';
import { windowVariable } from '../../../electron/practice/gamestream/moonlight-window';
import type { GameState } from '../../../electron/practice/practice-game';
import { encodeMessage, protocolVersion } from '../../../electron/practice/practice-protocol';
import { startPracticeStreamServer, type PracticeStreamServer } from '../../../electron/practice/practice-stream-server';
import { openPracticeStream, type StreamNews } from '../../../electron/practice/practice-stream-client';
import { findFreePort } from '../../peers/loopback-port';
import { bundleThread } from '../../threads-bundle';
import { MoonlightProcess, pairedAccess, writeSettings } from './gamestream-peer';
import { deafPort, nextFrames, ownProcesses, StreamView } from './practice-peer';

const undo: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const still: GameState = { gameTicks: 7, companionTicks: 7, blockXPx: 0, blockYPx: 0 };

async function serveStream(state: () => GameState): Promise<PracticeStreamServer> {
  const server = await startPracticeStreamServer(state);
  undo.push(() => server.stop());
  return server;
}

describe('the picture', () => {
  it('comes about 30 times a second, whether it moves or stands still', async () => {
    const { port } = await serveStream(() => still);
    const view = new StreamView({ streamPort: port });
    const startedMs = performance.now();
    const frames = await nextFrames(view, 60);
    expect(performance.now() - startedMs).toBeGreaterThan(1_500);
    expect((frames.at(-1)?.sequence ?? 0) - (frames[0]?.sequence ?? 0)).toBe(59);
    expect(new Set(frames.map(({ gameTicks }) => gameTicks))).toEqual(new Set([7]));
    expect(view.news.filter(({ kind }) => kind !== 'frame')).toEqual([
      { kind: 'stage', stage: 'connecting' },
      { kind: 'stage', stage: 'handshake' },
      { kind: 'streaming', widthPx: 640, heightPx: 400 },
    ]);
    view.close();
    expect(view.end()).toBe('closed-by-user');
  });

  it('ends when its host says goodbye, also when nobody reads it any more', async () => {
    const server = await startPracticeStreamServer(() => still);
    const view = new StreamView({ streamPort: server.port });
    const deaf = connect(server.port, '127.0.0.1').on('error', () => undefined);
    deaf.write(encodeMessage({ kind: 'hello', version: protocolVersion, widthPx: 0, heightPx: 0 }));
    deaf.pause();
    await nextFrames(view, 5);
    await server.stop();
    await vi.waitFor(() => expect(view.end()).toBe('host-ended'), 5_000);
    deaf.destroy();
  });
});

/** A server that isn't one of these, or a broken one. */
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

describe('a stream that does not come about or breaks is told as', () => {
  async function endAt(address: string, port: number): Promise<string> {
    return new Promise((resolve) => {
      openPracticeStream({ address, port }, (news: StreamNews) => {
        if (news.kind === 'ended') resolve(news.end);
      });
    });
  }

  const hello = (version: number): Uint8Array => encodeMessage({ kind: 'hello', version, widthPx: 640, heightPx: 400 });
  const frame = encodeMessage({ kind: 'frame', sequence: 1, ...still });

  it.each<[end: string, what: string, answer: (socket: Socket) => void]>([
    ['refused', 'another service', (socket: Socket) => void socket.write('SSH-2.0-OpenSSH_9.2p1\r\n')],
    ['refused', 'a service that closes at once', (socket: Socket) => void socket.end()],
    ['refused', 'another version', (socket: Socket) => void socket.write(hello(protocolVersion + 1))],
    ['refused', 'pictures without a hello', (socket: Socket) => void socket.write(frame)],
    ['refused', 'a service that never speaks', () => undefined],
    ['connection-lost', 'garbage in the middle', (socket: Socket) => void socket.write(Buffer.concat([hello(protocolVersion), frame, Buffer.alloc(100, 0xff)]))],
    ['connection-lost', 'silence in the middle', (socket: Socket) => void socket.write(Buffer.concat([hello(protocolVersion), frame]))],
  ])('%s: %s', async (end, _what, answer) => {
    expect(await endAt('127.0.0.1', await serve(answer))).toBe(end);
  });

  it('refused: nobody listens; unreachable: no way leads there; unknown-host: no such name', async () => {
    expect(await endAt('127.0.0.1', await findFreePort())).toBe('refused');
    // The broadcast address takes no connections: the kernel says so without sending anything.
    expect(await endAt('255.255.255.255', 4711)).toBe('unreachable');
    // RFC 6761 §6.4: no name below "invalid" exists.
    expect(await endAt('practice.invalid', 4711)).toBe('unknown-host');
  });

  it('unreachable: a host that takes no connection', async () => {
    expect(await endAt('127.0.0.1', await deafPort(undo))).toBe('unreachable');
  });
});

describe('the window of a practice Moonlight', () => {
  const built = { moonlight: '', directory: '' };

  // Stands for the window: follows the stream, notes the newest count, and ends as it is told or when the stream does.
  const windowScript = `
    const { connect } = require('node:net');
    const { writeFileSync } = require('node:fs');
    const port = Number(process.argv[process.argv.indexOf('--port') + 1]);
    const socket = connect(port, '127.0.0.1');
    socket.write(Buffer.from('01000a41505243000100000000', 'hex'));
    let bytes = 0;
    socket.on('data', (data) => { bytes += data.length; writeFileSync(process.argv[2], JSON.stringify({ bytes, args: process.argv.slice(3), node: process.env.ELECTRON_RUN_AS_NODE ?? null })); });
    socket.on('close', () => process.exit(0)).on('error', () => process.exit(3));
    process.on('SIGUSR2', () => process.exit(0));`;

  beforeAll(async () => {
    built.moonlight = await bundleThread('electron/practice/gamestream/practice-moonlight-main.ts');
  });

  async function stream(): Promise<{ moonlight: MoonlightProcess; seen: () => Promise<Record<string, unknown>>; server: Awaited<ReturnType<typeof startGameStreamServer>> }> {
    const directory = await mkdtemp(join(tmpdir(), 'athena-picture-'));
    undo.push(() => rm(directory, { recursive: true, force: true }));
    const server = await startGameStreamServer({ name: 'Desk' });
    undo.push(() => server.stop());
    writeSettings(directory, server, await pairedAccess(server));
    const [script, noted] = [join(directory, 'window.cjs'), join(directory, 'noted.json')];
    await writeFile(script, windowScript);
    const window = windowVariable({ file: process.execPath, leadingArgs: [script, noted], env: { ELECTRON_RUN_AS_NODE: undefined } });
    const moonlight = new MoonlightProcess(built.moonlight, ['stream', `127.0.0.1:${server.ports.http}`, 'Desktop'], directory, { ...window, ELECTRON_RUN_AS_NODE: '1' });
    undo.push(() => moonlight.end());
    await moonlight.sees(/Received first video packet/);
    const seen = (): Promise<Record<string, unknown>> =>
      vi.waitFor(async () => {
        const note = JSON.parse(await readFile(noted, 'utf8')) as Record<string, unknown>;
        expect(Number(note['bytes'])).toBeGreaterThan(200);
        return note;
      }, 10_000);
    return { moonlight, seen, server };
  }

  function windowPid(): number {
    const pid = ownProcesses().at(-1)?.pid;
    if (pid === undefined) throw new Error('there is no window');
    return pid;
  }

  it('shows the pictures under the app’s name, and goes with the stream', async () => {
    const { moonlight, seen, server } = await stream();
    const { args, node } = await seen();
    expect(args).toEqual(expect.arrayContaining(['--host', '127.0.0.1', '--title=Desktop']));
    expect(node).toBeNull();
    const pid = windowPid();
    await server.order({ do: 'end-app' });
    expect(await moonlight.exit).toEqual({ code: 0, signal: null });
    expect(ownProcesses().map((process) => process.pid)).not.toContain(pid);
  });

  it('ends the stream when its user closes it, as the user of a real one does', async () => {
    const { moonlight, seen, server } = await stream();
    await seen();
    process.kill(windowPid(), 'SIGUSR2');
    expect(await moonlight.exit).toEqual({ code: 0, signal: null });
    expect(moonlight.stderr).toContain('Quit event received');
    expect(moonlight.stderr).not.toContain('Connection terminated');
    expect((await server.order({ do: 'state' })).state).toMatchObject({ streams: 0, runningApp: server.apps[1]?.id });
  });

  it('is gone when Moonlight is killed', async () => {
    const { moonlight, seen } = await stream();
    await seen();
    moonlight.signal('SIGKILL');
    await moonlight.exit;
    await vi.waitFor(() => expect(ownProcesses()).toEqual([]), 5_000);
  });

  it('closes when the stream is lost, while Moonlight stays with its dialog', async () => {
    const { moonlight, seen, server } = await stream();
    await seen();
    await server.order({ do: 'fault', fault: { kind: 'terminate', code: -1 } });
    await moonlight.sees(/Qt Critical: Connection terminated/);
    expect(ownProcesses()).toHaveLength(1);
    expect(moonlight.alive).toBe(true);
  });
});
