// Time as a port: what decides asks a Clock, so that a test moves five minutes in a millisecond.

export interface Disposable {
  dispose(): void;
}

export interface Clock {
  /** Epoch milliseconds, for people and for disk. */
  nowMs(): number;
  /** Milliseconds that never go backwards, for durations; the zero point means nothing. */
  monotonicMs(): number;
  /** Calls once after the delay, unless disposed before. */
  after(delayMs: number, call: () => void): Disposable;
}
