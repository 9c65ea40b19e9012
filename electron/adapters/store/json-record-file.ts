// A small file only Athena writes: checked on reading, set aside when it is broken, replaced whole.
import { z } from 'zod';
import type { Clock } from '../../domain/clock';
import type { Log } from '../../domain/log';
import { keepCopy, readTextFile, writeTextFile } from './text-file';

export class JsonRecordFile<T> {
  constructor(
    private readonly file: string,
    private readonly schema: z.ZodType<T>,
    private readonly empty: T,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** A file that can't be used counts as empty; a copy of it is kept and the log says where. */
  async read(): Promise<T> {
    const text = await readTextFile(this.file);
    if (text === null) return this.empty;
    const parsed = this.schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    const keptAs = await keepCopy(this.file, text, this.clock.nowMs());
    this.log.warn('file set aside: not what Athena wrote', { file: this.file, keptAs, reason: z.prettifyError(parsed.error) });
    return this.empty;
  }

  async write(value: T): Promise<void> {
    await writeTextFile(this.file, `${JSON.stringify(value, null, 2)}\n`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema refuses undefined and says so.
    return undefined;
  }
}
