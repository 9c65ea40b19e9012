// Covers of apps: four at a time from one host, each tried twice, and nothing but a PNG of sensible size comes through.
import { success, type Result } from '../../common/result';
import { badAnswer, type Place } from './gamestream-failures';
import { accepted, readOutcome, refusal } from './nv-client';
import type { RawAnswer } from './nvhttp';
import { hasPngSignature, pngSize } from './png';

export const artLimitBytes = 8 * 1_048_576;
/** As Moonlight does; hosts read each cover from disk and answer one connection at a time each. */
const atATime = 4;
/** Of a side; larger ones would cost the window hundreds of megabytes. */
const largestPx = 4_096;

export function readArt(raw: RawAnswer, place: Place): Result<Uint8Array> {
  const { body } = raw;
  if (!hasPngSignature(body)) {
    const said = accepted(readOutcome(raw, artLimitBytes, place), place);
    if (!said.ok && said.failure.kind !== 'bad-answer') return said;
    return refusal(badAnswer(place, 'something else than a PNG as a cover'));
  }
  const size = pngSize(body);
  if (size === null) return refusal(badAnswer(place, 'a broken PNG as a cover'));
  const { widthPx, heightPx } = size;
  if (widthPx < 1 || heightPx < 1 || widthPx > largestPx || heightPx > largestPx) {
    return refusal(badAnswer(place, `a cover of ${widthPx} by ${heightPx} pixels`));
  }
  return success(body);
}

/** A second try helps where the host was too busy to answer, not where it answered nonsense. */
export async function triedTwice<T>(fetch: () => Promise<Result<T>>): Promise<Result<T>> {
  const first = await fetch();
  if (first.ok || (first.failure.kind !== 'host-unreachable' && first.failure.kind !== 'timed-out')) return first;
  return fetch();
}

/** Tasks by host: a host that hangs holds up nobody else's covers. */
export class ArtQueue {
  readonly #hosts = new Map<string, { running: number; readonly waiting: (() => void)[] }>();

  async run<T>(host: string, task: () => Promise<T>): Promise<T> {
    const queue = this.#hosts.get(host) ?? { running: 0, waiting: [] };
    this.#hosts.set(host, queue);
    if (queue.running < atATime) queue.running++;
    else await new Promise<void>((resolve) => queue.waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = queue.waiting.shift();
      // The place is handed on, so that nobody slips in between.
      if (next) next();
      else if (--queue.running === 0) this.#hosts.delete(host);
    }
  }
}
