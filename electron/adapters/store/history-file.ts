// When entries were last used, saved apart from the library: losing it hurts nobody.
import { z } from 'zod';
import { entryIdSchema, type EntryId } from '../../common/ids';
import type { HistoryStore } from '../../domain/library/library-store';
import type { JsonRecordFile } from './json-record-file';

export const historySchema = z.object({
  version: z.literal(1),
  /** Epoch milliseconds of the last launch, by entry. */
  usedAtMs: z.record(entryIdSchema, z.number()),
});
export type HistoryRecord = z.infer<typeof historySchema>;
export const emptyHistory: HistoryRecord = { version: 1, usedAtMs: {} };

export class HistoryFile implements HistoryStore {
  constructor(private readonly file: JsonRecordFile<HistoryRecord>) {}

  async load(): Promise<ReadonlyMap<EntryId, number>> {
    const { usedAtMs } = await this.file.read();
    return new Map(Object.entries(usedAtMs) as [EntryId, number][]);
  }

  async save(usedAtMs: ReadonlyMap<EntryId, number>): Promise<void> {
    await this.file.write({ version: 1, usedAtMs: Object.fromEntries(usedAtMs) });
  }
}
