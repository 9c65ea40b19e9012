// A session journal in memory: what is left from before, and what was saved last.
import type { JournalRecord, JournalStore } from '../../electron/domain/session/journal';

export class FakeJournalStore implements JournalStore {
  saves: (readonly JournalRecord[])[] = [];
  /** While set, the disk refuses. */
  refusal: Error | null = null;

  constructor(private readonly left: readonly JournalRecord[] = []) {}

  get saved(): readonly JournalRecord[] | undefined {
    return this.saves.at(-1);
  }

  async takeLeft(): Promise<readonly JournalRecord[]> {
    return this.left;
  }

  async save(records: readonly JournalRecord[]): Promise<void> {
    if (this.refusal) throw this.refusal;
    this.saves.push(records);
  }
}
