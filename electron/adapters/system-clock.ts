// The real clock.
import { performance } from 'node:perf_hooks';
import type { Clock, Disposable } from '../domain/clock';

export class SystemClock implements Clock {
  nowMs(): number {
    return Date.now();
  }

  monotonicMs(): number {
    return performance.now();
  }

  after(delayMs: number, call: () => void): Disposable {
    const timer = setTimeout(call, delayMs);
    return { dispose: () => clearTimeout(timer) };
  }
}
