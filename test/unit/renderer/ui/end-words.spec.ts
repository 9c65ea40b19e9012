// The window tells how a stream ended as the main process does, and in German besides.
import { afterEach, describe, expect, it } from 'vitest';
import { wordsForEnd } from '../../../../electron/common/end-words';
import type { ClientEnd } from '../../../../electron/common/session';
import { english } from '../../../../electron/common/told';
import { wordsForStage } from '../../../../electron/common/termination-words';
import { speak } from '../../../../renderer/language/language';
import { say } from '../../../../renderer/language/told';
import { endWords } from '../../../../renderer/ui/end-words';

const codes = [0, -1, -100, -101, -102, -103, -104, 101, 10_051, 113, 99, 110, 111, 104, -2_146_500_607, 4_242, -7];
const kinds = ['ended-by-user', 'host-ended', 'auth-refused', 'certificate-changed', 'host-name-unknown', 'host-unreachable', 'connection-lost', 'not-paired', 'display-lost', 'thread-lost'] as const;

const ends: readonly ClientEnd[] = [
  ...kinds.map((kind) => ({ kind })),
  { kind: 'certificate-unknown', fingerprint: 'AA:BB', subject: 'rig' },
  ...codes.map((code) => ({ kind: 'terminated' as const, code })),
  ...['RTSP handshake', 'something new'].map((stage) => ({ kind: 'stage-failed' as const, stage, code: 11 })),
  ...(['stream-limit', 'no-picture', 'start-failed', 'app-unknown', 'other'] as const).map((reason) => ({ kind: 'launch-refused' as const, reason, code: 503, message: 'Nope {0}' })),
  { kind: 'launch-refused', reason: 'other', code: null, message: '' },
  ...(['network', 'picture', 'client'] as const).map((what) => ({ kind: 'stalled' as const, what })),
  ...[40_000, 600_000, 7_200_000].map((forMs) => ({ kind: 'slept' as const, forMs })),
  { kind: 'crashed', signal: 'SIGSEGV' },
  { kind: 'client-misused', detail: '--nope' },
  { kind: 'unexpected', exitCode: 3 },
];

describe('the end of a stream', () => {
  afterEach(() => speak('en'));

  it.each(ends.map((end) => [JSON.stringify(end), end] as const))('%s is told in both languages', (_, end) => {
    const inEnglish = endWords(end);
    expect(inEnglish).toBe(english(wordsForEnd(end)));
    speak('de');
    expect(endWords(end)).toMatch(/[^.]$/);
    expect(endWords(end)).not.toBe(inEnglish);
    if (end.kind === 'launch-refused' && end.reason === 'other' && end.message !== '') expect(endWords(end)).toContain(end.message);
  });

  it('names a stage where it is known, and as it is otherwise', () => {
    speak('de');
    expect(['RTSP handshake', 'juggling'].map((stage) => say(wordsForStage(stage)))).toEqual(['den Stream aushandeln', 'juggling']);
  });
});
