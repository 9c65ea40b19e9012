// Watches the samples of one vantage point and probe, and says when they are no longer as usual.
import { isRetold } from '../../common/latency';
import { Baseline } from '../latency/baseline';

export interface LaneTrouble {
  readonly kind: 'spike' | 'loss-burst';
  /** Epoch milliseconds at which the first of the bad questions was sent. */
  readonly sinceMs: number;
  /** The worst answer, in milliseconds; null: nothing but losses. */
  readonly peakMs: number | null;
  readonly lost: number;
  /** It was not in trouble before. */
  readonly isNew: boolean;
}

interface Seen {
  readonly atMs: number;
  readonly rttMs: number | null;
  readonly isBad: boolean;
}

const windowMs = 5_000;
/** One answer this much later than usual is felt in every game. */
const sharpMs = 100;
const sharpTimes = 5;
/** Several within two seconds are felt, too, when they are this far from usual. */
const dullMs = 15;
const dullTimes = 3;
const fewestDull = 3;
const dullWithinMs = 2_000;
/** So many in a row are no weather any more. */
const lossesInARow = 3;
/** Or so many of the last five seconds. */
const lossShare = 0.3;
const fewestForShare = 10;
/** Who has not answered for so long is away: that began once, and is not told again and again. */
const awayAfterMs = 30_000;
/** Trouble that comes again after so long is another one. */
const calmMs = 5_000;

export class LaneWatch {
  private readonly baseline = new Baseline();
  private seen: Seen[] = [];
  private answeredAtMs = Number.NEGATIVE_INFINITY;
  private troubleAtMs = Number.NEGATIVE_INFINITY;

  /** Milliseconds; null: not learned yet. */
  get usualMs(): number | null {
    return this.baseline.medianMs;
  }

  /** Epoch milliseconds of the oldest bad sample of the last five seconds; null: none. */
  get badSinceMs(): number | null {
    return this.seen.find(({ isBad }) => isBad)?.atMs ?? null;
  }

  /**
   * One sample, in the order in which they are told. @param rttMs null: lost
   * @returns null: as usual, or nothing can be said yet
   */
  take(atMs: number, rttMs: number | null, flags = 0): LaneTrouble | null {
    if (isRetold(flags)) return null;
    const usualMs = this.baseline.medianMs;
    if (rttMs !== null) this.baseline.learn(rttMs);
    const isDull = rttMs !== null && usualMs !== null && rttMs >= Math.max(usualMs * dullTimes, usualMs + dullMs);
    this.put({ atMs, rttMs, isBad: rttMs === null || isDull });
    const wasThere = atMs - this.answeredAtMs <= awayAfterMs;
    if (rttMs !== null) this.answeredAtMs = Math.max(this.answeredAtMs, atMs);
    if (usualMs === null || !wasThere) return null;
    const kind = this.spikes(atMs, rttMs, usualMs) ? 'spike' : this.loses(rttMs) ? 'loss-burst' : null;
    return kind === null ? null : this.trouble(kind, atMs);
  }

  private spikes(atMs: number, rttMs: number | null, usualMs: number): boolean {
    if (rttMs === null) return false;
    if (rttMs >= Math.max(usualMs * sharpTimes, usualMs + sharpMs)) return true;
    const newest = this.seen.at(-1);
    return newest?.isBad === true && this.seen.filter((one) => one.isBad && one.rttMs !== null && one.atMs > atMs - dullWithinMs).length >= fewestDull;
  }

  private loses(rttMs: number | null): boolean {
    if (rttMs !== null) return false;
    const inARow = this.seen.slice(-lossesInARow);
    if (inARow.length === lossesInARow && inARow.every((one) => one.rttMs === null)) return true;
    return this.seen.length >= fewestForShare && this.lost() / this.seen.length >= lossShare;
  }

  private trouble(kind: LaneTrouble['kind'], atMs: number): LaneTrouble {
    const isNew = atMs - this.troubleAtMs > calmMs;
    this.troubleAtMs = Math.max(this.troubleAtMs, atMs);
    const answers = this.seen.flatMap((one) => (one.isBad && one.rttMs !== null ? [one.rttMs] : []));
    return { kind, sinceMs: this.badSinceMs ?? atMs, peakMs: answers.length === 0 ? null : Math.max(...answers), lost: this.lost(), isNew };
  }

  private lost(): number {
    return this.seen.filter((one) => one.rttMs === null).length;
  }

  /** A loss is told later than the answers to younger questions. */
  private put(one: Seen): void {
    const newest = Math.max(one.atMs, this.seen.at(-1)?.atMs ?? one.atMs);
    const place = this.seen.findIndex((other) => other.atMs > one.atMs);
    this.seen.splice(place < 0 ? this.seen.length : place, 0, one);
    this.seen = this.seen.filter(({ atMs }) => atMs > newest - windowMs);
  }
}
