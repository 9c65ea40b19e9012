// The session journal on disk: each process's records beside those of others, which a window and a command may write at once.
import { uptime } from 'node:os';
import { z } from 'zod';
import type { SessionId } from '../../common/ids';
import { journalRecordSchema, type JournalRecord, type JournalStore } from '../../domain/session/journal';
import type { JsonRecordFile } from './json-record-file';

const ownedSchema = z.object({
  pid: z.int(),
  /** Epoch milliseconds at which this machine was started, to the second: a process id of another run of it says nothing. */
  bootedAtMs: z.number(),
  record: journalRecordSchema,
});

export const journalSchema = z.object({ version: z.literal(1), records: z.array(ownedSchema).max(1_000) });
export type JournalFileRecord = z.infer<typeof journalSchema>;
export const emptyJournal: JournalFileRecord = { version: 1, records: [] };

/** The clock may be set while the machine runs; two runs of it are further apart than this. */
const sameBootMs = 60_000;

export class JournalFile implements JournalStore {
  private readonly taken = new Set<SessionId>();

  constructor(
    private readonly file: JsonRecordFile<JournalFileRecord>,
    private readonly nowMs: () => number,
    private readonly pid = process.pid,
  ) {}

  async takeLeft(): Promise<readonly JournalRecord[]> {
    const { records } = await this.file.read();
    const left = records.filter((owned) => !this.isOwned(owned)).map(({ record }) => record);
    for (const { sessionId } of left) this.taken.add(sessionId);
    return left;
  }

  async save(own: readonly JournalRecord[]): Promise<void> {
    const bootedAtMs = this.bootedAtMs();
    await this.file.change(({ records }) => ({
      version: 1,
      records: [
        ...records.filter(({ pid, record }) => pid !== this.pid && !this.taken.has(record.sessionId)),
        ...own.map((record) => ({ pid: this.pid, bootedAtMs, record })),
      ],
    }));
  }

  private isOwned({ pid, bootedAtMs }: z.infer<typeof ownedSchema>): boolean {
    return Math.abs(bootedAtMs - this.bootedAtMs()) < sameBootMs && isAlive(pid);
  }

  private bootedAtMs(): number {
    return Math.round(this.nowMs() - uptime() * 1_000);
  }
}

/** Signal 0 asks and sends nothing (kill(2)); another user's process answers EPERM, and lives. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
