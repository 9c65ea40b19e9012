// Every end of a Moonlight in words that a person can act on.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsForEnd } from '../../../electron/common/end-words';
import type { ClientEnd } from '../../../electron/common/session';
import { adviceForEnd, wordsForStage, wordsForStageFailure, wordsForTermination } from '../../../electron/common/termination-words';
import { inEnglish } from '../../../electron/common/told';
import { verdictOf } from '../../../electron/domain/session/end-verdict';

describe('the codes', () => {
  it.each<[number, RegExp, RegExp]>([
    [0, /app ended on the host/, /again/],
    [-1, /connection to the host was lost/, /latency graph/],
    [-100, /no picture for ten seconds/, /UDP port 47998/],
    [-101, /not one whole picture/, /Lower the bitrate/],
    [-102, /before it sent a picture/, /log/],
    [-103, /protected content/, /Close/],
    [-104, /could not bring its picture/, /HDR/],
    [101, /lost its network/, /Wi-Fi/],
    [10_051, /lost its network/, /Wi-Fi/],
    [113, /no way to the host/, /VPN/],
    [111, /refused/, /running/],
    [10_054, /cut the connection/, /log/],
    [-2_146_500_607, /0x800f0001/, /host’s log/],
    [4_242, /error 4242/, /log/],
  ])('%i', (code, message, advice) => {
    const words = wordsForTermination(code);
    expect(inEnglish([words.message, words.advice])).toEqual([expect.stringMatching(message), expect.stringMatching(advice)]);
  });

  it('a stage that failed names its ports', () => {
    expect(inEnglish(wordsForStageFailure('control stream establishment', 11))).toEqual({
      message: 'The stream failed while opening the control channel (11)',
      advice: expect.stringContaining('UDP 47999') as string,
    });
    expect(inEnglish(wordsForStage('something new'))).toBe('something new');
  });
});

it('every end has words without a full stop, advice with one, and a verdict', () => {
  const ends: fc.Arbitrary<ClientEnd> = fc.oneof(
    fc.record({ kind: fc.constant('terminated' as const), code: fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }) }),
    fc.record({ kind: fc.constant('stage-failed' as const), stage: fc.constantFrom('RTSP handshake', 'name resolution', 'x'), code: fc.integer({ min: -1, max: 20_000 }) }),
    fc.record({
      kind: fc.constant('launch-refused' as const),
      reason: fc.constantFrom('stream-limit' as const, 'no-picture' as const, 'start-failed' as const, 'app-unknown' as const, 'other' as const),
      code: fc.option(fc.integer({ min: -1, max: 600 })),
      message: fc.constantFrom('', 'No'),
    }),
    fc.constant<ClientEnd>({ kind: 'not-paired' }),
  );
  fc.assert(
    fc.property(ends, fc.boolean(), (end, everStreamed) => {
      expect(inEnglish(wordsForEnd(end))).toMatch(/[^.]$/);
      expect(inEnglish(adviceForEnd(end))).toMatch(/\.$/);
      expect(['over', 'interrupted', 'ask']).toContain(verdictOf(end, everStreamed).kind);
    }),
  );
});
