// The gate's half of a supervisor: watches it when the machine asks for that, and tells how it stands while a session is brought back.
import type { GateView } from '../../common/gate';
import type { Told } from '../../common/told';
import type { Clock, Disposable } from '../clock';
import type { SessionGate } from './session-gate';
import type { SessionState } from './session-events';
import { gateForcedAfterMs, isRecovering } from './session-steps';

export interface GateGuardParts {
  readonly gate: SessionGate;
  readonly clock: Clock;
  readonly opened: (why: Told) => void;
  /** What `view` tells is another by now. */
  readonly changed: () => void;
}

const lookEveryMs = 500;

export class GateGuard implements Disposable {
  private watching: Disposable | null = null;
  private timer: Disposable | null = null;
  private seen: GateView | null = null;

  constructor(private readonly parts: GateGuardParts) {}

  /** Null: no session is being brought back. */
  get view(): GateView | null {
    return this.seen;
  }

  watch(): void {
    this.watching?.dispose();
    this.watching = this.parts.gate.watch(this.parts.opened);
  }

  leave(): void {
    this.watching?.dispose();
    this.watching = null;
  }

  /** After each step of the machine. */
  follow(state: SessionState): void {
    this.timer?.dispose();
    this.timer = null;
    this.seen = isRecovering(state) ? { ...this.parts.gate.look(), forcedAtMs: forcedAtMs(state) } : null;
    if (this.seen) this.timer = this.parts.clock.after(lookEveryMs, () => this.lookAgain(state));
  }

  dispose(): void {
    this.leave();
    this.timer?.dispose();
    this.timer = null;
  }

  private lookAgain(state: SessionState): void {
    const before = JSON.stringify(this.seen);
    this.follow(state);
    if (JSON.stringify(this.seen) !== before) this.parts.changed();
  }
}

function forcedAtMs({ link, inquiry }: SessionState): number | null {
  return link.kind === 'gating' && inquiry === null ? link.sinceMs + gateForcedAfterMs : null;
}
