// Learns what round-trip time is usual for a host: a median that hours move and a spike does not.

/** Ten seconds of echo at 5 Hz. */
const answersPerBlock = 50;
/** Half an hour of such blocks: a disturbance counts as usual only after it has lasted a quarter of an hour. */
const blocksKept = 180;
/** Below this a median says nothing: one slow first answer (ARP, a sleeping radio) would pass for the usual. */
const fewestAnswers = 10;

export class Baseline {
  private readonly medians: number[] = [];
  private block: number[] = [];
  private learned: number | null = null;

  /** Milliseconds; null until ten answers are known. */
  get medianMs(): number | null {
    return this.learned ?? (this.block.length < fewestAnswers ? null : median(this.block));
  }

  /** @param rttMs of an answered sample */
  learn(rttMs: number): void {
    this.block.push(rttMs);
    if (this.block.length < answersPerBlock) return;
    this.medians.push(median(this.block));
    if (this.medians.length > blocksKept) this.medians.shift();
    this.block = [];
    this.learned = median(this.medians);
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
