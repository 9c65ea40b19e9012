// A clock that stands still until the test moves it.
import type { Clock, Disposable } from '../../electron/domain/clock';

interface Alarm {
  readonly dueMs: number;
  readonly call: () => void;
}

export class FakeClock implements Clock {
  private elapsedMs = 0;
  private readonly alarms = new Set<Alarm>();

  /** @param startMs epoch milliseconds at the beginning */
  constructor(private readonly startMs = 1_700_000_000_000) {}

  nowMs(): number {
    return this.startMs + this.elapsedMs;
  }

  monotonicMs(): number {
    return this.elapsedMs;
  }

  after(delayMs: number, call: () => void): Disposable {
    const alarm = { dueMs: this.elapsedMs + delayMs, call };
    this.alarms.add(alarm);
    return { dispose: () => this.alarms.delete(alarm) };
  }

  /** How many calls are still to come; a test that expects a quiet end asks for 0. */
  get pending(): number {
    return this.alarms.size;
  }

  /** Moves time on and makes every call that becomes due, in the order of its time, at its time. */
  advance(byMs: number): void {
    const untilMs = this.elapsedMs + byMs;
    for (let next = this.nextDue(untilMs); next; next = this.nextDue(untilMs)) {
      this.alarms.delete(next);
      this.elapsedMs = Math.max(this.elapsedMs, next.dueMs);
      next.call();
    }
    this.elapsedMs = untilMs;
  }

  private nextDue(untilMs: number): Alarm | undefined {
    return [...this.alarms].filter(({ dueMs }) => dueMs <= untilMs).sort((one, other) => one.dueMs - other.dueMs)[0];
  }
}
