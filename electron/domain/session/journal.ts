// The session journal: what streams right now, on disk, so that the next start finds what a death of Athena left behind.
import { z } from 'zod';
import { entryIdSchema, hostIdSchema, sessionIdSchema, type EntryId, type SessionId } from '../../common/ids';
import type { LeftSession } from '../../common/session';
import type { Clock, Disposable } from '../clock';
import type { Log } from '../log';
import type { Sessions } from './sessions';

export const journalRecordSchema = z.object({
  sessionId: sessionIdSchema,
  entryId: entryIdSchema,
  hostId: hostIdSchema,
  name: z.string(),
  /** Epoch milliseconds at which its picture was there first. */
  streamedAtMs: z.number(),
});
export type JournalRecord = z.infer<typeof journalRecordSchema>;

export interface JournalStore {
  /** Records of processes that are gone. From then on they are this process's: the next save keeps those it is given, and no others. Never throws. */
  takeLeft(): Promise<readonly JournalRecord[]>;
  /** Replaces this process's own records and those it has taken. @throws when the disk refuses */
  save(records: readonly JournalRecord[]): Promise<void>;
}

export interface JournalParts {
  readonly store: JournalStore;
  readonly sessions: Sessions;
  /** Entries that the journal leaves alone: the practice game. */
  readonly isKept: (entryId: EntryId) => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** A disk that is full may have room again. */
const retryMs = 30_000;

export class Journal {
  private leftBehind: readonly JournalRecord[] = [];
  private readonly live = new Map<SessionId, JournalRecord>();
  private readonly listeners = new Set<() => void>();
  private readonly subscription: Disposable;
  private saving: Promise<void> = Promise.resolve();
  /** What the store holds of this process; nothing is written over nothing. */
  private isEmpty = true;
  private retry: Disposable | null = null;
  private isOver = false;

  constructor(private readonly parts: JournalParts) {
    this.subscription = parts.sessions.onNews({
      changed: ({ id, entryId, hostId, name, link }) => {
        if (link.kind === 'ended') this.drop(id);
        else if (link.kind === 'streaming' && !this.live.has(id) && parts.isKept(entryId)) {
          this.put({ sessionId: id, entryId, hostId, name, streamedAtMs: link.sinceMs });
        }
      },
      forgotten: (id) => this.drop(id),
    });
  }

  /** Only the window looks: a command that ends at once must not take what somebody may want to come back to. */
  async look(): Promise<void> {
    this.leftBehind = await this.parts.store.takeLeft();
    if (this.leftBehind.length > 0) {
      this.parts.log.warn('sessions were left behind', { entries: this.leftBehind.map(({ entryId }) => entryId) });
      // Until somebody has decided, another death must not lose them.
      this.save();
      this.announce();
    }
  }

  left(): LeftSession[] {
    return this.leftBehind.map(({ entryId, hostId, name, streamedAtMs }) => ({ entryId, hostId, name, streamedAtMs }));
  }

  /** Somebody came back to it, or does not want to. */
  forget(entryId: EntryId): void {
    if (!this.leftBehind.some((record) => record.entryId === entryId)) return;
    this.leftBehind = this.leftBehind.filter((record) => record.entryId !== entryId);
    this.save();
    this.announce();
  }

  onChange(listener: () => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** A wanted end leaves nothing behind but what was left before. */
  async dispose(): Promise<void> {
    this.subscription.dispose();
    this.isOver = true;
    this.live.clear();
    this.save();
    await this.saving;
  }

  private put(record: JournalRecord): void {
    this.live.set(record.sessionId, record);
    this.forget(record.entryId);
    this.save();
  }

  private drop(id: SessionId): void {
    if (this.live.delete(id)) this.save();
  }

  private save(): void {
    const records = [...this.leftBehind, ...this.live.values()];
    if (records.length === 0 && this.isEmpty) return;
    this.isEmpty = records.length === 0;
    this.retry?.dispose();
    this.retry = null;
    this.saving = this.saving.then(async () => {
      try {
        await this.parts.store.save(records);
      } catch (error) {
        // The session goes on: only a death right now would not be told of.
        this.parts.log.warn('the session journal could not be saved', { error });
        this.isEmpty = false;
        if (!this.isOver) this.retry ??= this.parts.clock.after(retryMs, () => this.save());
      }
    });
  }

  private announce(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
