// Chance as a home network throws it: ranges, bell curves and heavy tails, all brought back by a seed.
import { Random } from '../fuzz/random';

export interface Span {
  /** Milliseconds from the trace's start. */
  readonly fromMs: number;
  readonly toMs: number;
}

export class Draw extends Random {
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** From `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + this.int(high - low + 1);
  }

  /** Small values as often as large ones, by ratio. */
  byRatio(low: number, high: number): number {
    return low * Math.exp(Math.log(high / low) * this.next());
  }

  /** Box-Muller. */
  normal(mean: number, deviation: number): number {
    return mean + deviation * Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** `sigma` 1 is what queues and schedulers show: one value in a hundred is ten times the median. */
  heavyTail(median: number, sigma: number): number {
    return median * Math.exp(this.normal(0, sigma));
  }

  /** Time to the next of events that come at random. */
  gap(meanMs: number): number {
    return -meanMs * Math.log(1 - this.next());
  }

  /** One of `weighted`, as likely as its weight says. */
  weigh<T>(weighted: readonly (readonly [weight: number, value: T])[]): T {
    let left = this.next() * weighted.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of weighted) {
      left -= weight;
      if (left < 0) return value;
    }
    const last = weighted.at(-1);
    if (!last) throw new Error('nothing to weigh');
    return last[1];
  }

  /** A time of trouble of `shortestMs` to `longestMs` anywhere in the trace, with some quiet time at both ends. */
  trouble(durationMs: number, shortestMs: number, longestMs: number): Span {
    const length = Math.min(this.byRatio(shortestMs, longestMs), durationMs * 0.7);
    const fromMs = this.between(durationMs * 0.12, Math.max(durationMs * 0.13, durationMs * 0.94 - length));
    return { fromMs, toMs: fromMs + length };
  }

  /** One to `most` times of trouble, in order and apart. */
  troubles(durationMs: number, { shortestMs, longestMs, most }: { shortestMs: number; longestMs: number; most: number }): Span[] {
    const spans = [this.trouble(durationMs, shortestMs, longestMs)];
    const wanted = this.chance(0.5) ? 1 : this.whole(2, Math.max(2, most));
    for (let tried = 0; spans.length < wanted && tried < 20; tried += 1) {
      const next = this.trouble(durationMs, shortestMs, longestMs);
      if (spans.every(({ fromMs, toMs }) => next.fromMs > toMs + 3_000 || next.toMs < fromMs - 3_000)) spans.push(next);
    }
    return spans.sort((one, other) => one.fromMs - other.fromMs);
  }
}

export function isIn({ fromMs, toMs }: Span, tMs: number): boolean {
  return tMs >= fromMs && tMs < toMs;
}

/** 0 at the span's ends, 1 in its middle part: troubles grow and fade, some of them slowly. */
export function ramp({ fromMs, toMs }: Span, tMs: number, edgeMs: number): number {
  const edge = Math.min(edgeMs, (toMs - fromMs) / 2);
  return edge <= 0 ? 1 : Math.max(0, Math.min(1, (tMs - fromMs) / edge, (toMs - tMs) / edge));
}
