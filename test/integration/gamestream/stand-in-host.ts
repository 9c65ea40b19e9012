// A host in a test's hand: it answers each request with the bytes it is told to, over TCP or TLS, and counts what reached it.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { makeIdentity, type Identity } from '../../../electron/practice/gamestream/certificate';
import { replyBytes, xmlReply } from '../../../electron/practice/gamestream/nvhttp-wire';
import type { XmlReply } from '../../../electron/practice/gamestream/xml-reply';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly parameters: URLSearchParams;
  /** Everything that came, as text. */
  readonly text: string;
}

/** `silence`: the connection stays open without an answer; `hang-up`: it ends without one. */
export type Saying = 'silence' | 'hang-up' | Buffer;

export interface StandIn {
  readonly port: number;
  readonly identity: Identity;
  readonly asked: Asked[];
  /** Bytes of requests that came through, behind TLS where there is TLS. */
  bytesHeard(): number;
  connections(): number;
  stop(): Promise<void>;
}

export interface StandInOptions {
  readonly answer: (asked: Asked) => Saying | Promise<Saying>;
  readonly tls?: boolean;
  readonly identity?: Identity;
  /** Written before anything is read, as to clients that aren't paired. */
  readonly greeting?: string | Buffer;
  readonly maxTlsVersion?: 'TLSv1.2' | 'TLSv1.3';
  readonly address?: string;
  /** By default any that is free. */
  readonly port?: number;
}

export function http(body: string | Buffer, status = '200 OK', headers = ''): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\nContent-Length: ${bytes.length}\r\n${headers}\r\n`), bytes]);
}

export function xml(reply: XmlReply): Buffer {
  return replyBytes(xmlReply(reply), true);
}

/** Made once: keys take their time. */
const usual: { identity?: Identity } = {};

export async function startStandIn({ answer, tls = false, identity, greeting, maxTlsVersion, address = '127.0.0.1', port = 0 }: StandInOptions): Promise<StandIn> {
  const own = identity ?? (usual.identity ??= makeIdentity('Sunshine Gamestream Host', 'random'));
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  let [heard, connections] = [0, 0];
  const serve = (socket: Socket): void => {
    socket.on('error', () => socket.destroy());
    if (greeting !== undefined) {
      socket.end(greeting);
      socket.resume();
      return;
    }
    let text = '';
    let answered = false;
    socket.on('data', (bytes: Buffer) => {
      heard += bytes.length;
      text += bytes.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      const length = Number(/^content-length: *(\d+)/im.exec(text)?.[1] ?? 0);
      if (answered || head < 0 || text.length < head + 4 + length) return;
      answered = true;
      const [method = '', target = '/'] = text.split(' ', 2);
      const { pathname, searchParams } = new URL(target, 'http://host');
      const question = { method, path: pathname, parameters: searchParams, text };
      asked.push(question);
      void Promise.resolve(answer(question)).then((saying) => {
        if (saying === 'silence' || socket.destroyed) return;
        if (saying === 'hang-up') socket.destroy();
        else socket.end(saying);
      });
    });
  };
  const server: Server = tls
    ? createTlsServer(
        { cert: own.certificatePem, key: own.keyPem, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.2', ...(maxTlsVersion && { maxVersion: maxTlsVersion }) },
        serve,
      )
    : createServer(serve);
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  server.listen(port, address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    identity: own,
    asked,
    bytesHeard: () => heard,
    connections: () => connections,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Passes a request on to another host, and hands back all of its answer. Leaves when the one who asked does not matter any more. */
export function relay(port: number, { text }: Asked): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('data', (bytes: Buffer) => parts.push(bytes));
    socket.once('error', reject);
    socket.once('close', () => resolve(Buffer.concat(parts)));
    socket.once('connect', () => socket.write(Buffer.from(text, 'latin1')));
  });
}
