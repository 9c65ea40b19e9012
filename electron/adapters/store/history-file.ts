// When entries were last used and for how long, saved apart from the library: losing it hurts nobody.
import { z } from 'zod';
import { entryIdSchema, type EntryId } from '../../common/ids';
import type { HistoryRecords, HistoryStore } from '../../domain/library/library-store';
import type { JsonRecordFile } from './json-record-file';

/** Epoch milliseconds of the last launch, by entry. */
const usedAtMs = z.record(entryIdSchema, z.number());

const secondVersion = z.object({
  version: z.literal(2),
  usedAtMs,
  /** Milliseconds that the picture was there, by entry. */
  playedMs: z.record(entryIdSchema, z.number().nonnegative()),
});
export type HistoryRecord = z.infer<typeof secondVersion>;

/** The first version did not count time. */
const firstVersion = z
  .object({ version: z.literal(1), usedAtMs })
  .transform((record): HistoryRecord => ({ version: 2, usedAtMs: record.usedAtMs, playedMs: {} }));

export const historySchema: z.ZodType<HistoryRecord> = z.union([secondVersion, firstVersion]);
export const emptyHistory: HistoryRecord = { version: 2, usedAtMs: {}, playedMs: {} };

export class HistoryFile implements HistoryStore {
  constructor(private readonly file: JsonRecordFile<HistoryRecord>) {}

  async load(): Promise<HistoryRecords> {
    return recordsOf(await this.file.read());
  }

  async change(next: (before: HistoryRecords) => HistoryRecords): Promise<HistoryRecords> {
    let saved = recordsOf(emptyHistory);
    await this.file.change((record) => {
      saved = next(recordsOf(record));
      return { version: 2, usedAtMs: Object.fromEntries(saved.usedAtMs), playedMs: Object.fromEntries(saved.playedMs) };
    });
    return saved;
  }
}

function recordsOf(record: HistoryRecord): HistoryRecords {
  return { usedAtMs: mapOf(record.usedAtMs), playedMs: mapOf(record.playedMs) };
}

function mapOf(record: Readonly<Record<string, number>>): Map<EntryId, number> {
  return new Map(Object.entries(record) as [EntryId, number][]);
}
