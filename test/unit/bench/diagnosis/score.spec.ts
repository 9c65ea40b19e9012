// How the answers of the diagnosis are counted.
import { describe, expect, it } from 'vitest';
import { tell } from '../../../../electron/common/told';
import type { Cause, CauseId } from '../../../../electron/common/trace';
import { confusionOf, judge, scoreByCause, scoreOf } from '../../../bench/diagnosis/score';

const cause = (name: CauseId, confidence: number): Cause => ({ cause: name, confidence, evidence: [], against: [], confirm: tell``, fix: tell`` });

describe('judging an answer', () => {
  it('takes the first cause, and looks for the right one among three', () => {
    const verdict = judge('wifi', [cause('router-freeze', 0.6), cause('link-down', 0.5), cause('wifi', 0.4)]);
    expect(verdict).toEqual({ expected: 'wifi', first: 'router-freeze', isTop1: false, isTop3: true, isSureAndWrong: false });
    expect(judge('wifi', [cause('router-freeze', 0.6), cause('link-down', 0.5), cause('unknown', 0.4), cause('wifi', 0.3)]).isTop3).toBe(false);
  });

  it('calls 0.7 sure, and less a guess', () => {
    expect(judge('wifi', [cause('link-down', 0.7)]).isSureAndWrong).toBe(true);
    expect(judge('wifi', [cause('link-down', 0.69)]).isSureAndWrong).toBe(false);
    expect(judge('wifi', [cause('wifi', 0.9), cause('link-down', 0.8)])).toMatchObject({ isTop1: true, isSureAndWrong: false });
  });

  it('holds "unknown" to be no confident error, and no right answer where the cause could be told', () => {
    expect(judge('wifi', [cause('unknown', 0.9)])).toMatchObject({ isTop1: false, isTop3: false, isSureAndWrong: false });
    expect(judge('wifi', [])).toMatchObject({ first: 'unknown', isTop1: false });
  });

  it('takes guesses below 0.5 for "unknown" where nothing known happened', () => {
    expect(judge('unknown', [cause('wifi', 0.49), cause('unknown', 0.2)])).toMatchObject({ first: 'unknown', isTop1: true, isTop3: true });
    expect(judge('unknown', [cause('wifi', 0.5), cause('unknown', 0.2)])).toMatchObject({ first: 'wifi', isTop1: false, isTop3: true });
    expect(judge('unknown', [])).toMatchObject({ isTop1: true });
    expect(judge('unknown', [cause('wifi', 0.8)]).isSureAndWrong).toBe(true);
  });
});

describe('counting', () => {
  const verdicts = [judge('wifi', [cause('wifi', 0.9)]), judge('wifi', [cause('link-down', 0.9)]), judge('link-down', [cause('link-down', 0.9)]), judge('unknown', [cause('unknown', 0.5)])];

  it('gives shares over all, and for each cause', () => {
    expect(scoreOf(verdicts)).toEqual({ cases: 4, top1: 0.75, top3: 0.75, sureAndWrong: 0.25 });
    expect(scoreByCause(verdicts)['wifi']).toEqual({ cases: 2, top1: 0.5, top3: 0.5, sureAndWrong: 0.5 });
  });

  it('tells what was taken for what', () => {
    expect(confusionOf(verdicts)).toEqual({ 'link-down': { 'link-down': 1 }, wifi: { wifi: 1, 'link-down': 1 }, unknown: { unknown: 1 } });
  });

  it('refuses to score nothing', () => {
    expect(() => scoreOf([])).toThrow('no trace');
  });
});
