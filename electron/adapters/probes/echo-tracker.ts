// Turns ping's lines into samples, each told once: when it is answered, or when it is lost for good.
import type { PingLine } from './ping-lines';

export interface EchoSample {
  /** Epoch milliseconds at which the question was sent. */
  readonly atMs: number;
  /** null: lost. */
  readonly rttMs: number | null;
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

export class EchoTracker {
  /** Questions after which an answer came although they had been told as lost. */
  lateAnswers = 0;
  duplicates = 0;
  /** Round-trip time of the newest of the late answers. */
  lastLateRttMs: number | null = null;

  /** Open questions: unwrapped sequence number → epoch milliseconds of sending. Insertion order is that of sending. */
  private readonly open = new Map<number, number>();
  /** Told as lost so far, youngest last; only to know a late answer from a second one. */
  private readonly lost: number[] = [];
  private newest: { seq: number; sentAtMs: number } | null = null;

  constructor(private readonly options: EchoTrackerOptions) {}

  /** Takes one line; returns the samples that are decided by it (usually none or one). */
  take(line: PingLine): EchoSample[] {
    switch (line.kind) {
      case 'reply':
        return this.answered(line.seq, line.atMs - line.rttMs, line.rttMs);
      case 'waiting':
        this.noteWaiting(line.seq, line.atMs);
        return [];
      case 'unreachable':
        return this.ruledOut(line.seq, line.atMs);
      case 'duplicate':
        this.duplicates += 1;
        return [];
      case 'banner':
      case 'other':
        return [];
    }
  }

  /** Call now and then: returns the questions whose time is over. @param nowMs epoch milliseconds */
  expire(nowMs: number): EchoSample[] {
    const expired: EchoSample[] = [];
    for (const [seq, sentAtMs] of this.open) {
      // Negative: the wall clock was set back, and the question would stay open until it has caught up.
      if (Math.abs(nowMs - sentAtMs) < this.options.lostAfterMs) continue;
      this.open.delete(seq);
      this.rememberLost(seq);
      expired.push({ atMs: sentAtMs, rttMs: null });
    }
    return expired;
  }

  /** True while a question is open: `expire` has something to do later. */
  get isWaiting(): boolean {
    return this.open.size > 0;
  }

  private answered(wrapped: number, sentAtMs: number, rttMs: number): EchoSample[] {
    const seq = this.unwrap(wrapped);
    const isNew = this.newest === null || seq > this.newest.seq;
    if (isNew) this.advanceTo(seq, sentAtMs);
    if (this.open.delete(seq)) {
      if (rttMs < this.options.lostAfterMs) return [{ atMs: sentAtMs, rttMs }];
      // The answer was quicker than our own clock tick that would have told the loss.
      this.noteLate(rttMs);
      return [{ atMs: sentAtMs, rttMs: null }];
    }
    const lostIndex = this.lost.indexOf(seq);
    if (lostIndex < 0) return [];
    this.lost.splice(lostIndex, 1);
    this.noteLate(rttMs);
    return [];
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
    const base = this.newest.seq - (this.newest.seq % seqModulus);
    const near = [base - seqModulus + wrapped, base + wrapped, base + seqModulus + wrapped];
    const newest = this.newest.seq;
    return near.reduce((best, candidate) => (Math.abs(candidate - newest) < Math.abs(best - newest) ? candidate : best));
  }

  private rememberLost(seq: number): void {
    this.lost.push(seq);
    if (this.lost.length > 1_000) this.lost.shift();
  }

  private noteLate(rttMs: number): void {
    this.lateAnswers += 1;
    this.lastLateRttMs = rttMs;
  }
}
