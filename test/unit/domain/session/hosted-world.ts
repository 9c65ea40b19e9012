// The small world of a session with what lies around it: the way to the host, the watchdog there, this machine's sleep, Athena's death.
import { hostRecordSchema } from '../../../../electron/common/host';
import { tell } from '../../../../electron/common/told';
import type { Lease, LeaseKeeper, LeaseNews, WatchdogReport } from '../../../../electron/domain/pause/lease';
import { usualCrashLimits } from '../../../../electron/domain/session/crash-loop';
import { LeaseGuard, letRunOn, readingOf } from '../../../../electron/domain/session/lease-guard';
import { initialState } from '../../../../electron/domain/session/session-machine';
import type { SessionEvent } from '../../../../electron/domain/session/session-events';
import { SessionWorld, type Happening } from './session-world';

export const hostHappenings = ['machine-sleeps', 'clock-is-set', 'way-breaks', 'way-mends', 'watchdog-fires', 'hold-ends', 'athena-dies'] as const;
export type HostHappening = (typeof hostHappenings)[number];

/** As the real one: it fires by itself once it is not fed, holds for the longest time, then lets the app run on. */
interface Watchdog {
  isFed: boolean;
  isHolding: boolean;
}

type Look = SessionWorld['looks'][number];

export class HostedWorld extends SessionWorld {
  isWayOpen = true;
  hasStreamed = false;
  /** How often each of these came. */
  readonly befallen = new Map<HostHappening, number>();
  steps = 0;
  watchdog: Watchdog | null = null;
  /** What a watchdog that is gone has left to tell. */
  private leftReport: WatchdogReport | null = null;
  private lease: { tell: (news: LeaseNews) => void } | null = null;
  protected guard: LeaseGuard | null;
  /** What is known already where a look fails. */
  private readonly otherwise = new WeakMap<Look, WatchdogReport>();

  constructor(
    private readonly isManaged: boolean,
    private readonly countdownS: number,
    private readonly canAsk: boolean,
  ) {
    super(isManaged, [false, false], countdownS, canAsk);
    this.appKnown = true;
    this.guard = this.makeGuard();
  }

  /** @returns whether this could happen now */
  befall(kind: HostHappening, pick: number): boolean {
    this.befallen.set(kind, (this.befallen.get(kind) ?? 0) + 1);
    switch (kind) {
      case 'machine-sleeps':
        return this.sleep(pick);
      case 'clock-is-set':
        this.nowMs += (pick - 5_000) * 1_000;
        return true;
      case 'way-breaks':
        this.isWayOpen = false;
        if (this.watchdog) this.watchdog.isFed = false;
        return true;
      case 'way-mends':
        this.isWayOpen = true;
        if (this.lease) this.connect(this.lease.tell);
        return true;
      case 'watchdog-fires':
        return this.fire();
      case 'hold-ends':
        return this.endHold();
      case 'athena-dies':
        this.die();
        return true;
    }
  }

  /** Somebody will let a stopped app run on, or shows that it stands. */
  get isOwned(): boolean {
    if (!this.stopped.some(Boolean)) return true;
    return this.state.app.kind !== 'running' || this.looks.length > 0 || (this.watchdog !== null && !this.watchdog.isFed);
  }

  protected override tell(event: SessionEvent, pick: number): true {
    super.tell(event, pick);
    // Not there yet while the world is made.
    if ('guard' in this) this.guard?.follow(this.state);
    this.hasStreamed ||= this.state.everStreamed;
    return true;
  }

  override happen(next: Happening): boolean {
    // As the order queue does: a look waits for the orders before it.
    if (next.kind === 'app-looked-at' && this.orders.length > 0) return false;
    return super.happen(next);
  }

  protected override answerOrder(pick: number): boolean {
    const [order] = this.orders;
    if (!order) return false;
    // What was known before it is not known any more.
    for (const look of this.looks) {
      look.saw = null;
      this.otherwise.delete(look);
    }
    if (this.isWayOpen) {
      super.answerOrder(pick);
      // It sees that somebody else let the app run on, and leaves.
      if (this.watchdog?.isHolding && !this.stopped.some(Boolean)) this.watchdog = null;
      return true;
    }
    this.orders.shift();
    return this.tell({ kind: 'app-order-failed', op: order.op, failure: { kind: 'host-unreachable', message: 'no way', advice: '' } }, pick);
  }

  protected override answerLook(pick: number): boolean {
    const index = this.looks.findIndex(({ saw }) => saw !== null);
    const look = this.looks[index];
    if (!look) return false;
    if (this.isWayOpen && pick % 5 !== 0) return super.answerLook(pick);
    this.looks.splice(index, 1);
    const known = this.otherwise.get(look);
    const reading = known && readingOf(known);
    if (reading) return this.tell({ kind: 'app-read', op: look.effect.op, reading }, pick);
    // It is looked again, unless an order has overtaken it.
    if (look.effect.op === this.state.appOp) this.looks.push({ effect: look.effect, saw: null });
    return true;
  }

  private fire(): boolean {
    if (!this.watchdog || this.watchdog.isFed || this.watchdog.isHolding) return false;
    this.watchdog.isHolding = true;
    this.stopped = [true, true];
    return true;
  }

  private endHold(): boolean {
    if (!this.watchdog?.isHolding || this.watchdog.isFed) return false;
    this.watchdog = null;
    this.stopped = [false, false];
    this.leftReport = report('resumed');
    // Half an hour passes before that: no look takes so long.
    for (const look of this.looks) look.saw = null;
    return true;
  }

  /** Longer than the lease always, longer than the hold at times; the watchdog's word comes before or after ours. */
  private sleep(pick: number): boolean {
    const sleptMs = 3_000 + pick * 1_000;
    this.nowMs += sleptMs;
    if (this.watchdog) this.watchdog.isFed = false;
    this.fire();
    if (pick % 3 === 0) this.endHold();
    const hear = (): void => {
      if (this.lease && this.isWayOpen) this.connect(this.lease.tell);
    };
    if (pick % 2 === 0) hear();
    this.tell({ kind: 'machine-woke', sleptMs }, pick);
    if (pick % 2 !== 0) hear();
    return true;
  }

  private makeGuard(): LeaseGuard | null {
    if (!this.isManaged) return null;
    const keeper: LeaseKeeper = { hold: () => this.hold() };
    const host = hostRecordSchema.parse({ id: 'rig', name: 'Rig', address: '10.0.0.2' });
    return new LeaseGuard({ keeper, host, target: { by: 'command', pattern: 'game' }, onNews: (news) => this.hear(news) });
  }

  private hold(): Lease {
    const lease = { tell: (_news: LeaseNews): void => undefined };
    const release = (): Promise<void> => {
      if (this.lease === lease) this.lease = null;
      if (!this.isWayOpen) return Promise.resolve();
      this.connect(lease.tell);
      this.watchdog = null;
      return Promise.resolve();
    };
    this.lease = lease;
    return {
      onNews: (listener) => {
        lease.tell = listener;
        if (this.isWayOpen) this.connect(listener);
        return { dispose: () => undefined };
      },
      release,
      dispose: () => void release(),
    };
  }

  /** A new watchdog takes the place of the old one, and tells what that did. */
  private connect(tell: (news: LeaseNews) => void): void {
    const told = this.watchdog?.isHolding ? report('held') : this.leftReport;
    this.leftReport = null;
    this.watchdog = { isFed: true, isHolding: false };
    if (told) tell({ kind: 'told', report: told });
  }

  /** As the supervisor does. */
  private hear(news: LeaseNews): void {
    if (news.kind !== 'told') return;
    if (letRunOn(news.report)) {
      this.tell({ kind: 'app-slipped' }, 0);
      return;
    }
    const look: Look = { effect: { kind: 'read-app', op: this.state.appOp }, saw: null };
    this.otherwise.set(look, news.report);
    this.looks.push(look);
  }

  /** Its clients die with it; the next start comes back to what its journal tells. */
  private die(): void {
    this.client = null;
    this.gateWatched = false;
    this.timers.clear();
    for (const list of [this.orders, this.asked, this.looks]) list.length = 0;
    this.lease = null;
    if (this.watchdog) this.watchdog.isFed = false;
    this.userHoldsPause = false;
    this.userLetRun = false;
    this.wantsEnd = false;
    const wasOwed = this.stopped.some(Boolean) && this.state.link.kind === 'ended';
    const app = this.isManaged ? ({ kind: 'running' } as const) : ({ kind: 'unmanaged', why: tell`no SSH access` } as const);
    const kind = { resumeCountdownS: this.countdownS, connectLimitMs: 30_000, asksHost: this.canAsk, crashLimits: usualCrashLimits };
    this.state = initialState(app, kind, this.moment(0));
    // An app that its user left paused is found by the look of the next launch alone: that is told to the user at the end.
    this.appKnown = !wasOwed;
    this.guard = this.makeGuard();
    this.tell({ kind: 'launched' }, 0);
  }
}

function report(outcome: WatchdogReport['outcome']): WatchdogReport {
  const paused = [
    { pid: 7, startTicks: '70' },
    { pid: 8, startTicks: '80' },
  ];
  return { watchdog: 'aa', pausedAtMs: 0, method: 'sigstop', paused, notPaused: [], outcome, outcomeAtMs: 0 };
}
