// Asks a host's service for a sign of life: one connection that waits to be greeted as the protocol does, and never logs in.
import { connect, type Socket } from 'node:net';
import type { Protocol } from '../../common/entry';
import { assertNever } from '../../common/result';
import type { AskLook } from '../../domain/session/stall-evidence';
import type { ServicePlace } from '../../domain/session/stall-telemetry';

/** Long enough to notice a service that wakes up. */
const givenUpMs = 10_000;
/** After this an answer is old news. */
const forgottenMs = 5_000;

/** X.224 Connection Request that offers TLS and CredSSP (MS-RDPBCGR 2.2.1.1): an RDP server does not speak first. */
const rdpRequest = Uint8Array.from([3, 0, 0, 19, 14, 0xe0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 3, 0, 0, 0]);

type Course =
  | { readonly kind: 'connecting' | 'mute'; readonly sinceMs: number }
  | { readonly kind: 'answered' | 'refused'; readonly sinceMs: number };

export class ServiceQuestion {
  private readonly socket: Socket;
  private course: Course;

  /** @param now monotonic milliseconds */
  constructor(
    { address, port }: ServicePlace,
    protocol: Protocol,
    private readonly now: () => number,
  ) {
    this.course = { kind: 'connecting', sinceMs: now() };
    const socket = connect({ host: address, port });
    this.socket = socket;
    socket.unref();
    socket.once('connect', () => {
      this.become('mute');
      const first = firstWords(protocol, address);
      if (first) socket.write(first);
    });
    socket.once('data', () => {
      this.become('answered');
      socket.destroy();
    });
    // A service that hangs up has said something as well.
    socket.once('end', () => this.end(this.course.kind === 'mute' ? 'answered' : 'refused'));
    socket.on('error', () => this.end(this.course.kind === 'mute' ? 'answered' : 'refused'));
  }

  look(): AskLook {
    const { kind, sinceMs } = this.course;
    const ms = this.now() - sinceMs;
    switch (kind) {
      case 'connecting':
      case 'mute':
        if (ms < givenUpMs) return { kind, forMs: ms };
        this.socket.destroy();
        return { kind: 'none' };
      case 'answered':
      case 'refused':
        return ms < forgottenMs ? { kind, agoMs: ms } : { kind: 'none' };
      default:
        return assertNever(kind);
    }
  }

  dispose(): void {
    this.socket.destroy();
  }

  private end(kind: 'answered' | 'refused'): void {
    if (this.course.kind === 'connecting' || this.course.kind === 'mute') this.become(kind);
    this.socket.destroy();
  }

  private become(kind: Course['kind']): void {
    this.course = { kind, sinceMs: this.now() };
  }
}

/** What a client says first; null: the server does. */
function firstWords(protocol: Protocol, address: string): string | Uint8Array | null {
  switch (protocol) {
    case 'vnc':
      return null;
    case 'rdp':
      return rdpRequest;
    case 'gamestream':
      return `GET /serverinfo HTTP/1.1\r\nHost: ${address.includes(':') ? `[${address}]` : address}\r\nConnection: close\r\n\r\n`;
    default:
      return assertNever(protocol);
  }
}
