// The known GameStream hosts as a file would keep them; a second Athena may write them, too, and the disk may refuse.
import type { GameStreamRecord, GameStreamStore } from '../../electron/domain/hosts/gamestream-record';

export class FakeGameStreamStore implements GameStreamStore {
  diskIsFull = false;
  changes = 0;

  constructor(public saved: readonly GameStreamRecord[] = []) {}

  load(): Promise<readonly GameStreamRecord[]> {
    return Promise.resolve(this.saved);
  }

  async change(next: (records: readonly GameStreamRecord[]) => readonly GameStreamRecord[]): Promise<readonly GameStreamRecord[]> {
    if (this.diskIsFull) throw new Error('ENOSPC');
    this.changes += 1;
    this.saved = next(this.saved);
    return this.saved;
  }
}
