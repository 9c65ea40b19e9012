// Follows one practice run from the host's start to its end: when each step happened, and whether all of them did.
import type { PracticeEvent, PracticeStep, PracticeSummary } from '../common/practice';
import type { MarkKind } from '../common/session';
import type { Told } from '../common/told';

/** The steps that a session's marks prove. */
const stepOfMark: Partial<Readonly<Record<MarkKind, PracticeStep>>> = {
  'client-started': 'launched',
  streaming: 'streaming',
  interrupted: 'lost',
  paused: 'paused',
  'gate-open': 'gate-open',
  reconnected: 'reconnected',
  resumed: 'resumed',
};

/** What each duration is measured from. */
const measuredFrom: Partial<Readonly<Record<PracticeStep, PracticeStep | 'count-down-ended'>>> = {
  discovered: 'host-ready',
  paired: 'discovered',
  listed: 'paired',
  launched: 'listed',
  streaming: 'launched',
  lost: 'cut',
  paused: 'lost',
  'gate-open': 'lost',
  reconnected: 'lost',
  resumed: 'count-down-ended',
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
  reach(step: PracticeStep, tMs: number, atMs: number, text: Told): void {
    if (this.reached.has(step)) return;
    this.reached.set(step, tMs);
    const event: PracticeEvent = { event: step, atMs, tookMs: this.tookMs(step), text };
    this.events.push(event);
    this.onEvent(event);
  }

  /** @param problem what went wrong, or null; a step that is missing is a problem of its own */
  summary(problem: string | null): Omit<PracticeSummary, 'loss' | 'discoveredBy'> {
    const missing = Object.keys(measuredFrom).filter((step) => this.tookMs(step as PracticeStep) === null);
    const why = problem ?? (missing.length > 0 ? `these steps did not happen: ${missing.join(', ')}` : null);
    return {
      ok: why === null,
      detectMs: this.tookMs('lost'),
      pauseMs: this.tookMs('paused'),
      reconnectMs: this.tookMs('reconnected'),
      resumeMs: this.tookMs('resumed'),
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
