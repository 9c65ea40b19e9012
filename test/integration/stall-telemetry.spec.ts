// What the telemetry adapter sees of real processes, sockets and services on this machine.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LocalStallTelemetry } from '../../electron/adapters/telemetry/local-stall-telemetry';
import type { ClientTelemetry } from '../../electron/domain/session/stall-telemetry';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function child(script: string, ...args: readonly string[]): ChildProcess {
  const started = spawn(process.execPath, ['-e', script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  undo.push(() => started.kill('SIGKILL'));
  return started;
}

function open(pid: number, platform?: NodeJS.Platform): ClientTelemetry {
  const telemetry = new LocalStallTelemetry(platform).open(pid);
  undo.push(() => telemetry.dispose());
  return telemetry;
}

/** @param greet what is said to whoever connects; null: nothing */
async function service(greet: ((socket: Socket) => void) | null): Promise<{ port: number; server: Server; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => socket.destroy());
    greet?.(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  undo.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, server, sockets };
}

describe.runIf(process.platform === 'linux')('the client', () => {
  it('is alive and works, is stopped and rests, also when a wrapper started it', async () => {
    const inner = `console.log(process.pid); const until = () => { const end = Date.now() + 20; while (Date.now() < end); setTimeout(until, 30); }; until();`;
    const wrapper = child(`require('node:child_process').spawn(process.execPath, ['-e', process.argv[1]], { stdio: 'inherit' })`, inner);
    const [printed] = (await once(wrapper.stdout as NonNullable<ChildProcess['stdout']>, 'data')) as [Buffer];
    const pid = Number(printed.toString());
    undo.push(() => process.kill(pid, 'SIGKILL'));
    const telemetry = open(wrapper.pid ?? 0);
    const before = telemetry.look(false).client;
    if (!before) throw new Error('not seen');
    await vi.waitFor(() => expect((telemetry.look(false).client?.cpuMs ?? 0) - before.cpuMs).toBeGreaterThan(20), 5_000);
    const after = telemetry.look(false).client;
    expect(after).toMatchObject({ state: 'alive', pictures: null });
    expect(after?.runs).toBeGreaterThan(before.runs);

    process.kill(pid, 'SIGSTOP');
    await vi.waitFor(() => expect(telemetry.look(false).client?.state).toBe('stopped'));
    // The first thread tells the state; the others may run a moment longer.
    await vi.waitFor(async () => {
      const stopped = telemetry.look(false).client;
      await sleep(200);
      expect(telemetry.look(false).client).toEqual(stopped);
    }, 5_000);
  });

  it('its own sockets: where they lead, what came and when, and what it leaves unread', async () => {
    const { port, sockets } = await service((socket) => socket.write('hello'));
    const client = child(`const s = require('node:net').connect(${port}, '127.0.0.1'); s.on('data', () => {}); process.on('SIGUSR2', () => s.pause());`);
    const telemetry = open(client.pid ?? 0);
    await vi.waitFor(() => expect(telemetry.look(true).sockets?.silentMs).toBeGreaterThan(0), 10_000);
    expect(telemetry.peer()).toEqual({ address: '127.0.0.1', port });
    const first = telemetry.look(true).received[0];
    expect(first).toMatchObject({ scope: 'socket', total: 5 });
    sockets[0]?.write('x'.repeat(1_000));
    await vi.waitFor(() => expect(telemetry.look(true).received[0]?.total).toBe(1_005), 5_000);

    client.kill('SIGSTOP');
    sockets[0]?.write('y'.repeat(700));
    await vi.waitFor(() => expect(telemetry.look(true).sockets?.unreadBytes).toBe(700), 5_000);
  });

  it('one that ends is gone, and no descriptor is left open', async () => {
    const files = (): number => readdirSync('/proc/self/fd').length;
    const client = child('setInterval(() => {}, 1000)');
    const before = files();
    const telemetry = new LocalStallTelemetry().open(client.pid ?? 0);
    expect(telemetry.look(false).client?.state).toBe('alive');
    expect(files()).toBeGreaterThan(before);
    client.kill('SIGKILL');
    await once(client, 'exit');
    expect([null, 'gone']).toContain(telemetry.look(false).client?.state ?? null);
    telemetry.dispose();
    expect(files()).toBeLessThanOrEqual(before);
  });
});

describe('this machine', () => {
  it('tells how late our own loop was', async () => {
    const telemetry = open(process.pid);
    telemetry.look(false);
    await sleep(200);
    const end = performance.now() + 300;
    while (performance.now() < end);
    await sleep(60);
    expect(telemetry.look(false).own.loopDelayMs).toBeGreaterThan(150);
  });

  it('without /proc only our own load is known', () => {
    const look = open(process.pid, 'win32').look(true);
    expect(look).toMatchObject({ client: null, sockets: null, received: [] });
  });
});

describe('a question to the service', () => {
  it.each([
    ['vnc', (socket: Socket) => socket.write('RFB 003.008\n')],
    ['rdp', (socket: Socket) => socket.once('data', (bytes: Buffer) => bytes[0] === 3 && socket.write(Uint8Array.from([3, 0, 0, 19])))],
    ['gamestream', (socket: Socket) => socket.once('data', (bytes: Buffer) => bytes.toString().startsWith('GET /serverinfo ') && socket.end('HTTP/1.1 200 OK\r\n\r\n'))],
  ] as const)('%s: it answers', async (protocol, greet) => {
    const { port } = await service(greet);
    const telemetry = open(process.pid);
    expect(telemetry.asked()).toEqual({ kind: 'none' });
    telemetry.ask({ address: '127.0.0.1', port }, protocol);
    await vi.waitFor(() => expect(telemetry.asked().kind).toBe('answered'));
  });

  it('a service that is connected and says nothing is mute; a question taken back is none', async () => {
    const { port, sockets } = await service((socket) => socket.resume());
    const telemetry = open(process.pid);
    telemetry.ask({ address: '127.0.0.1', port }, 'rdp');
    await vi.waitFor(() => expect(telemetry.asked()).toMatchObject({ kind: 'mute' }));
    await sleep(100);
    expect(telemetry.asked()).toMatchObject({ kind: 'mute' });
    telemetry.unask();
    expect(telemetry.asked()).toEqual({ kind: 'none' });
    await vi.waitFor(() => expect(sockets[0]?.destroyed || sockets[0]?.readableEnded).toBe(true));
  });

  it('a closed port refuses', async () => {
    const { port, server } = await service(null);
    server.close();
    const telemetry = open(process.pid);
    telemetry.ask({ address: '127.0.0.1', port }, 'vnc');
    await vi.waitFor(() => expect(telemetry.asked().kind).toBe('refused'));
  });
});
