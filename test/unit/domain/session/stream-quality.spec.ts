// What a client says of its stream, summed up.
import { describe, expect, it } from 'vitest';
import type { StreamSign } from '../../../../electron/domain/session/stream-client';
import { freshQuality, withSign } from '../../../../electron/domain/session/stream-quality';

function after(...signs: StreamSign[]): ReturnType<typeof withSign> {
  return signs.reduce(withSign, freshQuality);
}

describe('the quality of a stream', () => {
  it('is poor until the client takes it back', () => {
    expect(after({ kind: 'poor' }).poor).toBe(true);
    expect(after({ kind: 'poor' }, { kind: 'okay' }).poor).toBe(false);
  });

  it('counts what was lost', () => {
    const quality = after({ kind: 'lost-frames', frames: 3 }, { kind: 'lost-frames', frames: 2 }, { kind: 'lost-audio' }, { kind: 'waiting-for-idr' });
    expect(quality).toMatchObject({ lostFrames: 5, lostAudio: 1, waitsForPicture: 1 });
  });

  it('remembers that packets came out of order, that this machine is too slow, and the last round trip', () => {
    const quality = after({ kind: 'reordering' }, { kind: 'too-slow' }, { kind: 'back-pressure', rttMs: 40, lossRatio: 0 }, { kind: 'back-pressure', rttMs: 90, lossRatio: 0.1 });
    expect(quality).toMatchObject({ reordering: true, tooSlow: true, controlRttMs: 90 });
  });

  it.each<StreamSign>([{ kind: 'okay' }])('stays the same object when %o says nothing new', (sign) => {
    expect(withSign(freshQuality, sign)).toBe(freshQuality);
  });
});
