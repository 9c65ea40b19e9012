// Decides from the newest samples of each probe kind whether a host is there.
import type { HostReach } from '../../common/host';

/** A probe kind without a sample for this long does not measure: ping is missing, or the machine has slept. */
export const silentAfterMs = 5_000;

/** One lost question is weather, two in a row are an absence (moonlight-qt's rule for its host list). */
const missesToOffline = 2;

type Verdict = 'silent' | 'answers' | 'misses' | 'undecided';

function verdictOf(rttMs: Float64Array): Verdict {
  if (rttMs.length === 0) return 'silent';
  const newest = rttMs.subarray(-missesToOffline);
  if (newest.some((rtt) => !Number.isNaN(rtt))) return 'answers';
  return newest.length < missesToOffline ? 'undecided' : 'misses';
}

/**
 * Any kind that answers proves the host; it is offline when every kind that measures has missed twice (many hosts never
 * answer echo, so one silent kind proves nothing). `unknown` when nothing measures.
 * @param recent for each probe kind the samples of the last `silentAfterMs`, oldest first, NaN for lost
 */
export function decideReach(previous: HostReach, recent: readonly Float64Array[]): HostReach {
  const verdicts = recent.map(verdictOf).filter((verdict) => verdict !== 'silent');
  if (verdicts.includes('answers')) return 'online';
  if (verdicts.length === 0) return 'unknown';
  return verdicts.includes('undecided') ? previous : 'offline';
}
