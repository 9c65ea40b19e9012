// Holds the lease of a session's app as long as an unseen app must not run on: from the first picture to a wanted end.
import type { PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { Disposable } from '../clock';
import { usualTerms, type Lease, type LeaseKeeper, type LeaseNews } from '../pause/lease';
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
    news.dispose();
    const left = lease.release();
    this.leaving = Promise.all([this.leaving, left]).then(() => undefined);
  }
}

function mustHold({ everStreamed, link, app, client }: SessionState): boolean {
  if (!everStreamed || link.kind === 'ended' || link.kind === 'stopping') return false;
  if (client.kind === 'stopping' && client.then === 'end') return false;
  // Somebody let it run on although nobody sees it: that is their wish, not an accident.
  return link.kind === 'streaming' || link.kind === 'stalled' || app.kind !== 'running';
}
