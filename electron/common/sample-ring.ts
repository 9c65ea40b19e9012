// Keeps the newest latency samples of one vantage point and one probe kind in typed arrays, in order of time, for main and renderer alike.
import { isRetold, sampleFlags, type SampleBatch } from './latency';

/**
 * Samples oldest first; the columns have equal length and are views into the ring: read them before the next `append`
 * and copy what has to last. `rttMs` is NaN where the sample was lost, also when an answer came too late.
 */
export interface SampleWindow {
  readonly atMs: Float64Array;
  readonly rttMs: Float64Array;
  /** Sums of `sampleFlags`; absent: nothing is known of late, reordered or repeated answers. */
  readonly flags?: Uint8Array;
}

/**
 * A loss is known later than the answer to a younger question, so a sample may arrive behind its successors. One that is
 * older than this cannot be a late loss: the wall clock was set back, and what is kept no longer fits on the same axis.
 */
const clockSetBackMs = 30_000;

export class SampleRing {
  readonly capacity: number;
  // Twice the capacity: the samples stay contiguous, so a window is a view, and are moved to the front once per `capacity` appends.
  private readonly times: Float64Array;
  private readonly rtts: Float64Array;
  private readonly flags: Uint8Array;
  private start = 0;
  private end = 0;

  /** @throws RangeError when `capacity` (in samples) is not a positive whole number */
  constructor(capacity: number) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) throw new RangeError(`capacity must be a positive whole number, not ${capacity}`);
    this.capacity = capacity;
    this.times = new Float64Array(capacity * 2);
    this.rtts = new Float64Array(capacity * 2);
    this.flags = new Uint8Array(capacity * 2);
  }

  get length(): number {
    return this.end - this.start;
  }

  /** Epoch milliseconds of the newest sample; null while empty. */
  get newestAtMs(): number | null {
    return this.length === 0 ? null : this.atAt(this.end - 1);
  }

  /**
   * Adds samples and keeps the order of time; the oldest leave when there are more than `capacity`. A late or repeated
   * answer only marks its question, which stays lost or keeps its first answer's time.
   */
  append(batch: Pick<SampleBatch, 'atMs' | 'rttMs' | 'flags'>): void {
    batch.atMs.forEach((atMs, index) => {
      const flags = batch.flags?.[index] ?? 0;
      if (isRetold(flags) && this.mark(atMs, flags)) return;
      const rttMs = (flags & sampleFlags.late) === 0 ? batch.rttMs[index] : null;
      this.insert(atMs, rttMs ?? Number.NaN, flags);
    });
  }

  clear(): void {
    this.start = 0;
    this.end = 0;
  }

  /** Samples sent at `fromMs` or later and before `toMs` (epoch milliseconds). Costs two binary searches and two views. */
  window(fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY): SampleWindow {
    const from = this.firstNotBefore(fromMs);
    const to = Math.max(from, this.firstNotBefore(toMs));
    return { atMs: this.times.subarray(from, to), rttMs: this.rtts.subarray(from, to), flags: this.flags.subarray(from, to) };
  }

  /** @returns false when the question is not kept */
  private mark(atMs: number, flags: number): boolean {
    const index = this.firstNotBefore(atMs);
    if (index >= this.end || this.atAt(index) !== atMs) return false;
    this.flags[index] = (this.flags[index] ?? 0) | flags;
    return true;
  }

  private insert(atMs: number, rttMs: number, flags: number): void {
    const newest = this.newestAtMs;
    if (newest !== null && atMs < newest - clockSetBackMs) this.clear();
    if (this.end === this.times.length) this.moveToFront();
    let index = this.end;
    while (index > this.start && this.atAt(index - 1) > atMs) index -= 1;
    if (index < this.end) {
      this.times.copyWithin(index + 1, index, this.end);
      this.rtts.copyWithin(index + 1, index, this.end);
      this.flags.copyWithin(index + 1, index, this.end);
    }
    this.times[index] = atMs;
    this.rtts[index] = rttMs;
    this.flags[index] = flags;
    this.end += 1;
    this.start = Math.max(this.start, this.end - this.capacity);
  }

  private moveToFront(): void {
    this.times.copyWithin(0, this.start, this.end);
    this.rtts.copyWithin(0, this.start, this.end);
    this.flags.copyWithin(0, this.start, this.end);
    this.end -= this.start;
    this.start = 0;
  }

  private firstNotBefore(limitMs: number): number {
    let low = this.start;
    let high = this.end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.atAt(middle) < limitMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private atAt(index: number): number {
    return this.times[index] ?? Number.NaN;
  }
}

/** A window as it travels between threads and processes: plain columns, null for lost. */
export function toColumns(window: SampleWindow): Pick<SampleBatch, 'atMs' | 'rttMs' | 'flags'> {
  return {
    atMs: Array.from(window.atMs),
    rttMs: Array.from(window.rttMs, (rttMs) => (Number.isNaN(rttMs) ? null : rttMs)),
    ...(window.flags?.some((flags) => flags !== 0) && { flags: Array.from(window.flags) }),
  };
}
