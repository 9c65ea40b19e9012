// Compares what the diagnosis says with what was done, and counts: right at once, among the first three, sure and wrong.
import { causeIdSchema, type Cause, type CauseId } from '../../../electron/common/trace';

/** From here on a cause is told as a fact. */
const sureFrom = 0.7;
/** Below, a named cause is a guess and not an answer. */
const namedFrom = 0.5;

export interface Verdict {
  readonly expected: CauseId;
  readonly first: CauseId;
  readonly isTop1: boolean;
  readonly isTop3: boolean;
  readonly isSureAndWrong: boolean;
}

/** `causes` best first. "Unknown" is right where nothing known happened, and never a confident error. */
export function judge(expected: CauseId, causes: readonly Cause[]): Verdict {
  const first = causes[0];
  const names = causes.map(({ cause }) => cause);
  const namesNobody = causes.every(({ cause, confidence }) => cause === 'unknown' || confidence < namedFrom);
  const isUnknownRight = expected === 'unknown' && namesNobody;
  return {
    expected,
    first: isUnknownRight ? 'unknown' : (first?.cause ?? 'unknown'),
    isTop1: isUnknownRight || first?.cause === expected,
    isTop3: isUnknownRight || names.slice(0, 3).includes(expected),
    isSureAndWrong: first !== undefined && first.cause !== 'unknown' && first.cause !== expected && first.confidence >= sureFrom,
  };
}

export interface Score {
  readonly cases: number;
  readonly top1: number;
  readonly top3: number;
  readonly sureAndWrong: number;
}

/** Ratios of 0 to 1. @throws when there is nothing to score: nothing would meet every goal */
export function scoreOf(verdicts: readonly Verdict[]): Score {
  if (verdicts.length === 0) throw new Error('no trace was diagnosed');
  const share = (holds: (verdict: Verdict) => boolean): number => Math.round((verdicts.filter(holds).length / verdicts.length) * 10_000) / 10_000;
  return {
    cases: verdicts.length,
    top1: share(({ isTop1 }) => isTop1),
    top3: share(({ isTop3 }) => isTop3),
    sureAndWrong: share(({ isSureAndWrong }) => isSureAndWrong),
  };
}

export function scoreByCause(verdicts: readonly Verdict[]): Readonly<Record<string, Score>> {
  return Object.fromEntries(causesOf(verdicts).map((cause) => [cause, scoreOf(verdicts.filter(({ expected }) => expected === cause))]));
}

/** What was done -> what was said first -> how often. */
export type Confusion = Readonly<Record<string, Readonly<Record<string, number>>>>;

export function confusionOf(verdicts: readonly Verdict[]): Confusion {
  return Object.fromEntries(
    causesOf(verdicts).map((expected) => {
      const said = verdicts.filter((verdict) => verdict.expected === expected).map(({ first }) => first);
      return [expected, Object.fromEntries(causeIdSchema.options.map((cause) => [cause, said.filter((one) => one === cause).length] as const).filter(([, count]) => count > 0))];
    }),
  );
}

function causesOf(verdicts: readonly Verdict[]): CauseId[] {
  return causeIdSchema.options.filter((cause) => verdicts.some(({ expected }) => expected === cause));
}
