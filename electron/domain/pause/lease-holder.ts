// Holds one lease: feeds the watchdog, notices when it is out of reach, makes it anew, and lets it leave at the end.
import { assertNever, type Failure, type FailureKind } from '../../common/result';
import type { Clock, Disposable } from '../clock';
import type { Lease, LeaseNews, LeaseTerms, WatchdogReport } from './lease';
import type { StartWatchdog, Watchdog, WatchdogEnd, WatchdogEvents } from './lease-watchdog';

/**
 * From the start of one try to the next, in milliseconds; the last one counts from then on. A try that took longer is
 * followed soon: it may have failed just before the way was free again.
 */
const soonMs = 250;
const retryDelaysMs = [soonMs, 500, 1_000, 2_000];
/** How long a watchdog that was asked to leave may take before it counts as out of reach, in milliseconds. */
const leaveLimitMs = 3_000;
/** How long a release looks for a watchdog that is out of reach, in milliseconds. */
const seekLimitMs = 6_000;

/** Trying again changes nothing about these. */
const lastingFailures: ReadonlySet<FailureKind> = new Set(['auth-refused', 'host-key-unknown', 'host-key-changed']);
/** Nor about these, unless a watchdog has already run: then the host can do it, and something passing went wrong. */
const firstFailures: ReadonlySet<FailureKind> = new Set(['not-supported', 'bad-input', 'permission-denied', 'client-missing']);

type State =
  | { readonly kind: 'starting'; readonly failures: number; readonly startedMs: number; abandon: () => void }
  | { readonly kind: 'waiting'; readonly failures: number; readonly timer: Disposable }
  | { readonly kind: 'fed'; readonly watchdog: Watchdog; sent: number; answered: number; timer: Disposable | null }
  | { readonly kind: 'leaving'; readonly watchdog: Watchdog }
  | { readonly kind: 'over' };

export class LeaseHolder implements Lease {
  #state: State = { kind: 'over' };
  /** One of ours may live on the host, fed or not. */
  #isOneOutThere = false;
  #isLossTold = false;
  #release: { readonly done: Promise<void>; readonly settle: () => void; readonly timer: Disposable } | null = null;
  readonly #listeners = new Set<(news: LeaseNews) => void>();
  readonly #early: LeaseNews[] = [];
  readonly #told = new Set<string>();

  constructor(
    private readonly startWatchdog: StartWatchdog,
    private readonly terms: LeaseTerms,
    private readonly clock: Clock,
  ) {
    this.#start(0);
  }

  onNews(listener: (news: LeaseNews) => void): Disposable {
    this.#listeners.add(listener);
    for (const news of this.#early.splice(0)) listener(news);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  release(): Promise<void> {
    if (this.#release) return this.#release.done;
    if (this.#state.kind === 'over') return Promise.resolve();
    const settling: { settle: () => void } = { settle: () => undefined };
    const done = new Promise<void>((resolve) => (settling.settle = resolve));
    const limitMs = this.#state.kind === 'fed' ? leaveLimitMs : seekLimitMs;
    const timer = this.clock.after(limitMs, () => this.#finish());
    this.#release = { done, settle: settling.settle, timer };
    const state = this.#state;
    switch (state.kind) {
      case 'fed':
        this.#letLeave(state.watchdog);
        break;
      // An earlier watchdog that nobody feeds would pause the app after its wanted end: a new one takes its place, and leaves.
      case 'waiting':
        if (this.#isOneOutThere) this.#start(state.failures);
        else this.#finish();
        break;
      case 'starting':
        if (!this.#isOneOutThere) this.#finish();
        break;
      case 'leaving':
        break;
      default:
        assertNever(state);
    }
    return done;
  }

  dispose(): void {
    void this.release();
  }

  #start(failures: number): void {
    const state: State = { kind: 'starting', failures, startedMs: this.clock.monotonicMs(), abandon: () => undefined };
    this.#enter(state);
    const mine: { watchdog: Watchdog | null } = { watchdog: null };
    const isMine = (): boolean => mine.watchdog !== null && mine.watchdog === this.#watchdog();
    const events: WatchdogEvents = {
      answered: (beat) => {
        if (isMine()) this.#answered(beat);
      },
      told: (report) => {
        if (isMine()) this.#tell(report);
      },
      ended: (end) => {
        if (isMine()) this.#ended(end);
      },
    };
    const start = this.startWatchdog(events);
    state.abandon = () => start.abandon();
    void start.started.then((started) => {
      if (this.#state !== state) {
        if (started.ok) started.value.close();
        return;
      }
      if (!started.ok) this.#startFailed(started.failure, failures, this.clock.monotonicMs() - state.startedMs);
      else {
        mine.watchdog = started.value;
        this.#feed(started.value);
      }
    });
  }

  #watchdog(): Watchdog | null {
    return this.#state.kind === 'fed' || this.#state.kind === 'leaving' ? this.#state.watchdog : null;
  }

  #startFailed(failed: Failure, failures: number, tookMs: number): void {
    const isLasting = lastingFailures.has(failed.kind) || (!this.#isOneOutThere && firstFailures.has(failed.kind));
    // A connection that breaks while its shell starts looks like a host without one: once more, before it counts.
    const isDoubtful = failed.kind === 'not-supported' && failures === 0;
    if (this.#release) this.#finish();
    else if (isLasting && !isDoubtful) {
      this.#enter({ kind: 'over' });
      this.#news({ kind: 'unavailable', message: failed.message, advice: failed.advice });
    } else {
      const betweenMs = retryDelaysMs[Math.min(failures, retryDelaysMs.length - 1)] ?? soonMs;
      const delayMs = Math.max(soonMs, betweenMs - tookMs);
      this.#enter({ kind: 'waiting', failures: failures + 1, timer: this.clock.after(delayMs, () => this.#start(failures + 1)) });
      if (!isLasting) this.#tellLoss(failed.message);
    }
  }

  #feed(watchdog: Watchdog): void {
    this.#isOneOutThere = true;
    this.#enter({ kind: 'fed', watchdog, sent: 0, answered: 0, timer: null });
    this.#beat();
    if (this.#release) this.#letLeave(watchdog);
  }

  /**
   * Counts heartbeats, not time: when Athena itself stood still, answers may be waiting to be read, and nothing is lost.
   */
  #beat(): void {
    const state = this.#state;
    if (state.kind !== 'fed') return;
    if (state.sent - state.answered >= this.terms.leaseMs / this.terms.heartbeatMs) {
      state.watchdog.close();
      this.#lost('The host no longer answers the heartbeat.');
      return;
    }
    state.watchdog.beat(++state.sent);
    state.timer = this.clock.after(this.terms.heartbeatMs, () => this.#beat());
  }

  #answered(beat: number): void {
    const state = this.#state;
    if (state.kind !== 'fed') return;
    if (state.answered === 0) {
      this.#isLossTold = false;
      this.#news({ kind: 'held' });
    }
    state.answered = Math.max(state.answered, beat);
  }

  #tell(report: WatchdogReport): void {
    this.#watchdog()?.heard();
    const which = `${report.watchdog} ${report.outcome}`;
    if (this.#told.has(which)) return;
    this.#told.add(which);
    this.#news({ kind: 'told', report });
  }

  #ended(end: WatchdogEnd): void {
    if (this.#release) {
      this.#finish();
      return;
    }
    switch (end.kind) {
      case 'left':
        this.#lost('The watchdog left the host, because somebody ended it there.');
        break;
      case 'closed':
        this.#lost(end.why);
        break;
      case 'replaced':
        this.#enter({ kind: 'over' });
        this.#news({
          kind: 'unavailable',
          message: 'Another Athena watches over this app on the host now.',
          advice: 'Play from one place at a time; start the session again to take it back.',
        });
        break;
      default:
        assertNever(end);
    }
  }

  #lost(message: string): void {
    this.#start(0);
    this.#tellLoss(message);
  }

  /** Once for each time out of reach, however often the way back fails. */
  #tellLoss(message: string): void {
    if (this.#isLossTold) return;
    this.#isLossTold = true;
    this.#news({ kind: 'lost', message });
  }

  #letLeave(watchdog: Watchdog): void {
    this.#enter({ kind: 'leaving', watchdog });
    watchdog.leave();
  }

  /** The end of a release, whether or not the watchdog was reached. */
  #finish(): void {
    const state = this.#state;
    this.#enter({ kind: 'over' });
    if (state.kind === 'leaving') state.watchdog.close();
    if (state.kind === 'starting') state.abandon();
    this.#release?.timer.dispose();
    this.#release?.settle();
  }

  #enter(next: State): void {
    if (this.#state.kind === 'fed' || this.#state.kind === 'waiting') this.#state.timer?.dispose();
    this.#state = next;
  }

  #news(news: LeaseNews): void {
    if (this.#listeners.size === 0) this.#early.push(news);
    for (const listener of this.#listeners) listener(news);
  }
}
