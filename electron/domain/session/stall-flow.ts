// Learns how steadily something comes in, and tells for how long it has been far below that.

/** A rate below this share of the usual one counts as quiet: what is left is sound, control, or other programs. */
const quietShare = 0.25;
/** Intervals kept for the usual rate: a minute at five looks a second. */
const ratesKept = 300;
/** The median is asked at every look, and moves slowly. */
const medianEvery = 10;
/** Before this nothing is usual. */
const learnedAfterMs = 4_000;
/** The longest pause is forgotten after between one and two such times. */
const gapWindowMs = 60_000;
/** With longer pauses than this a stream has no steady flow that could be missed. */
const steadyGapMs = 800;

export class FlowTrack {
  private readonly rates: number[] = [];
  private usualPerS = 0;
  private learned = 0;
  private last: { readonly tMs: number; readonly total: number } | null = null;
  private firstMs: number | null = null;
  private activeMs: number | null = null;
  private recentGapMs = 0;
  private olderGapMs = 0;
  private gapsSinceMs: number | null = null;

  /**
   * @param total grows only; a smaller one starts anew
   * @param healthy only what a healthy stream does becomes usual
   * @param silentMs nothing at all has come for this long, by the kernel's own clock; null: not known
   */
  note(tMs: number, total: number, { healthy, silentMs = null }: { readonly healthy: boolean; readonly silentMs?: number | null }): void {
    const { last } = this;
    if (last && tMs <= last.tMs) return;
    this.last = { tMs, total };
    this.firstMs ??= tMs;
    if (!last || total < last.total) {
      this.activeMs = tMs;
      return;
    }
    const perS = ((total - last.total) / (tMs - last.tMs)) * 1_000;
    const isActive = perS > 0 && perS >= this.usualPerS * quietShare;
    if (healthy) this.learn(last.tMs, perS, isActive);
    if (isActive) this.activeMs = tMs;
    // Looks may lie far apart: the kernel knows better when the last byte came.
    if (silentMs !== null) this.activeMs = Math.min(this.activeMs ?? tMs, tMs - silentMs);
  }

  /** For how long it is known to have been far below its usual rate, in milliseconds. */
  get quietMs(): number {
    return this.last === null || this.activeMs === null ? 0 : Math.max(0, this.last.tMs - this.activeMs);
  }

  /** Per second; the median of a minute. */
  get usual(): number {
    return this.usualPerS;
  }

  /** The longest pause of the last one to two minutes that was none of a stall. */
  get longestGapMs(): number {
    return Math.max(this.recentGapMs, this.olderGapMs);
  }

  /** It comes all the time, so that a pause means something. */
  get isSteady(): boolean {
    const knownForMs = this.last && this.firstMs !== null ? this.last.tMs - this.firstMs : 0;
    return knownForMs >= learnedAfterMs && this.usualPerS > 0 && this.longestGapMs <= steadyGapMs;
  }

  /** What was quiet for a reason of our own is no pause. */
  forgive(tMs: number): void {
    if (this.activeMs !== null) this.activeMs = tMs;
  }

  /** @param sinceMs the beginning of the interval */
  private learn(sinceMs: number, perS: number, isActive: boolean): void {
    this.rates.push(perS);
    if (this.rates.length > ratesKept) this.rates.shift();
    this.learned += 1;
    if (this.learned <= medianEvery || this.learned % medianEvery === 0) this.usualPerS = median(this.rates);
    this.gapsSinceMs ??= sinceMs;
    if (isActive && this.activeMs !== null) this.recentGapMs = Math.max(this.recentGapMs, sinceMs - this.activeMs);
    if (sinceMs - this.gapsSinceMs < gapWindowMs) return;
    this.olderGapMs = this.recentGapMs;
    this.recentGapMs = 0;
    this.gapsSinceMs = sinceMs;
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
