// Holds the lease of a session's app as long as an unseen app must not run on: from the first picture, or a pause that was found, to a wanted end.
import type { PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { Disposable } from '../clock';
import type { AppReading } from '../pause/host-control';
import { usualTerms, type Lease, type LeaseKeeper, type LeaseNews, type WatchdogReport } from '../pause/lease';
import type { SessionState } from './session-events';

export interface LeaseGuardParts {
  readonly keeper: LeaseKeeper;
  readonly host: HostRecord;
  readonly target: PauseTarget;
  readonly onNews: (news: LeaseNews) => void;
}

export class LeaseGuard {
  private held: { readonly lease: Lease; readonly news: Disposable } | null = null;
  /** Leases that are being given back. */
  private leaving: Promise<void> = Promise.resolve();

  constructor(private readonly parts: LeaseGuardParts) {}

  /** After each step of the machine. */
  follow(state: SessionState): void {
    if (!mustHold(state)) this.release();
    else if (this.held === null) {
      const { keeper, host, target, onNews } = this.parts;
      const lease = keeper.hold(host, target, usualTerms);
      this.held = { lease, news: lease.onNews(onNews) };
    }
  }

  /** A wanted end: resolves when the watchdog has left the app alone, or can't be reached any more. */
  async dispose(): Promise<void> {
    this.release();
    await this.leaving;
  }

  private release(): void {
    if (this.held === null) return;
    const { lease, news } = this.held;
    this.held = null;
    // To its last word: it may have paused the app a moment before nobody wanted that any more.
    const left = lease.release().finally(() => news.dispose());
    this.leaving = Promise.all([this.leaving, left]).then(() => undefined);
  }
}

/** What a watchdog's report says of the app as it is now; null: nothing for certain. */
export function readingOf({ outcome, method, paused, notPaused }: WatchdogReport): AppReading | null {
  if ((outcome !== 'held' && outcome !== 'kept') || paused.length === 0) return null;
  const pids = [...paused, ...notPaused].map(({ pid }) => pid);
  return notPaused.length === 0 ? { state: 'paused', pids, method } : { state: 'mixed', pids, method: null };
}

/** The app is not paused any more, whatever Athena has been told before. */
export function letRunOn({ outcome }: WatchdogReport): boolean {
  return outcome === 'resumed' || outcome === 'let-run';
}

function mustHold({ everStreamed, link, app, client }: SessionState): boolean {
  if (link.kind === 'ended' || link.kind === 'stopping') return false;
  if (client.kind === 'stopping' && client.then === 'end') return false;
  // Found paused, by an earlier session's watchdog perhaps, which would let it run on before anybody sees it.
  if (app.kind !== 'running') return true;
  // Somebody let it run on although nobody sees it: that is their wish, not an accident.
  return everStreamed && (link.kind === 'streaming' || link.kind === 'stalled');
}
