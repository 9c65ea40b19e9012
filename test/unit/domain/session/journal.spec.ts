// The session journal: what a death of Athena leaves behind, and what a wanted end does not.
import { describe, expect, it } from 'vitest';
import { entryIdSchema, hostIdSchema, sessionIdSchema, type SessionId } from '../../../../electron/common/ids';
import type { LinkState, SessionView } from '../../../../electron/common/session';
import { tell } from '../../../../electron/common/told';
import { Journal, type JournalRecord } from '../../../../electron/domain/session/journal';
import type { SessionNews, Sessions } from '../../../../electron/domain/session/sessions';
import { FakeJournalStore } from '../../../fakes/fake-journal-store';
import { FakeClock } from '../../../fakes/fake-clock';
import { SilentLog } from '../../../fakes/silent-log';
import { settle } from './session-bench';

const game = entryIdSchema.parse('game');
const old: JournalRecord = { sessionId: sessionIdSchema.parse('old'), entryId: game, hostId: hostIdSchema.parse('rig'), name: 'Game', streamedAtMs: 5_000 };
const streaming: LinkState = { kind: 'streaming', sinceMs: 7_000 };

class Desk {
  readonly news: SessionNews[] = [];
  readonly store: FakeJournalStore;
  readonly journal: Journal;
  readonly log = new SilentLog();
  readonly clock = new FakeClock();

  constructor(left: readonly JournalRecord[] = []) {
    this.store = new FakeJournalStore(left);
    const sessions = {
      onNews: (news: SessionNews) => {
        this.news.push(news);
        return { dispose: () => this.news.splice(this.news.indexOf(news), 1) };
      },
    } as unknown as Sessions;
    this.journal = new Journal({ store: this.store, sessions, isKept: (id) => id !== 'practice', clock: this.clock, log: this.log });
  }

  async link(state: LinkState, id = 's1', entry = 'game'): Promise<void> {
    const view = { id: sessionIdSchema.parse(id), entryId: entryIdSchema.parse(entry), hostId: old.hostId, name: 'Game', link: state } as SessionView;
    for (const one of this.news) one.changed?.(view);
    await settle();
  }

  async forgotten(id: SessionId): Promise<void> {
    for (const one of this.news) one.forgotten?.(id);
    await settle();
  }
}

describe('a session', () => {
  it('is written down once its picture is there, and not before', async () => {
    const desk = new Desk();
    await desk.link({ kind: 'connecting', attempt: 1, stage: tell``, sinceMs: 1 });
    expect(desk.store.saves).toEqual([]);
    await desk.link(streaming);
    await desk.link(streaming);
    expect(desk.store.saves).toHaveLength(1);
    expect(desk.store.saved).toMatchObject([{ sessionId: 's1', entryId: 'game', streamedAtMs: 7_000 }]);
  });

  it('stays written down while it is interrupted, and goes with its end', async () => {
    const desk = new Desk();
    await desk.link(streaming);
    await desk.link({ kind: 'gating', attempt: 1, sinceMs: 2, interruption: { kind: 'crash', end: { kind: 'thread-lost' }, atMs: 2 } });
    expect(desk.store.saved).toHaveLength(1);
    await desk.link({ kind: 'ended', atMs: 3, reason: 'stopped' });
    expect(desk.store.saved).toEqual([]);
  });

  it('of the practice game is never written down', async () => {
    const desk = new Desk();
    await desk.link(streaming, 's1', 'practice');
    expect(desk.store.saves).toEqual([]);
  });

  it('goes on when the disk refuses, and says so in the log', async () => {
    const desk = new Desk();
    desk.store.refusal = new Error('full');
    await desk.link(streaming);
    expect(desk.log.heard.find(({ level }) => level === 'warn')?.fields).toMatchObject({ error: new Error('full') });
  });
});

describe('what was left behind', () => {
  it('is told, and outlives another death until somebody decides', async () => {
    const desk = new Desk([old]);
    const told: number[] = [];
    desk.journal.onChange(() => told.push(desk.journal.left().length));
    await desk.journal.look();
    await settle();
    expect(desk.journal.left()).toEqual([{ entryId: 'game', hostId: 'rig', name: 'Game', streamedAtMs: 5_000 }]);
    expect(told).toEqual([1]);
    expect(desk.store.saved).toEqual([old]);
  });

  it('is forgotten on request', async () => {
    const desk = new Desk([old]);
    await desk.journal.look();
    desk.journal.forget(game);
    await settle();
    expect(desk.journal.left()).toEqual([]);
    expect(desk.store.saved).toEqual([]);
  });

  it('is forgotten when its picture is there again, not when it is only tried', async () => {
    const desk = new Desk([old]);
    await desk.journal.look();
    await desk.link({ kind: 'connecting', attempt: 1, stage: tell``, sinceMs: 1 });
    expect(desk.journal.left()).toHaveLength(1);
    await desk.link(streaming);
    expect(desk.journal.left()).toEqual([]);
    expect(desk.store.saved).toMatchObject([{ sessionId: 's1' }]);
  });
});

it('a wanted end leaves nothing behind', async () => {
  const desk = new Desk();
  await desk.link(streaming);
  await desk.journal.dispose();
  expect(desk.store.saved).toEqual([]);
  expect(desk.news).toEqual([]);
});

it('writes nothing where nothing streamed', async () => {
  const desk = new Desk();
  await desk.journal.look();
  await desk.link({ kind: 'ended', atMs: 3, reason: 'stopped' });
  await desk.journal.dispose();
  expect(desk.store.saves).toEqual([]);
});

describe('a disk that was full', () => {
  it('gets what is so by now as soon as it has room again, and no timer outlives the journal', async () => {
    const desk = new Desk();
    desk.store.refusal = new Error('ENOSPC: no space left on device');
    await desk.link(streaming);
    await desk.link(streaming, 's2', 'other');
    expect(desk.clock.pending).toBe(1);
    desk.store.refusal = null;
    desk.clock.advance(30_000);
    await settle();
    expect(desk.store.saved).toMatchObject([{ sessionId: 's1' }, { sessionId: 's2' }]);
    desk.store.refusal = new Error('EROFS');
    await desk.forgotten(sessionIdSchema.parse('s1'));
    await desk.forgotten(sessionIdSchema.parse('s2'));
    desk.store.refusal = null;
    desk.clock.advance(30_000);
    await settle();
    expect(desk.store.saved).toEqual([]);
    desk.store.refusal = new Error('EROFS');
    await desk.link(streaming);
    await desk.journal.dispose();
    expect(desk.clock.pending).toBe(0);
  });
});
