// The practice client's connection: connects, greets, follows the stream, and tells how it ended. Headless and window share it.
import { connect, type Socket } from 'node:net';
import { assertNever } from '../common/result';
import {
  decodeMessages,
  encodeMessage,
  joinBytes,
  protocolVersion,
  type PictureFrame,
  type StreamMessage,
} from './practice-protocol';

/** refused: nobody listens there, or who listens is no practice host of this version. */
export type StreamEnd = 'closed-by-user' | 'host-ended' | 'connection-lost' | 'refused' | 'unreachable' | 'unknown-host';

export type StreamNews =
  | { readonly kind: 'stage'; readonly stage: 'connecting' | 'handshake' }
  /** Told with the first frame, not before. */
  | { readonly kind: 'streaming'; readonly widthPx: number; readonly heightPx: number }
  | { readonly kind: 'frame'; readonly frame: PictureFrame }
  | { readonly kind: 'ended'; readonly end: StreamEnd };

export interface PracticeStream {
  /** The user wants no more: says goodbye to the host and ends with `closed-by-user`, unless it has ended already. */
  close(): void;
}

export interface StreamTarget {
  readonly address: string;
  readonly port: number;
}

/** Also for the connection to come up. Frames come 30 times a second, so a silence as long as this is no hiccup. */
const silenceLimitMs = 5_000;
const heartbeatMs = 1_000;

/** `listen` hears `ended` exactly once, last; never before this function has returned. */
export function openPracticeStream({ address, port }: StreamTarget, listen: (news: StreamNews) => void): PracticeStream {
  const stream = new StreamConnection(connect({ host: address, port, noDelay: true }), listen);
  process.nextTick(listen, { kind: 'stage', stage: 'connecting' } satisfies StreamNews);
  return stream;
}

class StreamConnection implements PracticeStream {
  readonly #socket: Socket;
  readonly #listen: (news: StreamNews) => void;
  /** Runs out when the other side is silent; a socket's own time limit would count our heartbeats as life. */
  readonly #silence: NodeJS.Timeout;
  #heartbeat: NodeJS.Timeout | undefined;
  #rest: Uint8Array = new Uint8Array();
  #phase: 'connecting' | 'handshake' | 'greeted' | 'streaming' | 'ended' = 'connecting';
  #picture = { widthPx: 0, heightPx: 0 };

  constructor(socket: Socket, listen: (news: StreamNews) => void) {
    this.#socket = socket;
    this.#listen = listen;
    this.#silence = setTimeout(() => this.#end(this.#endIfBroken()), silenceLimitMs);
    socket.once('connect', () => this.#greet());
    socket.on('data', (bytes: Buffer) => this.#read(bytes));
    socket.on('error', (error: NodeJS.ErrnoException) => this.#end(this.#endOf(error)));
    socket.once('close', () => this.#end(this.#endIfBroken()));
  }

  close(): void {
    this.#end('closed-by-user');
  }

  #greet(): void {
    this.#phase = 'handshake';
    this.#silence.refresh();
    this.#listen({ kind: 'stage', stage: 'handshake' });
    this.#socket.write(encodeMessage({ kind: 'hello', version: protocolVersion, widthPx: 0, heightPx: 0 }));
    this.#heartbeat = setInterval(() => this.#socket.write(encodeMessage({ kind: 'heartbeat' })), heartbeatMs);
  }

  #read(bytes: Uint8Array): void {
    if (this.#hasEnded()) return; // sent before the host heard our goodbye
    this.#silence.refresh();
    const decoded = decodeMessages(joinBytes(this.#rest, bytes));
    for (const message of decoded.messages) if (!this.#hasEnded()) this.#hear(message);
    if (decoded.kind === 'garbled') this.#end(this.#endIfBroken());
    else this.#rest = decoded.rest;
  }

  #hear(message: StreamMessage): void {
    switch (message.kind) {
      case 'hello':
        if (this.#phase !== 'handshake' || message.version !== protocolVersion) {
          this.#end(this.#endIfBroken());
          return;
        }
        this.#phase = 'greeted';
        this.#picture = { widthPx: message.widthPx, heightPx: message.heightPx };
        return;
      case 'frame':
        if (this.#phase === 'handshake') {
          this.#end(this.#endIfBroken());
          return;
        }
        if (this.#phase === 'greeted') {
          this.#phase = 'streaming';
          this.#listen({ kind: 'streaming', ...this.#picture });
        }
        this.#listen({ kind: 'frame', frame: message });
        return;
      case 'heartbeat':
        return;
      case 'goodbye':
        this.#end('host-ended');
        return;
      default:
        assertNever(message);
    }
  }

  // A method, because the phase changes while messages are heard, which the compiler doesn't see in a loop.
  #hasEnded(): boolean {
    return this.#phase === 'ended';
  }

  /** What a connection that breaks now means. */
  #endIfBroken(): StreamEnd {
    if (this.#phase === 'connecting') return 'unreachable';
    return this.#phase === 'handshake' ? 'refused' : 'connection-lost';
  }

  #endOf(error: NodeJS.ErrnoException): StreamEnd {
    if (this.#phase !== 'connecting') return this.#endIfBroken();
    switch (error.code) {
      case 'ENOTFOUND': // no such name
      case 'EAI_AGAIN': // no name server answers
        return 'unknown-host';
      case 'ECONNREFUSED':
        return 'refused';
      default:
        return 'unreachable';
    }
  }

  #end(end: StreamEnd): void {
    if (this.#hasEnded()) return;
    const connected = this.#phase !== 'connecting';
    this.#phase = 'ended';
    clearTimeout(this.#silence);
    clearInterval(this.#heartbeat);
    // The kernel takes three bytes at once, whether the host reads them or not.
    if (end === 'closed-by-user' && connected) this.#socket.end(encodeMessage({ kind: 'goodbye' }), () => this.#socket.destroy());
    else this.#socket.destroy();
    this.#listen({ kind: 'ended', end });
  }
}
