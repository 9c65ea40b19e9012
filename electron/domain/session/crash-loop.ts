// Tells a crash from a crash loop: what to try more carefully, and when to stop trying.
import type { ProfileValues } from '../../common/profile';
import { tell, type Told } from '../../common/told';

export interface CrashLimits {
  /** This many crashes within `loopMs` mean that the stream asks too much: the next attempts ask for less. */
  readonly loopCrashes: number;
  readonly loopMs: number;
  /** This many within `stopMs` mean that trying helps nobody. */
  readonly stopCrashes: number;
  readonly stopMs: number;
}

export const usualCrashLimits: CrashLimits = { loopCrashes: 3, loopMs: 120_000, stopCrashes: 5, stopMs: 600_000 };

/** Nothing is ever stopped or stepped down; for measurements that crash on purpose. */
export const noCrashLimits: CrashLimits = { loopCrashes: Infinity, loopMs: 0, stopCrashes: Infinity, stopMs: 0 };

/** 0: as the profile says. 1: less bitrate. 2: H.264 as well. 3: decoded in software as well. */
export type Caution = 0 | 1 | 2 | 3;

export interface CrashRecord {
  /** Epoch milliseconds, oldest first; none older than the longest limit. */
  readonly atMs: readonly number[];
  readonly caution: Caution;
  /** Crashes before this led to the present caution already. */
  readonly countedToMs: number;
}

export const noCrashes: CrashRecord = { atMs: [], caution: 0, countedToMs: 0 };

export interface CrashVerdict {
  readonly record: CrashRecord;
  readonly stop: boolean;
  /** More careful than before. */
  readonly steppedDown: boolean;
}

export function afterCrash(before: CrashRecord, limits: CrashLimits, nowMs: number): CrashVerdict {
  const longestMs = Math.max(limits.loopMs, limits.stopMs);
  // One from later than now belongs to a clock that was set back since, and is not known to be recent.
  const atMs = [...before.atMs, nowMs].filter((at) => at <= nowMs && nowMs - at < longestMs);
  const within = (ms: number, fromMs = -Infinity): number => atMs.filter((at) => nowMs - at < ms && at > fromMs).length;
  const isLoop = within(limits.loopMs, before.countedToMs) >= limits.loopCrashes;
  const caution = isLoop ? moreCareful(before.caution) : before.caution;
  const record: CrashRecord = { atMs, caution, countedToMs: isLoop ? nowMs : before.countedToMs };
  return { record, stop: within(limits.stopMs) >= limits.stopCrashes, steppedDown: caution !== before.caution };
}

function moreCareful(caution: Caution): Caution {
  switch (caution) {
    case 0:
      return 1;
    case 1:
      return 2;
    case 2:
    case 3:
      return 3;
  }
}

/** What a stream is asked for at a caution; a profile that asks for less already stays as it is. */
export function careful(values: ProfileValues, caution: Caution): ProfileValues {
  if (caution === 0) return values;
  const bitrateKbps = Math.max(500, Math.round(values.bitrateKbps * 0.6));
  // H.264 has neither HDR nor, on most decoders, 4:4:4.
  const codec = caution >= 2 ? ({ codec: 'h264', hdr: false, yuv444: false } as const) : {};
  const decoder = caution >= 3 ? ({ decoder: 'software' } as const) : {};
  return { ...values, bitrateKbps, ...codec, ...decoder };
}

export const cautionWords: Readonly<Record<Exclude<Caution, 0>, Told>> = {
  1: tell`Three crashes in two minutes: trying with 60 % of the bitrate`,
  2: tell`It crashes on: trying with H.264 as well`,
  3: tell`It crashes on: trying with software decoding as well`,
};
