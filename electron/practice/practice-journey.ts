// Follows one practice session from the kill to the resume: when each step happened, and whether all of them did.
import type { PracticeEvent, PracticeStep, PracticeSummary } from '../common/practice';
import type { MarkKind } from '../common/session';

/** The steps that a session's marks prove, in the order they are told. */
const stepOfMark: Partial<Readonly<Record<MarkKind, PracticeStep>>> = {
  streaming: 'streaming',
  interrupted: 'crash-detected',
  paused: 'app-paused',
  'gate-open': 'gate-open',
  reconnected: 'reconnected',
  resumed: 'app-resumed',
};

/** What each duration is measured from. */
const measuredFrom: Partial<Readonly<Record<PracticeStep, PracticeStep | 'count-down-ended'>>> = {
  'crash-detected': 'client-killed',
  'app-paused': 'crash-detected',
  'gate-open': 'crash-detected',
  reconnected: 'crash-detected',
  'app-resumed': 'count-down-ended',
};

export class PracticeJourney {
  /** Monotonic milliseconds of each step's first time. */
  private readonly reached = new Map<PracticeStep | 'count-down-ended', number>();
  readonly events: PracticeEvent[] = [];

  constructor(private readonly onEvent: (event: PracticeEvent) => void) {}

  /** @returns the step that a session's mark proves; null for marks that prove none */
  static stepFor(mark: MarkKind): PracticeStep | null {
    return stepOfMark[mark] ?? null;
  }

  has(step: PracticeStep): boolean {
    return this.reached.has(step);
  }

  /** The app was told to run on; the resume is measured from here, not from the start of the count-down. */
  countDownEnded(tMs: number): void {
    if (!this.reached.has('count-down-ended')) this.reached.set('count-down-ended', tMs);
  }

  /**
   * Notes a step's first time.
   * @param tMs monotonic milliseconds
   * @param atMs epoch milliseconds
   */
  reach(step: PracticeStep, tMs: number, atMs: number, text: string): void {
    if (this.reached.has(step)) return;
    this.reached.set(step, tMs);
    const event: PracticeEvent = { event: step, atMs, tookMs: this.tookMs(step), text };
    this.events.push(event);
    this.onEvent(event);
  }

  /** @param problem what went wrong, or null; a step that is missing is a problem of its own */
  summary(problem: string | null): PracticeSummary {
    const missing = Object.keys(measuredFrom).filter((step) => this.tookMs(step as PracticeStep) === null);
    const why = problem ?? (missing.length > 0 ? `these steps did not happen: ${missing.join(', ')}` : null);
    return {
      ok: why === null,
      detectMs: this.tookMs('crash-detected'),
      pauseMs: this.tookMs('app-paused'),
      reconnectMs: this.tookMs('reconnected'),
      resumeMs: this.tookMs('app-resumed'),
      ...(why !== null && { problem: why }),
    };
  }

  /** Milliseconds, to a hundredth. */
  private tookMs(step: PracticeStep): number | null {
    const from = measuredFrom[step];
    const startMs = from ? this.reached.get(from) : undefined;
    const endMs = this.reached.get(step);
    return startMs === undefined || endMs === undefined ? null : Math.round((endMs - startMs) * 100) / 100;
  }
}
