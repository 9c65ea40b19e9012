// Turns ping's lines into samples: each question once, when it is answered or lost, and once more for each odd answer.
import { sampleFlags } from '../../common/latency';
import { assertNever } from '../../common/result';
import { lateUntilMs } from '../../domain/latency/probe';
import type { PingLine } from './ping-lines';

export interface EchoSample {
  /** Epoch milliseconds at which the question was sent; the same each time the question is told of. */
  readonly atMs: number;
  /** null: lost. */
  readonly rttMs: number | null;
  /** A sum of `sampleFlags`; absent: none. */
  readonly flags?: number;
}

export interface EchoTrackerOptions {
  /** Milliseconds between two questions. */
  readonly intervalMs: number;
  /** A question without an answer after this many milliseconds is lost. */
  readonly lostAfterMs: number;
}

const seqModulus = 65_536;
/** With -O every question shows up in a line, so a bigger jump is a broken line and not a burst of losses. */
const mostUnseen = 100;
/** A minute at 20 Hz, which is how long a late answer counts. */
const mostRemembered = 1_250;

export class EchoTracker {
  /** Open questions: unwrapped sequence number → epoch milliseconds of sending. Insertion order is that of sending. */
  private readonly open = new Map<number, number>();
  /** Told as lost, and told as answered: to know a late answer and a second one, and when its question was sent. */
  private readonly lost = new Map<number, number>();
  private readonly answered = new Map<number, number>();
  private newest: { seq: number; sentAtMs: number } | null = null;
  private newestAnswered = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: EchoTrackerOptions) {}

  /** Takes one line; returns the samples that are decided by it (usually none or one). */
  take(line: PingLine): EchoSample[] {
    switch (line.kind) {
      case 'reply':
        return this.reply(line.seq, line.atMs - line.rttMs, line.rttMs);
      case 'waiting':
        this.noteWaiting(line.seq, line.atMs);
        return [];
      case 'unreachable':
        return this.ruledOut(line.seq, line.atMs);
      case 'duplicate':
        return this.repeated(line.seq, line.atMs - line.rttMs, line.rttMs);
      case 'banner':
      case 'other':
        return [];
      default:
        return assertNever(line);
    }
  }

  /** Call now and then: returns the questions whose time is over. @param nowMs epoch milliseconds */
  expire(nowMs: number): EchoSample[] {
    const expired: EchoSample[] = [];
    for (const [seq, sentAtMs] of this.open) {
      // Negative: the wall clock was set back, and the question would stay open until it has caught up.
      if (Math.abs(nowMs - sentAtMs) < this.options.lostAfterMs) continue;
      this.open.delete(seq);
      remember(this.lost, seq, sentAtMs);
      expired.push({ atMs: sentAtMs, rttMs: null });
    }
    return expired;
  }

  /** True while a question is open: `expire` has something to do later. */
  get isWaiting(): boolean {
    return this.open.size > 0;
  }

  private reply(wrapped: number, sentAtMs: number, rttMs: number): EchoSample[] {
    const seq = this.unwrap(wrapped);
    if (this.newest === null || seq > this.newest.seq) this.advanceTo(seq, sentAtMs);
    // RFC 4737 §3: an answer is reordered when one to a younger question came before it.
    const reordered = seq < this.newestAnswered ? sampleFlags.reordered : 0;
    this.newestAnswered = Math.max(this.newestAnswered, seq);
    if (this.open.delete(seq)) {
      if (rttMs < this.options.lostAfterMs) {
        remember(this.answered, seq, sentAtMs);
        return [{ atMs: sentAtMs, rttMs, ...(reordered > 0 && { flags: reordered }) }];
      }
      // The answer was quicker than our own clock tick that would have told the loss.
      return [{ atMs: sentAtMs, rttMs: null }, ...this.late(seq, sentAtMs, rttMs, reordered)];
    }
    const lostAtMs = this.lost.get(seq);
    return lostAtMs === undefined ? [] : this.late(seq, lostAtMs, rttMs, reordered);
  }

  private late(seq: number, atMs: number, rttMs: number, reordered: number): EchoSample[] {
    this.lost.delete(seq);
    if (rttMs > lateUntilMs) return [];
    remember(this.answered, seq, atMs);
    return [{ atMs, rttMs, flags: sampleFlags.late | reordered }];
  }

  private repeated(wrapped: number, sentAtMs: number, rttMs: number): EchoSample[] {
    const atMs = this.answered.get(this.unwrap(wrapped)) ?? sentAtMs;
    return [{ atMs, rttMs, flags: sampleFlags.duplicate }];
  }

  private ruledOut(wrapped: number, atMs: number): EchoSample[] {
    const seq = this.unwrap(wrapped);
    if (this.newest === null || seq > this.newest.seq) this.advanceTo(seq, atMs);
    const sentAtMs = this.open.get(seq);
    if (sentAtMs === undefined) return [];
    this.open.delete(seq);
    return [{ atMs: sentAtMs, rttMs: null }];
  }

  private noteWaiting(wrapped: number, atMs: number): void {
    const seq = this.unwrap(wrapped);
    if (this.newest === null || seq > this.newest.seq) this.advanceTo(seq, atMs - this.options.intervalMs);
    // The line is printed when the next question goes out: that one is known as sent from now on.
    if (this.newest?.seq === seq) this.advanceTo(seq + 1, atMs);
  }

  /** Opens all questions up to `seq`; those between were sent unseen, evenly spread as far as anyone can tell. */
  private advanceTo(seq: number, sentAtMs: number): void {
    const known = this.newest !== null && seq - this.newest.seq <= mostUnseen ? this.newest : { seq: seq - 1, sentAtMs };
    const { seq: from, sentAtMs: fromMs } = known;
    for (let between = from + 1; between <= seq; between += 1) {
      this.open.set(between, fromMs + ((sentAtMs - fromMs) * (between - from)) / (seq - from));
    }
    this.newest = { seq, sentAtMs };
  }

  /** The number nearest to the newest one that ends in these 16 bits. */
  private unwrap(wrapped: number): number {
    if (this.newest === null) return wrapped;
    const { seq: newest } = this.newest;
    const base = newest - (newest % seqModulus);
    const near = [base - seqModulus + wrapped, base + wrapped, base + seqModulus + wrapped];
    return near.reduce((best, candidate) => (Math.abs(candidate - newest) < Math.abs(best - newest) ? candidate : best));
  }
}

function remember(map: Map<number, number>, seq: number, atMs: number): void {
  map.set(seq, atMs);
  if (map.size <= mostRemembered) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
