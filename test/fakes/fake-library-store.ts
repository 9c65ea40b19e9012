// The library's file and the history in memory, with a disk that can be full or slow.
import type { ConfigTrouble } from '../../electron/common/library';
import type { HistoryRecords, HistoryStore, LibraryContent, LibraryRecords, LibraryStore } from '../../electron/domain/library/library-store';

export class FakeLibraryStore implements LibraryStore {
  readonly file = '/home/me/.config/athena/config.json';
  saves = 0;
  /** While set, the disk refuses. */
  refusal: Error | null = null;
  /** What somebody else writes meanwhile. */
  written: LibraryRecords | null = null;
  /** Writes wait for this. */
  disk: Promise<void> = Promise.resolve();

  constructor(
    public saved: LibraryRecords = { hosts: [], entries: [] },
    private readonly troubles: readonly ConfigTrouble[] = [],
  ) {}

  load(): Promise<{ records: LibraryRecords; troubles: readonly ConfigTrouble[] }> {
    return Promise.resolve({ records: this.saved, troubles: this.troubles });
  }

  async reload(): Promise<LibraryContent | null> {
    const { written } = this;
    this.written = null;
    if (written) this.saved = written;
    return written && { records: written, troubles: this.troubles };
  }

  async save(records: LibraryRecords): Promise<void> {
    await this.disk;
    if (this.refusal) throw this.refusal;
    this.saves += 1;
    this.saved = records;
  }
}

export class FakeHistoryStore implements HistoryStore {
  saved: HistoryRecords = { usedAtMs: new Map(), playedMs: new Map() };
  refusal: Error | null = null;

  load(): Promise<HistoryRecords> {
    return Promise.resolve(this.saved);
  }

  async change(next: (before: HistoryRecords) => HistoryRecords): Promise<HistoryRecords> {
    if (this.refusal) throw this.refusal;
    this.saved = next(this.saved);
    return this.saved;
  }
}
