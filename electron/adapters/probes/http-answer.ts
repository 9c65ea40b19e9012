// Measures how long a GameStream host's own web server takes to say who it is, over the port that needs no certificate.
import { connect, type Socket } from 'node:net';
import { lostAfterMs, probeIntervalsMs } from '../../domain/latency/probe';
import { LookedUpAddress } from './looked-up-address';
import { TroubleTeller, type ProbeParts, type RunningProbe } from './running-probe';

export interface HttpAnswerParts extends ProbeParts {
  readonly port: number;
}

/** The path every GameStream host answers without pairing, and which changes nothing there. */
const path = '/serverinfo';
/** "HTTP/1.1 200" is enough to know that it is the service that answers; what follows is not read. */
const statusLine = /^HTTP\/1\.[01] (\d{3})/;
const statusBytes = 12;

export class HttpAnswer implements RunningProbe {
  private readonly troubles: TroubleTeller;
  private readonly sockets = new Set<Socket>();
  private readonly place: LookedUpAddress;
  private askedAt = Number.NEGATIVE_INFINITY;
  private stopping = false;

  constructor(private readonly parts: HttpAnswerParts) {
    this.troubles = new TroubleTeller(parts.sink);
    this.place = new LookedUpAddress(parts.address, parts.clock, () => undefined); // the connect probe tells that
  }

  tick(): void {
    const now = this.parts.clock.monotonicMs();
    // One at a time: a server that hangs is not asked more often for it.
    if (this.stopping || this.sockets.size > 0 || now - this.askedAt < probeIntervalsMs.http) return;
    this.place.refresh();
    const { numeric } = this.place;
    if (numeric === null) return;
    this.askedAt = now;
    this.ask(numeric, now, this.parts.clock.nowMs());
  }

  async stop(): Promise<void> {
    this.stopping = true;
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  private ask(host: string, startedAt: number, atMs: number): void {
    const { address, port, clock, sink } = this.parts;
    const socket = connect({ host, port });
    this.sockets.add(socket);
    let told = '';
    let isDecided = false;
    const decide = (rttMs: number | null, trouble: string | null | undefined): void => {
      if (isDecided) return;
      isDecided = true;
      clearTimeout(timeLimit);
      this.sockets.delete(socket);
      socket.destroy();
      if (this.stopping) return;
      sink.sample({ atMs, rttMs });
      if (trouble !== undefined) this.troubles.tell(trouble);
    };
    const timeLimit = setTimeout(() => decide(null, 'the web server of the host does not answer within a second'), lostAfterMs);
    socket.setNoDelay(true);
    socket.once('connect', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostField(address, port)}\r\nConnection: close\r\n\r\n`));
    socket.on('data', (chunk: Buffer) => {
      told += chunk.toString('latin1', 0, statusBytes);
      if (told.length < statusBytes) return;
      const status = statusLine.exec(told)?.[1];
      if (status === undefined) decide(null, `what answers on port ${port} is no web server`);
      else decide(clock.monotonicMs() - startedAt, null); // any status is an answer of the service
    });
    socket.once('end', () => decide(null, 'the web server of the host closes the connection without a word'));
    socket.on('error', () => decide(null, undefined)); // the connect probe tells why
  }
}

/** RFC 9110 §7.2: an IPv6 address stands in brackets, without its zone. */
function hostField(address: string, port: number): string {
  return address.includes(':') ? `[${address.replace(/%.*$/, '')}]:${port}` : `${address}:${port}`;
}
