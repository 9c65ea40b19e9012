// What a client says of its stream while it runs, summed up for the page and for those who look for causes.
import { assertNever } from '../../common/result';
import type { StreamQuality } from '../../common/session';
import type { StreamSign } from './stream-client';

export const freshQuality: StreamQuality = {
  poor: false,
  tooSlow: false,
  lostFrames: 0,
  lostAudio: 0,
  waitsForPicture: 0,
  reordering: false,
  controlRttMs: null,
};

/** One sign more. @returns the same object when nothing changed */
export function withSign(quality: StreamQuality, sign: StreamSign): StreamQuality {
  switch (sign.kind) {
    case 'poor':
      return quality.poor ? quality : { ...quality, poor: true };
    case 'okay':
      return quality.poor ? { ...quality, poor: false } : quality;
    case 'lost-frames':
      return { ...quality, lostFrames: quality.lostFrames + sign.frames };
    case 'lost-audio':
      return { ...quality, lostAudio: quality.lostAudio + 1 };
    case 'waiting-for-idr':
      return { ...quality, waitsForPicture: quality.waitsForPicture + 1 };
    case 'reordering':
      return quality.reordering ? quality : { ...quality, reordering: true };
    case 'back-pressure':
      return { ...quality, controlRttMs: sign.rttMs };
    case 'too-slow':
      return quality.tooSlow ? quality : { ...quality, tooSlow: true };
    default:
      return assertNever(sign);
  }
}

