// Finds the period of moments that keep a beat, some of which may be missing, and others that do not belong.
import { median } from './probe-series';

export interface Beat {
  readonly periodMs: number;
  /** Of all moments the share that lie on the beat. */
  readonly onBeat: number;
  /** How far those lie from it, typically, as a share of the period. */
  readonly jitter: number;
  readonly moments: number;
}

/** A moment may lie this far beside the beat, as a share of the period. */
const tolerance = 0.08;

/** @param atMs in any order. @returns null: fewer than four moments, or no beat */
export function findBeat(atMs: readonly number[]): Beat | null {
  const moments = merge([...atMs].sort((one, other) => one - other));
  if (moments.length < 4) return null;
  const gaps = moments.slice(1).map((at, index) => at - (moments[index] ?? 0));
  const candidates = [...new Set([median(gaps), ...gaps])].filter((gap) => gap >= 1_000);
  const beats = candidates.map((periodMs) => beatOf(moments, periodMs)).filter((beat) => beat !== null);
  const best = beats.sort((one, other) => score(other) - score(one))[0];
  return best && best.onBeat >= 0.7 && best.jitter <= 0.06 ? best : null;
}

/** Spikes within a few seconds are one. */
function merge(sorted: readonly number[]): number[] {
  const merged: number[] = [];
  for (const at of sorted) if (at - (merged.at(-1) ?? -Infinity) > 3_000) merged.push(at);
  return merged;
}

function beatOf(moments: readonly number[], guessMs: number): Beat | null {
  // Refined over all gaps that are whole multiples of the guess.
  const gaps = moments.slice(1).map((at, index) => at - (moments[index] ?? 0));
  const fitting = gaps.flatMap((gap) => {
    const times = Math.round(gap / guessMs);
    return times >= 1 && times <= 6 && Math.abs(gap - times * guessMs) <= tolerance * guessMs * Math.sqrt(times) ? [gap / times] : [];
  });
  if (fitting.length < Math.max(3, gaps.length * 0.6)) return null;
  const periodMs = median(fitting);
  const off = gaps.map((gap) => Math.abs(gap - Math.max(1, Math.round(gap / periodMs)) * periodMs) / periodMs);
  const single = gaps.filter((gap) => Math.round(gap / periodMs) === 1).length;
  // A very short guess fits everything: most gaps must be one period long.
  if (single < gaps.length * 0.5) return null;
  const on = off.filter((share) => share <= tolerance * 1.5);
  return { periodMs, onBeat: on.length / gaps.length, jitter: median(on.length > 0 ? on : [1]), moments: moments.length };
}

function score({ onBeat, jitter }: Beat): number {
  return onBeat - jitter * 2;
}
