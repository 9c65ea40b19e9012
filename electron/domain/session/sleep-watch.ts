// Notices that this machine has slept: by what a clock that goes on in sleep is ahead, and by what the desktop says.
import type { Clock, Disposable } from '../clock';

/** The port of what knows of sleep. */
export interface SleepMeter {
  /** Milliseconds that this machine has slept in all; only differences mean something. Null: it can't be told here. */
  sleptMs(): number | null;
}

export interface SleepWatchParts {
  readonly clock: Clock;
  readonly meter: SleepMeter;
  /** Told once for each sleep, as soon as it is over. @param sleptMs milliseconds */
  readonly woke: (sleptMs: number) => void;
}

/** Shorter ones are no sleep: a stream survives them, or its own watch notices. */
export const shortestSleepMs = 3_000;
const lookEveryMs = 1_000;
/** A desktop tells of a waking that was noticed already, up to this late. */
const sameWakingMs = 20_000;

export class SleepWatch implements Disposable {
  private timer: Disposable | null = null;
  private countedMs: number | null;
  private wentAtMs: number | null = null;
  private toldAtMs = -Infinity;

  constructor(private readonly parts: SleepWatchParts) {
    this.countedMs = parts.meter.sleptMs();
    this.plan();
  }

  /** The desktop says that the machine is about to sleep. */
  suspending(): void {
    this.wentAtMs = this.parts.clock.nowMs();
  }

  /** The desktop says that it is awake again. */
  resumed(): void {
    this.look();
    const { clock } = this.parts;
    const nowMs = clock.nowMs();
    const { wentAtMs } = this;
    this.wentAtMs = null;
    // Where no meter tells: by the wall clock, which goes on.
    if (wentAtMs === null || clock.monotonicMs() - this.toldAtMs < sameWakingMs) return;
    if (nowMs - wentAtMs >= shortestSleepMs) this.tell(nowMs - wentAtMs);
  }

  dispose(): void {
    this.timer?.dispose();
  }

  private plan(): void {
    this.timer = this.parts.clock.after(lookEveryMs, () => {
      this.plan();
      this.look();
    });
  }

  private look(): void {
    const sleptMs = this.parts.meter.sleptMs();
    const sinceMs = sleptMs !== null && this.countedMs !== null ? sleptMs - this.countedMs : 0;
    if (sleptMs === null) return;
    // What is not counted yet adds up: a reading may be short of the truth by a moment.
    if (sinceMs < 0) this.countedMs = sleptMs;
    if (sinceMs < shortestSleepMs) return;
    this.countedMs = sleptMs;
    this.tell(sinceMs);
  }

  private tell(sleptMs: number): void {
    this.toldAtMs = this.parts.clock.monotonicMs();
    this.parts.woke(sleptMs);
  }
}
