// Judges what was seen in a cell by what was expected of it: passed, explained by a reason given beforehand, or failed.
import { assertNever } from '../../../electron/common/result';

export interface Expected {
  /**
   * back: lost, and streaming again by itself. undisturbed: nothing happens. over: the session ends. asks: it ends with a
   * question for a person. dies: Athena itself is gone.
   */
  readonly outcome: 'back' | 'undisturbed' | 'over' | 'asks' | 'dies';
  /** Whether an interruption is told. `maybe`: both are right. */
  readonly noticed: 'yes' | 'no' | 'maybe';
  readonly detectWithinMs?: number;
  /** Absent: the app need not be paused, and may be. */
  readonly pausedWithinMs?: number;
  /** The app must never be paused. */
  readonly neverPaused?: true;
  /** From the end of the fault to the stream. */
  readonly backWithinMs?: number;
  /** Command lines that may be left running, as `why` tells. */
  readonly mayRemain?: RegExp;
  /** From the fault on; a cell that is not settled by then is judged as it stands. */
  readonly limitMs: number;
  /** Why it is right that less happens here than "noticed, paused, back"; null: that is what is expected. */
  readonly why: string | null;
}

export interface Seen {
  readonly interruption: string | null;
  readonly detectMs: number | null;
  /** Until every process of the app stood, by the host's own process table. */
  readonly pauseMs: number | null;
  /** From the end of the fault to "streaming again". */
  readonly reconnectMs: number | null;
  /** From the end of the fault until no process of the app stood any more. */
  readonly thawMs: number | null;
  /** Something was told or paused before the fault. */
  readonly early: boolean;
  /** What Athena said from the fault on. */
  readonly marks: readonly string[];
  /** The last lines of Athena's log. */
  readonly log: readonly string[];
  /** Of an Athena that ended by itself, or was killed (null then as well). */
  readonly exitCode: number | null;
  /** What it asked of a person. */
  readonly asked: string | null;
  /** In the end, without anybody's help. */
  readonly isStreaming: boolean;
  /** What the launch after that led to, where a person launches again. */
  readonly afterLaunch: { readonly streamingMs: number | null; readonly thawedMs: number | null } | null;
  /** Exit code after Ctrl+C; null: it had ended before, or had to be killed. */
  readonly stopped: number | null;
  /** Command lines. */
  readonly leftRunning: readonly string[];
  readonly leftFrozen: number;
  readonly appLives: boolean;
}

export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'explained'; readonly why: string }
  | { readonly kind: 'fail'; readonly problems: readonly string[] };

const exitCodes = { done: 0, asks: 4, stopped: 130 } as const;

/** @param slack stretches the times, where other things run beside */
export function judge(given: Expected, seen: Seen, slack = 1): Verdict {
  const expected = stretched(given, slack);
  const problems = [...noticing(expected, seen), ...pausing(expected, seen), ...outcome(expected, seen), ...leftovers(expected, seen)];
  if (problems.length > 0) return { kind: 'fail', problems };
  return expected.why === null ? { kind: 'pass' } : { kind: 'explained', why: expected.why };
}

function stretched(expected: Expected, slack: number): Expected {
  const { detectWithinMs, pausedWithinMs, backWithinMs } = expected;
  return {
    ...expected,
    ...(detectWithinMs !== undefined && { detectWithinMs: detectWithinMs * slack }),
    ...(pausedWithinMs !== undefined && { pausedWithinMs: pausedWithinMs * slack }),
    ...(backWithinMs !== undefined && { backWithinMs: backWithinMs * slack }),
  };
}

function noticing({ noticed, detectWithinMs }: Expected, { early, interruption, detectMs }: Seen): string[] {
  const problems = early ? ['it was lost or paused before the fault'] : [];
  if (noticed === 'yes' && interruption === null) problems.push('it was not noticed');
  if (noticed === 'no' && interruption !== null) problems.push(`it was taken for lost: ${interruption}`);
  return [...problems, ...late('noticed', detectMs, detectWithinMs)];
}

function pausing({ pausedWithinMs, neverPaused }: Expected, { pauseMs }: Seen): string[] {
  if (neverPaused && pauseMs !== null) return ['the app was paused'];
  if (pausedWithinMs !== undefined && pauseMs === null) return ['the app was not paused'];
  return late('paused', pauseMs, pausedWithinMs);
}

function outcome({ outcome: wanted, backWithinMs }: Expected, seen: Seen): string[] {
  switch (wanted) {
    case 'back':
    case 'undisturbed': {
      if (!seen.isStreaming) return [`it does not stream in the end (exit code ${String(seen.exitCode)}${seen.asked === null ? '' : `: ${seen.asked}`})`];
      const problems = late('back', seen.reconnectMs, backWithinMs);
      return seen.stopped === exitCodes.stopped ? problems : [...problems, `Ctrl+C ended it with ${String(seen.stopped)}`];
    }
    case 'over':
      return seen.exitCode === exitCodes.done ? [] : [`it did not end (exit code ${String(seen.exitCode)}${seen.asked === null ? '' : `: ${seen.asked}`})`];
    case 'asks':
      return [...(seen.exitCode === exitCodes.asks ? [] : [`it did not ask (exit code ${String(seen.exitCode)})`]), ...launchedAgain(seen)];
    case 'dies':
      return launchedAgain(seen);
    default:
      return assertNever(wanted);
  }
}

function launchedAgain({ afterLaunch, stopped }: Seen): string[] {
  if (afterLaunch === null || afterLaunch.streamingMs === null) return ['the next launch did not stream'];
  if (afterLaunch.thawedMs === null) return ['the next launch did not let the app run on'];
  return stopped === exitCodes.stopped ? [] : [`Ctrl+C ended it with ${String(stopped)}`];
}

function leftovers({ mayRemain }: Expected, { leftRunning: all, leftFrozen }: Seen): string[] {
  const leftRunning = all.filter((command) => !mayRemain?.test(command));
  return [...(leftRunning.length > 0 ? [`left running: ${leftRunning.join(' | ')}`] : []), ...(leftFrozen > 0 ? [`${leftFrozen} processes were left frozen`] : [])];
}

function late(what: string, ms: number | null, withinMs: number | undefined): string[] {
  return ms !== null && withinMs !== undefined && ms > withinMs ? [`${what} after ${ms} ms instead of ${withinMs} ms`] : [];
}
