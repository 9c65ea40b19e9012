// Measures how long the host's service port takes to accept a connection.
import { connect, type Socket } from 'node:net';
import { lostAfterMs, probeIntervalsMs } from '../../domain/latency/probe';
import { LookedUpAddress } from './looked-up-address';
import { TroubleTeller, type ProbeParts, type RunningProbe } from './running-probe';

export interface TcpConnectParts extends ProbeParts {
  readonly port: number;
}

export class TcpConnect implements RunningProbe {
  private readonly troubles: TroubleTeller;
  private readonly sockets = new Set<Socket>();
  private askedAt = Number.NEGATIVE_INFINITY;
  private readonly place: LookedUpAddress;
  private isSilent = false;
  private stopping = false;

  constructor(private readonly parts: TcpConnectParts) {
    this.troubles = new TroubleTeller(parts.sink);
    this.place = new LookedUpAddress(parts.address, parts.clock, (message) => {
      if (!this.stopping) this.troubles.tell(message);
    });
  }

  tick(): void {
    const now = this.parts.clock.monotonicMs();
    if (this.stopping || now - this.askedAt < probeIntervalsMs.tcp) return;
    this.place.refresh(this.isSilent);
    const { numeric, isKnown } = this.place;
    // The first lookup is under way: nothing can be said yet.
    if (numeric === null && isKnown) return;
    this.askedAt = now;
    const atMs = this.parts.clock.nowMs();
    if (numeric === null) this.parts.sink.sample({ atMs, rttMs: null });
    else this.ask(numeric, atMs);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  private ask(host: string, atMs: number): void {
    const { clock, port, sink } = this.parts;
    const startedAt = clock.monotonicMs();
    const socket = connect({ host, port });
    this.sockets.add(socket);
    let isDecided = false;
    const decide = (rttMs: number | null, trouble: string | null | undefined): void => {
      if (isDecided) return;
      isDecided = true;
      clearTimeout(timeLimit);
      this.sockets.delete(socket);
      socket.destroy();
      if (this.stopping) return;
      this.isSilent = rttMs === null;
      sink.sample({ atMs, rttMs });
      if (trouble !== undefined) this.troubles.tell(trouble);
    };
    // A SYN that was lost is sent again after a second (RFC 6298 §2): an answer to that one says nothing about the time.
    const timeLimit = setTimeout(() => decide(null, undefined), lostAfterMs);
    socket.once('connect', () => {
      const rttMs = clock.monotonicMs() - startedAt;
      decide(rttMs < lostAfterMs ? rttMs : null, null);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => decide(null, this.explain(error)));
  }

  /** A refusal is an answer of the machine, not of the service: for a stream it is as good as none, so it counts as lost. */
  private explain(error: NodeJS.ErrnoException): string {
    const { address, port } = this.parts;
    switch (error.code) {
      case 'ECONNREFUSED':
        return `the host is there, but nothing accepts connections on port ${port}: is the service running?`;
      case 'EHOSTUNREACH':
      case 'ENETUNREACH':
      case 'ENETDOWN':
        return `this machine has no way to ${address}: is the network connected?`;
      case 'EACCES':
      case 'EPERM':
        return `a firewall on this machine stops connections to port ${port}`;
      default:
        return `connecting to port ${port} failed: ${error.code ?? error.message}`;
    }
  }
}
