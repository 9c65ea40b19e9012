// A door for tests and demonstrations: orders to the practice host over HTTP on loopback, for who knows the token.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OrderPort {
  readonly port: number;
  /** `POST /orders` with `Authorization: Bearer TOKEN` and one order as JSON. */
  readonly token: string;
  stop(): Promise<void>;
}

const bodyLimitBytes = 64 * 1024;

/** @param obey answers one order; what it throws is told to whoever ordered (status 400) */
export async function openOrderPort(obey: (order: unknown) => Promise<unknown>): Promise<OrderPort> {
  const token = randomBytes(24).toString('base64url');
  const server = createServer((request, response) => {
    const say = (status: number, answer: unknown): void => {
      response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' });
      response.end(JSON.stringify(answer));
    };
    if (!isAllowed(request, token)) {
      say(401, { error: 'the token is wrong' });
      return;
    }
    if (request.method !== 'POST' || request.url !== '/orders') {
      say(404, { error: 'there is only POST /orders' });
      return;
    }
    readJson(request)
      .then(obey)
      .then((answer) => say(200, answer))
      .catch((error: unknown) => say(400, { error: error instanceof Error ? error.message : String(error) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    token,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function isAllowed({ headers }: IncomingMessage, token: string): boolean {
  const given = Buffer.from(headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += String(part);
    if (text.length > bodyLimitBytes) throw new Error('the order is too long');
  }
  return JSON.parse(text) as unknown;
}
