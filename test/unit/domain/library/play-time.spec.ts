// The time that pictures were there.
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { entryIdSchema, sessionIdSchema, type EntryId, type SessionId } from '../../../../electron/common/ids';
import type { LinkState } from '../../../../electron/common/session';
import { PlayTime, savedEveryMs } from '../../../../electron/domain/library/play-time';
import { FakeClock } from '../../../fakes/fake-clock';

const game = entryIdSchema.parse('game');
const desk = entryIdSchema.parse('desk');
const streaming: LinkState = { kind: 'streaming', sinceMs: 0 };
const lost: LinkState = { kind: 'waiting', interruption: { kind: 'crash', end: { kind: 'crashed', signal: 'SIGKILL' }, atMs: 0 }, attempt: 1, nextAtMs: 0 };

class Evening {
  readonly clock = new FakeClock();
  readonly notes: { entryId: EntryId; playedMs: number; ended: boolean }[] = [];
  /** While set, the disk is slow. */
  disk: Promise<void> = Promise.resolve();
  readonly playTime = new PlayTime({
    clock: this.clock,
    note: async (entryId, playedMs, ended) => {
      this.notes.push({ entryId, playedMs, ended });
      await this.disk;
    },
  });

  session(name: string, entryId: EntryId, link: LinkState): SessionId {
    const id = sessionIdSchema.parse(name);
    this.playTime.see({ id, entryId, link });
    return id;
  }

  playedMs(entryId: EntryId): number {
    return this.notes.filter((note) => note.entryId === entryId).reduce((sum, note) => sum + note.playedMs, 0);
  }
}

const place = { evening: new Evening() };
beforeEach(() => {
  place.evening = new Evening();
});

describe('an entry is played', () => {
  it('while its picture is there, and not while it is lost', () => {
    const { evening } = place;
    evening.session('s', game, streaming);
    evening.clock.advance(10_000);
    evening.session('s', game, lost);
    evening.clock.advance(60_000);
    evening.session('s', game, streaming);
    evening.session('s', game, streaming);
    evening.clock.advance(5_000);
    evening.session('s', game, { kind: 'ended', atMs: 0, reason: 'stopped' });
    evening.clock.advance(60_000);
    expect(evening.notes).toEqual([
      { entryId: game, playedMs: 10_000, ended: true },
      { entryId: game, playedMs: 5_000, ended: true },
    ]);
  });

  it('beside others, and until its session is gone', () => {
    const { evening } = place;
    const one = evening.session('one', game, streaming);
    evening.clock.advance(1_000);
    evening.session('two', desk, streaming);
    evening.clock.advance(2_000);
    evening.playTime.gone(one);
    evening.playTime.gone(one);
    expect([evening.playedMs(game), evening.playedMs(desk)]).toEqual([3_000, 0]);
  });

  it('and saved meanwhile, so that a crash loses less than a minute', () => {
    const { evening } = place;
    expect(savedEveryMs).toBeLessThan(60_000);
    evening.session('s', game, streaming);
    evening.clock.advance(10 * 60_000 + 1);
    expect(evening.playedMs(game)).toBe(10 * 60_000);
    expect(evening.notes.every(({ ended }) => !ended)).toBe(true);
  });

  it('no longer than it was awake: a sleeping machine shows no picture', () => {
    const { evening } = place;
    evening.session('s', game, streaming);
    const late = evening.clock.monotonicMs.bind(evening.clock);
    evening.clock.monotonicMs = () => late() + 8 * 3_600_000;
    evening.session('s', game, lost);
    expect(evening.playedMs(game)).toBeLessThanOrEqual(60_000);
  });
});

describe('the end', () => {
  it('counts what streams until then, and waits for the disk', async () => {
    const { evening } = place;
    const disk = { free: (): void => undefined, done: false };
    evening.disk = new Promise((resolve) => (disk.free = resolve));
    evening.session('s', game, streaming);
    evening.clock.advance(7_000);
    const disposed = evening.playTime.dispose().then(() => (disk.done = true));
    expect(evening.playedMs(game)).toBe(7_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(disk.done).toBe(false);
    disk.free();
    await disposed;
    evening.clock.advance(60_000);
    expect(evening.notes).toHaveLength(1);
  });
});

it('the sum is the time that streamed, whatever the order of events', () => {
  const step = fc.record({ streams: fc.boolean(), ms: fc.integer({ min: 0, max: 200_000 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const evening = new Evening();
      let expectedMs = 0;
      for (const { streams, ms } of steps) {
        evening.session('s', game, streams ? streaming : lost);
        evening.clock.advance(ms);
        if (streams) expectedMs += ms;
      }
      evening.session('s', game, lost);
      expect(evening.playedMs(game)).toBe(expectedMs);
    }),
  );
});
