// A bucket of latency samples summed up: counts, extremes, and a histogram with logarithmic steps, in some forty bytes.
import { isRetold, sampleFlags } from '../../common/latency';

/** Steps of an octave: a value is known to ±1.1 %. */
const stepsPerOctave = 32;
/** 2^28 µs, more than four minutes: nobody waits that long. */
const steps = 28 * stepsPerOctave;

/**
 * The encoded form is varints (LEB128) and two 32-bit floats. HdrHistogram's compressed form takes up to twice the room and,
 * decisive, seventy times as long to read: a day in buckets of ten seconds is 8,640 of them.
 */
export class LatencyBucket {
  sent = 0;
  lost = 0;
  late = 0;
  reordered = 0;
  duplicates = 0;
  /** Milliseconds, exact; infinite while nothing was answered. */
  minMs = Number.POSITIVE_INFINITY;
  maxMs = Number.NEGATIVE_INFINITY;
  private answered = 0;
  private readonly counts = new Uint32Array(steps);
  private lowest = steps;
  private highest = -1;

  get isEmpty(): boolean {
    return this.sent === 0 && this.late === 0 && this.duplicates === 0;
  }

  clear(): void {
    this.sent = this.lost = this.late = this.reordered = this.duplicates = this.answered = 0;
    this.minMs = Number.POSITIVE_INFINITY;
    this.maxMs = Number.NEGATIVE_INFINITY;
    this.counts.fill(0, Math.max(0, this.lowest), this.highest + 1);
    this.lowest = steps;
    this.highest = -1;
  }

  /** @param rttMs null: lost. @param flags sum of `sampleFlags` */
  add(rttMs: number | null, flags: number): void {
    if ((flags & sampleFlags.late) !== 0) this.late += 1;
    if ((flags & sampleFlags.duplicate) !== 0) this.duplicates += 1;
    if (isRetold(flags)) return;
    if ((flags & sampleFlags.reordered) !== 0) this.reordered += 1;
    this.sent += 1;
    if (rttMs === null) {
      this.lost += 1;
      return;
    }
    this.count(stepOf(rttMs), 1);
    // As it is kept: a float of 32 bits.
    const kept = Math.fround(rttMs);
    if (kept < this.minMs) this.minMs = kept;
    if (kept > this.maxMs) this.maxMs = kept;
  }

  /**
   * Nearest rank over the answered samples, to ±1.1 %; the largest one exactly.
   * @param percent 0 < percent <= 100
   * @returns milliseconds; null: nothing was answered
   */
  percentile(percent: number): number | null {
    return this.percentiles([percent])[0] ?? null;
  }

  /** Several at one go. @param percents ascending */
  percentiles(percents: readonly number[]): (number | null)[] {
    if (this.answered === 0) return percents.map(() => null);
    let seen = 0;
    let step = this.lowest - 1;
    return percents.map((percent) => {
      const rank = Math.max(1, Math.ceil((percent / 100) * this.answered - 1e-9));
      if (rank >= this.answered) return this.maxMs;
      while (seen < rank && step < this.highest) {
        step += 1;
        seen += this.counts[step] ?? 0;
      }
      return Math.min(this.maxMs, Math.max(this.minMs, valueOf(step)));
    });
  }

  encode(): Uint8Array {
    const bytes: number[] = [];
    for (const count of [this.sent, this.lost, this.late, this.reordered, this.duplicates]) putVarint(bytes, count);
    if (this.answered > 0) {
      bytes.push(...new Uint8Array(Float32Array.of(this.minMs, this.maxMs).buffer));
      let before = 0;
      const pairs: number[] = [];
      let number = 0;
      for (let step = this.lowest; step <= this.highest; step += 1) {
        const count = this.counts[step] ?? 0;
        if (count === 0) continue;
        putVarint(pairs, step - before);
        putVarint(pairs, count);
        before = step;
        number += 1;
      }
      putVarint(bytes, number);
      bytes.push(...pairs);
    }
    return Uint8Array.from(bytes);
  }

  /**
   * Adds an encoded bucket to this one.
   * @returns the place after it
   * @throws RangeError when the bytes are no bucket
   */
  mergeEncoded(bytes: Uint8Array, from = 0): number {
    const reader = new ByteReader(bytes, from);
    const sent = reader.varint();
    const lost = reader.varint();
    this.sent += sent;
    this.lost += lost;
    this.late += reader.varint();
    this.reordered += reader.varint();
    this.duplicates += reader.varint();
    if (sent > lost) {
      this.minMs = Math.min(this.minMs, reader.float());
      this.maxMs = Math.max(this.maxMs, reader.float());
      let step = 0;
      for (let left = reader.varint(); left > 0; left -= 1) {
        step += reader.varint();
        if (step >= steps) throw new RangeError('no bucket of samples');
        this.count(step, reader.varint());
      }
    }
    return reader.place;
  }

  private count(step: number, by: number): void {
    this.counts[step] = (this.counts[step] ?? 0) + by;
    this.answered += by;
    if (step < this.lowest) this.lowest = step;
    if (step > this.highest) this.highest = step;
  }
}

function stepOf(rttMs: number): number {
  return Math.min(steps - 1, Math.max(0, Math.round(Math.log2(Math.max(rttMs * 1_000, 1)) * stepsPerOctave)));
}

function valueOf(step: number): number {
  return 2 ** (step / stepsPerOctave) / 1_000;
}

export function putVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
}

export class ByteReader {
  private readonly floats = new DataView(new ArrayBuffer(4));

  constructor(
    private readonly bytes: Uint8Array,
    public place = 0,
  ) {}

  get isAtEnd(): boolean {
    return this.place >= this.bytes.length;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  }

  float(): number {
    for (let index = 0; index < 4; index += 1) this.floats.setUint8(index, this.byte());
    return this.floats.getFloat32(0, true);
  }

  byte(): number {
    const byte = this.bytes[this.place];
    if (byte === undefined) throw new RangeError('the bytes end too early');
    this.place += 1;
    return byte;
  }
}
