// When entries were used, and for how long their picture was there.
import type { EntryId } from '../../common/ids';
import type { Clock } from '../clock';
import type { Log } from '../log';
import type { HistoryRecords, HistoryStore } from './library-store';

export interface HistoryParts {
  readonly history: HistoryStore;
  readonly clock: Clock;
  readonly log: Log;
}

export class History {
  private records: HistoryRecords = { usedAtMs: new Map(), playedMs: new Map() };

  constructor(private readonly parts: HistoryParts) {}

  async load(): Promise<void> {
    this.records = await this.parts.history.load();
  }

  /** Epoch milliseconds of the last launch; null: never. */
  lastUsedAtMs(id: EntryId): number | null {
    return this.records.usedAtMs.get(id) ?? null;
  }

  /** Milliseconds. */
  playedMs(id: EntryId): number {
    return this.records.playedMs.get(id) ?? 0;
  }

  /** @param lasting false: until Athena closes */
  noteUse(id: EntryId, lasting: boolean): Promise<void> {
    const nowMs = this.parts.clock.nowMs();
    return this.change(({ usedAtMs, playedMs }) => ({ usedAtMs: new Map(usedAtMs).set(id, nowMs), playedMs }), lasting);
  }

  /** Adds to what was played before. */
  notePlayed(id: EntryId, moreMs: number): Promise<void> {
    return this.change(
      ({ usedAtMs, playedMs }) => ({ usedAtMs, playedMs: new Map(playedMs).set(id, (playedMs.get(id) ?? 0) + Math.round(moreMs)) }),
      true,
    );
  }

  /** Counts at once; losing it to a full disk hinders nobody. */
  private async change(next: (before: HistoryRecords) => HistoryRecords, lasting: boolean): Promise<void> {
    this.records = next(this.records);
    if (!lasting) return;
    try {
      await this.parts.history.change(next);
    } catch (error) {
      this.parts.log.warn('history could not be saved', { error });
    }
  }
}
