// Measures echo with one ping process a second, where ping is not iputils' (macOS, Windows, BusyBox).
import { probeIntervalsMs, lostAfterMs } from '../../domain/latency/probe';
import { pingOnce, type PingAnswer } from './ping-once';
import { explainPing, pingMissing } from './ping-trouble';
import { TroubleTeller, type ProbeParts, type RunningProbe } from './running-probe';

export interface OneShotPingParts extends ProbeParts {
  /** A test puts another one in. */
  readonly ask?: (address: string, timeoutS: number) => Promise<PingAnswer>;
}

/** Starting a process costs milliseconds of CPU: five a second for each host would be felt. */
const intervalMs = probeIntervalsMs.tcp;

export class OneShotPing implements RunningProbe {
  private readonly troubles: TroubleTeller;
  private readonly ask: (address: string, timeoutS: number) => Promise<PingAnswer>;
  private asking: Promise<void> | null = null;
  private askedAt = Number.NEGATIVE_INFINITY;
  private stopping = false;

  constructor(private readonly parts: OneShotPingParts) {
    this.troubles = new TroubleTeller(parts.sink);
    this.ask = parts.ask ?? pingOnce;
  }

  tick(): void {
    const now = this.parts.clock.monotonicMs();
    if (this.stopping || this.asking || now - this.askedAt < intervalMs) return;
    this.askedAt = now;
    this.asking = this.question().finally(() => (this.asking = null));
  }

  /** The last ping ends by itself with its time limit. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.asking;
  }

  private async question(): Promise<void> {
    const { address, clock, sink } = this.parts;
    const atMs = clock.nowMs();
    let answer: PingAnswer;
    try {
      answer = await this.ask(address, lostAfterMs / 1000);
    } catch {
      this.troubles.tell(pingMissing);
      return;
    }
    if (this.stopping) return;
    if (answer.rttMs !== null) {
      sink.sample({ atMs, rttMs: answer.rttMs });
      this.troubles.tell(null);
      return;
    }
    const trouble = explainPing(answer.output, address);
    if (trouble.kind === 'machine') {
      this.troubles.tell(trouble.message);
      return;
    }
    sink.sample({ atMs, rttMs: null });
    if (trouble.kind === 'network') this.troubles.tell(trouble.message);
  }
}
