// Measures this machine alone: how late this thread's timer is, and how long a datagram takes to itself and back.
import { createSocket, type Socket } from 'node:dgram';
import { lostAfterMs } from '../../domain/latency/probe';
import { beatMs as usualBeatMs, TroubleTeller, type ProbeParts, type RunningProbe } from './running-probe';

export interface LoopEchoParts extends Omit<ProbeParts, 'address'> {
  readonly intervalMs: number;
  /** Milliseconds between two ticks; another one for tests. */
  readonly beatMs?: number;
}

/** Timers count whole milliseconds, and one is due up to a beat late: less than this is not a delay of the loop. */
const usualLatenessMs = 2;

interface Question {
  readonly number: number;
  readonly atMs: number;
  readonly startedAt: number;
  readonly delayMs: number;
}

/**
 * A sample's time is that of a UDP echo over loopback, and on top what the timer that sends it was late. Either grows when
 * this machine is too busy to measure anybody else properly.
 */
export class LoopEcho implements RunningProbe {
  private readonly troubles: TroubleTeller;
  private socket: Socket | null = null;
  private port = 0;
  private open: Question | null = null;
  private asked = 0;
  private askedAt = Number.NEGATIVE_INFINITY;
  private tickedAt: number | null = null;
  private stopping = false;

  constructor(private readonly parts: LoopEchoParts) {
    this.troubles = new TroubleTeller(parts.sink);
  }

  tick(): void {
    if (this.stopping) return;
    const now = this.parts.clock.monotonicMs();
    const lateMs = this.tickedAt === null ? 0 : now - this.tickedAt - (this.parts.beatMs ?? usualBeatMs);
    this.tickedAt = now;
    if (this.open && now - this.open.startedAt >= lostAfterMs) this.lose(this.open);
    // Half a beat early is nearer to the wanted time than half a beat late.
    if (this.open || now - this.askedAt < this.parts.intervalMs - 10) return;
    this.askedAt = now;
    this.ask(now, lateMs > usualLatenessMs ? lateMs : 0);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.socket?.close();
    this.socket = null;
  }

  private ask(now: number, delayMs: number): void {
    const socket = this.socket ?? this.bind();
    if (this.port === 0) return;
    this.asked += 1;
    const question = { number: this.asked, atMs: this.parts.clock.nowMs() - delayMs, startedAt: now, delayMs };
    this.open = question;
    const packet = Buffer.alloc(4);
    packet.writeUInt32BE(question.number % 2 ** 32);
    socket.send(packet, this.port, '127.0.0.1', (error) => {
      if (!error || this.stopping) return;
      this.troubles.tell(`this machine cannot send to itself: ${error.message}`);
      this.lose(question);
    });
  }

  private bind(): Socket {
    const socket = createSocket('udp4');
    this.socket = socket;
    socket.on('message', (packet, from) => {
      const { open } = this;
      if (!open || from.port !== this.port || packet.length !== 4 || packet.readUInt32BE() !== open.number % 2 ** 32) return;
      this.open = null;
      this.parts.sink.sample({ atMs: open.atMs, rttMs: open.delayMs + this.parts.clock.monotonicMs() - open.startedAt });
      this.troubles.tell(null);
    });
    socket.on('error', (error) => this.troubles.tell(`this machine cannot listen on loopback: ${error.message}`));
    socket.bind(0, '127.0.0.1', () => {
      this.port = socket.address().port;
    });
    return socket;
  }

  private lose(question: Question): void {
    if (this.open !== question) return;
    this.open = null;
    this.parts.sink.sample({ atMs: question.atMs, rttMs: null });
  }
}
