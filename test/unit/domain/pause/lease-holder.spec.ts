// The holder of a lease: heartbeats, loss, ways back and the wanted end, with a clock the test moves.
import { expect, it, describe } from 'vitest';
import type { FailureKind } from '../../../../electron/common/result';
import type { LeaseNews, WatchdogReport } from '../../../../electron/domain/pause/lease';
import { settled, slowMs, World } from './lease-holder-world';

const report: WatchdogReport = {
  watchdog: 'abc.1', pausedAtMs: 1, method: 'sigstop', paused: [{ pid: 7, startTicks: '70' }], notPaused: [], outcome: 'held', outcomeAtMs: 1,
};

describe('while all is well', () => {
  it('feeds at once and every half second, and says so once', async () => {
    const world = await World.with();
    expect(world.last().said).toEqual(['beat 1']);
    await world.advance(2_000);
    expect(world.last().said).toEqual(['beat 1', 'beat 2', 'beat 3', 'beat 4', 'beat 5']);
    expect(world.kinds()).toEqual(['held']);
    expect(world.clock.pending).toBe(1);
  });

  it('keeps the news for whoever listens first', async () => {
    const world = await World.with();
    const late: LeaseNews[] = [];
    world.lease.onNews((news) => late.push(news));
    expect(late).toEqual([]);
    expect(world.news).toEqual([{ kind: 'held' }]);
  });

  it('tells each report once, and lets the watchdog throw it away', async () => {
    const world = await World.with();
    world.last().events.told(report);
    world.last().events.told(report);
    world.last().events.told({ ...report, outcome: 'let-run' });
    expect(world.news.slice(1)).toEqual([{ kind: 'told', report }, { kind: 'told', report: { ...report, outcome: 'let-run' } }]);
    expect(world.last().said.filter((said) => said === 'heard')).toHaveLength(3);
  });
});

describe('when the watchdog is out of reach', () => {
  it('gives it up after four heartbeats without an answer, and makes another', async () => {
    const world = await World.with();
    const [first] = world.watchdogs;
    if (first) first.answers = false;
    await world.advance(2_500);
    expect(first?.said.at(-1)).toBe('close');
    expect(world.watchdogs).toHaveLength(2);
    expect(world.kinds()).toEqual(['held', 'lost', 'held']);
  });

  it('waits for late answers as long as the lease lasts', async () => {
    const world = await World.with();
    world.last().answers = false;
    for (let round = 0; round < 4; round++) {
      await world.advance(1_900);
      world.last().events.answered(world.last().said.length);
    }
    expect(world.watchdogs).toHaveLength(1);
    expect(world.kinds()).toEqual(['held']);
  });

  it('tries again after 0.25, 0.5, 1, 2, 2 … s, and tells the loss once', async () => {
    const world = await World.with('starts', 'io', 'timed-out', 'host-unreachable', 'io', 'not-supported');
    world.last().events.ended({ kind: 'closed', why: 'The connection ended.' });
    await settled();
    const startsAt: number[] = [];
    for (let ms = 0; ms < 7_000; ms += 50) {
      const before = world.starts;
      await world.advance(50);
      if (world.starts > before) startsAt.push(ms + 50);
    }
    expect(startsAt).toEqual([250, 750, 1_750, 3_750, 5_750]);
    expect(world.kinds()).toEqual(['held', 'lost', 'held']);
    expect(world.news[1]).toEqual({ kind: 'lost', message: 'The connection ended.' });
  });

  it('tries again soon after a try that took long', async () => {
    const world = await World.with('starts', 'io', 'io', 'io', 'io', 'slow');
    world.last().events.ended({ kind: 'closed', why: 'gone' });
    await world.advance(250 + 500 + 1_000 + 2_000 + slowMs);
    const before = world.starts;
    await world.advance(300);
    expect(world.starts).toBe(before + 1);
    expect(world.kinds()).toEqual(['held', 'lost', 'held']);
  });

  it('ignores what a watchdog that was given up says', async () => {
    const world = await World.with();
    const first = world.last();
    first.answers = false;
    await world.advance(2_500);
    first.events.told(report);
    first.events.ended({ kind: 'replaced' });
    expect(world.kinds()).toEqual(['held', 'lost', 'held']);
  });

  it('makes it anew when somebody ended it on the host', async () => {
    const world = await World.with();
    world.last().events.ended({ kind: 'left' });
    await settled();
    expect(world.watchdogs).toHaveLength(2);
  });
});

describe('gives up for good', () => {
  it('when the host cannot do it, said twice: a connection that broke at a bad moment looks the same', async () => {
    const world = await World.with('not-supported', 'not-supported');
    await world.advance(10_000);
    expect(world.starts).toBe(2);
    expect(world.kinds()).toEqual(['unavailable']);
    const passing = await World.with('not-supported');
    await passing.advance(1_000);
    expect(passing.kinds()).toEqual(['held']);
  });

  it.each<FailureKind>(['auth-refused', 'host-key-unknown', 'host-key-changed', 'bad-input', 'permission-denied'])(
    'when the first start fails with %s',
    async (kind) => {
      const world = await World.with(kind);
      await world.advance(10_000);
      expect(world.starts).toBe(1);
      expect(world.news).toEqual([{ kind: 'unavailable', message: `It is ${kind}.`, advice: 'Do something.' }]);
      expect(world.clock.pending).toBe(0);
    },
  );

  it('when another Athena took over', async () => {
    const world = await World.with();
    world.last().events.ended({ kind: 'replaced' });
    await world.advance(10_000);
    expect(world.starts).toBe(1);
    expect(world.kinds()).toEqual(['held', 'unavailable']);
    await world.lease.release();
    expect(world.clock.pending).toBe(0);
  });
});

describe('the wanted end', () => {
  const ended = (world: World): { isOver: boolean } => {
    const seen = { isOver: false };
    void world.lease.release().then(() => (seen.isOver = true));
    return seen;
  };

  it('asks the watchdog to leave, feeds it no more, and is over when it has left', async () => {
    const world = await World.with();
    const seen = ended(world);
    await world.advance(1_000);
    expect(world.last().said).toEqual(['beat 1', 'leave']);
    expect(seen.isOver).toBe(false);
    world.last().events.ended({ kind: 'left' });
    await settled();
    expect(seen.isOver).toBe(true);
    expect(world.clock.pending).toBe(0);
    expect(world.starts).toBe(1);
    await world.lease.release();
  });

  it('does not wait for one that does not answer longer than three seconds', async () => {
    const world = await World.with();
    const seen = ended(world);
    await world.advance(2_900);
    expect(seen.isOver).toBe(false);
    await world.advance(200);
    expect(seen.isOver).toBe(true);
    expect(world.last().said.at(-1)).toBe('close');
  });

  it('in the middle of the first start needs nobody to leave', async () => {
    const world = await World.with('hangs');
    const seen = ended(world);
    await settled();
    expect(seen.isOver).toBe(true);
    expect(world.abandoned).toBe(1);
    expect(world.clock.pending).toBe(0);
  });

  it('seeks a watchdog that is out of reach, so that it does not pause the app: a new one takes its place and leaves', async () => {
    const world = await World.with('starts', 'io', 'starts');
    world.last().events.ended({ kind: 'closed', why: 'gone' });
    await settled();
    const seen = ended(world);
    await settled();
    expect(world.last().said).toEqual(['beat 1', 'leave']);
    world.last().events.ended({ kind: 'left' });
    await settled();
    expect(seen.isOver).toBe(true);
  });

  it('is over when that fails, and after six seconds when nothing is heard', async () => {
    const failing = await World.with('starts', 'io', 'io');
    failing.last().events.ended({ kind: 'closed', why: 'gone' });
    await settled();
    const first = ended(failing);
    await settled();
    expect(first.isOver).toBe(true);

    const silent = await World.with('starts', 'hangs');
    silent.last().events.ended({ kind: 'closed', why: 'gone' });
    await settled();
    const second = ended(silent);
    await silent.advance(5_900);
    expect(second.isOver).toBe(false);
    await silent.advance(200);
    expect(second.isOver).toBe(true);
    expect(silent.abandoned).toBe(1);
  });
});
