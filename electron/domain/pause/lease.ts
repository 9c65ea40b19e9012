// The port of the lease: a watchdog on the host that pauses the app by itself when Athena's heartbeat stops.
import type { PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { PauseMethod } from '../../common/session';
import type { Disposable } from '../clock';

export interface LeaseTerms {
  /** Between two heartbeats, in milliseconds. */
  readonly heartbeatMs: number;
  /** Without a heartbeat for this long, the host pauses the app by itself, in milliseconds. */
  readonly leaseMs: number;
  /** An app the watchdog paused, and that nobody came back for, is held no longer than this, in milliseconds. */
  readonly maximumHoldMs: number;
  /** What becomes of it then: it stays paused, runs on, or is ended. */
  readonly afterHold: 'keep' | 'resume' | 'quit';
}

/** Four heartbeats may be lost or late; a Wi-Fi roam of 1.5 s costs no pause. Half an hour is a meal, not a night. */
export const usualTerms: LeaseTerms = { heartbeatMs: 500, leaseMs: 2_000, maximumHoldMs: 30 * 60_000, afterHold: 'resume' };

/** A process on the host, named for good: its pid may be used again, its start time makes the difference. */
export interface HeldProcess {
  readonly pid: number;
  /** Clock ticks since the host's boot. */
  readonly startTicks: string;
}

/** What a watchdog did while Athena was not there. */
export interface WatchdogReport {
  /** Random, new for each pause of each watchdog. */
  readonly watchdog: string;
  /** Epoch milliseconds by Athena's own clock, however wrong the host's is. */
  readonly pausedAtMs: number;
  /** Null: it could stop none of them. */
  readonly method: PauseMethod | null;
  /** The processes that its host's process table showed as paused afterwards. */
  readonly paused: readonly HeldProcess[];
  /** Those that ran on in spite of it: they belong to another user, or wait for a disk. */
  readonly notPaused: readonly HeldProcess[];
  /**
   * `held`: paused still, as far as it knows. `resumed`, `quit`, `kept`: the maximum hold was over. `let-run`: somebody
   * else resumed the app meanwhile. `gone`: the app ended, or had ended before.
   */
  readonly outcome: 'held' | 'resumed' | 'quit' | 'kept' | 'let-run' | 'gone';
  /** When the outcome came about; the same as `pausedAtMs` for `held`. */
  readonly outcomeAtMs: number;
}

export type LeaseNews =
  /** The watchdog on the host is there and fed. */
  | { readonly kind: 'held' }
  /** The channel is gone; the watchdog, if it lives, acts by itself; the lease is made anew. */
  | { readonly kind: 'lost'; readonly message: string }
  /** After coming back: what an earlier watchdog of this app did, or this one, when heartbeats came too late. */
  | { readonly kind: 'told'; readonly report: WatchdogReport }
  /** This host can't do it, or another Athena took over. Told once, and nothing is tried any more. */
  | { readonly kind: 'unavailable'; readonly message: string; readonly advice: string };

export interface Lease extends Disposable {
  /** News that came before anybody listened is told to the first listener. */
  onNews(listener: (news: LeaseNews) => void): Disposable;
  /**
   * A wanted end: the watchdog leaves without touching the app. Resolves when it has, or can't be reached any more
   * (then it acts as if Athena had died). Await it before Athena's process ends. Idempotent; `dispose` is the same,
   * without the waiting.
   */
  release(): Promise<void>;
}

export interface LeaseKeeper {
  hold(host: HostRecord, target: PauseTarget, terms: LeaseTerms): Lease;
}
