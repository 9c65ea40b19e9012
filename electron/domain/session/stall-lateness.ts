// Keeps how late our own event loop was, so that its silence is never taken for the network's.

/** A look that comes this much too late, or a loop as late, is our own trouble: nothing is concluded from it. */
const blindMs = 250;
/** Below this, lateness is what every machine has. */
const noticeableMs = 40;
const lookEveryMs = 200;
const keptMs = 5_000;

export class OwnLateness {
  private lates: { readonly tMs: number; readonly lateMs: number }[] = [];
  private lookedMs: number | null = null;

  /**
   * @param loopDelayMs of the worst turn of the loop since the look before
   * @returns true: nothing may be concluded from this look
   */
  note(tMs: number, loopDelayMs: number): boolean {
    const sinceMs = this.lookedMs === null ? lookEveryMs : tMs - this.lookedMs;
    this.lookedMs = tMs;
    const lateMs = Math.max(sinceMs - lookEveryMs, loopDelayMs);
    this.lates = this.lates.filter((late) => tMs - late.tMs < keptMs);
    if (lateMs > noticeableMs) this.lates.push({ tMs, lateMs });
    return lateMs > blindMs;
  }

  /** How much of the last milliseconds our own loop was late. */
  within(tMs: number, windowMs: number): number {
    return this.lates.filter((late) => tMs - late.tMs < windowMs).reduce((sum, { lateMs }) => sum + lateMs, 0);
  }
}
