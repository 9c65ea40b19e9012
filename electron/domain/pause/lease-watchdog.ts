// The port to one watchdog on a host, as the holder of a lease needs it.
import type { Failure, Result } from '../../common/result';
import type { WatchdogReport } from './lease';

/** A watchdog that runs on the host, at the far end of a channel. It pauses nothing before its first heartbeat. */
export interface Watchdog {
  /** Answered by `WatchdogEvents.answered` with the same number. */
  beat(number: number): void;
  /** Its reports were read and may be thrown away. */
  heard(): void;
  /** Asks it to leave without touching the app; `ended` tells when it has. */
  leave(): void;
  /** Cuts the channel without a word: the watchdog then acts when its lease is over. `ended` is not called any more. */
  close(): void;
}

/** `replaced`: another Athena holds a lease on the same app now. */
export type WatchdogEnd = { readonly kind: 'left' } | { readonly kind: 'replaced' } | { readonly kind: 'closed'; readonly why: string };

export interface WatchdogEvents {
  answered(beat: number): void;
  told(report: WatchdogReport): void;
  ended(end: WatchdogEnd): void;
}

/** A watchdog on its way to the host. */
export interface WatchdogStart {
  readonly started: Promise<Result<Watchdog, Failure>>;
  /** Gives it up; nothing of it stays open. */
  abandon(): void;
}

export type StartWatchdog = (events: WatchdogEvents) => WatchdogStart;
