// Finds a free TCP port on 127.0.0.1 and waits until a peer answers on one.
import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

// Below the range Linux hands out to outgoing connections (32768 and up, ip_local_port_range), so that no test's own
// client socket takes the port between the moment it was found free and the moment the server binds it.
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_000;

/** A port nobody listens on at 127.0.0.1. */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = randomInt(LOWEST_PORT, HIGHEST_PORT);
    if (await canListen(port)) return port;
  }
  throw new Error(`no free port between ${LOWEST_PORT} and ${HIGHEST_PORT} in 50 attempts`);
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

export interface Greeting {
  /** Bytes to send first, for protocols in which the client speaks first (RDP). */
  readonly send?: Uint8Array;
  /** How the server's first bytes start. */
  readonly expectPrefix: string | Uint8Array;
  /** Where it listens; absent: 127.0.0.1. */
  readonly address?: string;
}

/**
 * Resolves when the server on `port` greets as expected.
 * @param isAlive asked before each try, so that a server that died at once fails the test at once
 * @throws after `timeoutMs`, or as soon as `isAlive` says no
 */
export async function waitForGreeting(port: number, greeting: Greeting, isAlive: () => boolean, timeoutMs = 15_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    if (!isAlive()) throw new Error(`the server meant for port ${port} ended before it was ready`);
    if (await greets(port, greeting)) return;
    await sleep(50);
  }
  throw new Error(`no greeting on 127.0.0.1:${port} after ${timeoutMs} ms`);
}

function greets(port: number, greeting: Greeting): Promise<boolean> {
  const prefix = Buffer.from(greeting.expectPrefix);
  return new Promise((resolve) => {
    const socket = connect({ port, host: greeting.address ?? '127.0.0.1' });
    let received = Buffer.alloc(0);
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2_000, () => {
      finish(false);
    });
    socket.once('error', () => {
      finish(false);
    });
    socket.once('close', () => {
      resolve(false);
    });
    socket.once('connect', () => {
      if (greeting.send) socket.write(greeting.send);
    });
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length >= prefix.length) finish(received.subarray(0, prefix.length).equals(prefix));
    });
  });
}

/** True when nobody accepts a connection on 127.0.0.1:`port`. */
export function isPortClosed(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => {
      resolve(true);
    });
  });
}
