// What every running probe offers to the round that drives it, and what it tells back.
import type { Clock } from '../../domain/clock';
import type { EchoSample } from './echo-tracker';

/** Milliseconds between two ticks. Batches leave with them, so this is also what keeps those at ten a second. */
export const beatMs = 100;

/** One probe kind aimed at one address. It has no timer of its own. */
export interface RunningProbe {
  /** Called about ten times a second: sends what is due, gives up what is over, starts again what has ended. */
  tick(): void;
  /** Resolves when no process and no socket of it is left. */
  stop(): Promise<void>;
}

export interface ProbeSink {
  sample(sample: EchoSample): void;
  /** null: the trouble is over. Told only when the words change. */
  trouble(message: string | null): void;
}

export interface ProbeParts {
  /** A name or address that `hostAddressSchema` has let pass. */
  readonly address: string;
  readonly clock: Clock;
  readonly sink: ProbeSink;
}

/** Tells a trouble once, and its end once. */
export class TroubleTeller {
  /** Undefined at first, so that the first good news also ends a trouble that an earlier probe of the same host has left. */
  private current: string | null | undefined;

  constructor(private readonly sink: ProbeSink) {}

  tell(message: string | null): void {
    if (message === this.current) return;
    this.current = message;
    this.sink.trouble(message);
  }
}
