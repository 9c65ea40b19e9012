// The timers that the session machine sets and clears by name.
import type { Clock, Disposable } from '../clock';
import type { Timer } from './session-events';

export class SessionTimers {
  private readonly running = new Map<Timer, Disposable>();

  constructor(
    private readonly clock: Clock,
    private readonly fired: (timer: Timer) => void,
  ) {}

  /** One that runs already begins anew. */
  set(timer: Timer, delayMs: number): void {
    this.clear(timer);
    const running = this.clock.after(delayMs, () => {
      this.running.delete(timer);
      this.fired(timer);
    });
    this.running.set(timer, running);
  }

  clear(timer: Timer): void {
    this.running.get(timer)?.dispose();
    this.running.delete(timer);
  }

  clearAll(): void {
    for (const timer of [...this.running.keys()]) this.clear(timer);
  }
}
