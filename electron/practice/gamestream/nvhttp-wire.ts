// HTTP as a GameStream host speaks it, byte by byte: GET only, one request a connection, and its malformed "not found".
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { writeXml, type XmlReply } from './xml-reply';

export interface NvRequest {
  readonly path: string;
  /** Names in lower case: hosts don't care how they are written. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly secure: boolean;
  /** The paired client that asks; null over plain HTTP. */
  readonly clientUuid: string | null;
  readonly socket: Socket | TLSSocket;
  /** The client is gone before the answer. */
  readonly onLeave: (listener: () => void) => void;
}

export type NvReply =
  | { readonly kind: 'xml'; readonly xml: XmlReply }
  | { readonly kind: 'png'; readonly bytes: Uint8Array }
  | { readonly kind: 'not-found' }
  /** The connection is closed without a word. */
  | { readonly kind: 'nothing' };

export function xmlReply(xml: XmlReply): NvReply {
  return { kind: 'xml', xml };
}

const headLimitBytes = 64 * 1024;
/** How long a client may take to read an answer, or to hang up after it; milliseconds. */
const farewellMs = 2_000;

/**
 * @param malformed404 as Sunshine answers an unknown path: a whole answer with status 200, and behind it a second status
 *   line with the same body, which strict HTTP parsers refuse
 */
export function replyBytes(reply: NvReply, malformed404: boolean): Buffer {
  switch (reply.kind) {
    case 'xml':
      return answer('200 OK', writeXml(reply.xml));
    case 'png':
      return answer('200 OK', reply.bytes, 'Content-Type: image/png\r\n');
    case 'not-found': {
      const body = writeXml({ statusCode: 404 });
      if (!malformed404) return answer('404 NOT FOUND', body);
      return Buffer.concat([answer('200 OK', body), Buffer.from(`HTTP/1.1 404 NOT FOUND\r\n${body}`)]);
    }
    case 'nothing':
      return Buffer.alloc(0);
  }
}

function answer(status: string, body: string | Uint8Array, headers = ''): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\nContent-Length: ${bytes.length}\r\n${headers}\r\n`), bytes]);
}

/** Writes and hangs up, but reads on for a while: closing with bytes unread would reset the connection and lose the answer. */
export function sayLast(socket: Socket, bytes: Uint8Array): void {
  socket.on('error', () => socket.destroy());
  socket.resume();
  socket.end(bytes);
  const timer = setTimeout(() => socket.destroy(), farewellMs);
  timer.unref();
  socket.once('close', () => clearTimeout(timer));
}

/** Reads one request's head. @returns null when the client says something else or leaves */
export function readHead(socket: Socket): Promise<string | null> {
  return new Promise((resolve) => {
    let head = '';
    const hear = (bytes: Buffer): void => {
      head += bytes.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0 && head.length < headLimitBytes) return;
      socket.off('data', hear);
      resolve(end < 0 ? null : head.slice(0, end));
    };
    socket.on('data', hear);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => resolve(null));
  });
}

/** @returns null for anything else than a GET of a path */
export function readTarget(head: string): Pick<NvRequest, 'path' | 'parameters'> | null {
  const target = /^GET (\/\S*) HTTP\/1\.[01]\r?\n/.exec(`${head}\r\n`)?.[1];
  if (target === undefined) return null;
  const [path = '/', query = ''] = target.split('?', 2);
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), value);
  }
  return { path, parameters };
}
