// The judge of the fault matrix: what passes, what is explained, and that nothing that went wrong does either.
import { describe, expect, it } from 'vitest';
import { allCells } from '../../faults/matrix/cells';
import { judge, type Expected, type Seen } from '../../faults/matrix/verdict';

const lost: Expected = { outcome: 'back', noticed: 'yes', detectWithinMs: 1_000, pausedWithinMs: 3_000, backWithinMs: 5_000, limitMs: 30_000, why: null };
const back: Seen = {
  interruption: 'The client crashed (SIGKILL)',
  detectMs: 10,
  pauseMs: 20,
  reconnectMs: 300,
  thawMs: 1_300,
  early: false,
  marks: [],
  log: [],
  exitCode: null,
  asked: null,
  isStreaming: true,
  afterLaunch: null,
  stopped: 130,
  leftRunning: [],
  leftFrozen: 0,
  appLives: true,
};

describe('a session that was lost and came back', () => {
  it('passes, or is explained where a reason was given beforehand', () => {
    expect(judge(lost, back)).toEqual({ kind: 'pass' });
    expect(judge({ ...lost, why: 'so it is' }, back)).toEqual({ kind: 'explained', why: 'so it is' });
  });

  it.each([
    ['was not noticed', { interruption: null }, /not noticed/],
    ['was noticed late', { detectMs: 1_001 }, /noticed after 1001 ms/],
    ['never had its app paused', { pauseMs: null }, /not paused/],
    ['had its app paused late', { pauseMs: 3_001 }, /paused after 3001 ms/],
    ['came back late', { reconnectMs: 5_001 }, /back after 5001 ms/],
    ['does not stream', { isStreaming: false, exitCode: 4, asked: 'The host is busy.' }, /does not stream.*The host is busy/],
    ['was lost before the fault', { early: true }, /before the fault/],
    ['left a process', { leftRunning: ['ping 10.0.0.1'] }, /left running: ping/],
    ['left its app frozen', { leftFrozen: 5 }, /5 processes were left frozen/],
    ['could not be stopped', { stopped: null }, /Ctrl\+C/],
  ])('fails when it %s, with or without a reason', (_what, change, problem) => {
    for (const why of [null, 'so it is']) {
      const verdict = judge({ ...lost, why }, { ...back, ...change });
      expect(verdict.kind === 'fail' && verdict.problems.join()).toMatch(problem);
    }
  });

  it('has more time where other things run beside', () => {
    expect(judge(lost, { ...back, reconnectMs: 24_000 }, 5)).toEqual({ kind: 'pass' });
    expect(judge(lost, { ...back, leftFrozen: 1 }, 5).kind).toBe('fail');
  });
});

describe('other outcomes', () => {
  it('nothing happens to a stream that nothing happened to', () => {
    const calm: Expected = { outcome: 'undisturbed', noticed: 'no', neverPaused: true, limitMs: 30_000, why: 'no fault' };
    const seen: Seen = { ...back, interruption: null, detectMs: null, pauseMs: null, reconnectMs: null, thawMs: null };
    expect(judge(calm, seen).kind).toBe('explained');
    expect(judge(calm, { ...seen, interruption: 'lost' }).kind).toBe('fail');
    expect(judge(calm, { ...seen, pauseMs: 5 }).kind).toBe('fail');
  });

  it('a question is asked, and the next launch is back', () => {
    const asks: Expected = { outcome: 'asks', noticed: 'yes', limitMs: 30_000, why: 'a person decides' };
    const seen: Seen = { ...back, isStreaming: false, exitCode: 4, asked: '?', afterLaunch: { streamingMs: 900, thawedMs: 1_900 } };
    expect(judge(asks, seen).kind).toBe('explained');
    expect(judge(asks, { ...seen, exitCode: 0 }).kind).toBe('fail');
    expect(judge(asks, { ...seen, afterLaunch: { streamingMs: 900, thawedMs: null } }).kind).toBe('fail');
  });

  it('a session that is over leaves nothing frozen', () => {
    const over: Expected = { outcome: 'over', noticed: 'maybe', limitMs: 30_000, why: 'nothing to come back to' };
    const seen: Seen = { ...back, isStreaming: false, exitCode: 0, stopped: null };
    expect(judge(over, seen).kind).toBe('explained');
    expect(judge(over, { ...seen, leftFrozen: 5 }).kind).toBe('fail');
  });
});

it('expects something of every client with every fault', () => {
  const cells = allCells(false);
  expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
  expect(cells).toHaveLength(3 * 23);
  // Without a network of their own: those that need none.
  expect(allCells(true).every(({ fault }) => fault.network === 'none')).toBe(true);
});
