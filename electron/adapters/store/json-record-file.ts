// A small file only Athena writes: checked on reading, set aside when it is broken, replaced whole.
import { z } from 'zod';
import type { Clock } from '../../domain/clock';
import type { Log } from '../../domain/log';
import type { WriteTroubles } from '../../domain/write-troubles';
import { fileStamp, keepCopy, readTextFile, writeTextFile } from './text-file';

export class JsonRecordFile<T> {
  private lastChange: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly file: string,
    private readonly schema: z.ZodType<T>,
    private readonly empty: T,
    private readonly clock: Clock,
    private readonly log: Log,
    /** Told of every write, whether it worked. */
    private readonly troubles?: Pick<WriteTroubles, 'failed' | 'worked'>,
  ) {}

  /** Never throws. A file that can't be used counts as empty; a copy of one that is broken is kept, and the log says where. */
  async read(): Promise<T> {
    try {
      return await this.readOrThrow();
    } catch (error) {
      this.log.warn('file cannot be read', { file: this.file, error });
      return this.empty;
    }
  }

  /** Another text after every write, by whichever process; empty: there is no file. */
  stamp(): Promise<string> {
    return fileStamp(this.file);
  }

  /** @throws when the disk refuses */
  async write(value: T): Promise<void> {
    try {
      await writeTextFile(this.file, `${JSON.stringify(value, null, 2)}\n`);
    } catch (error) {
      this.troubles?.failed(this.file, error);
      throw error;
    }
    this.troubles?.worked(this.file);
  }

  /**
   * One change after another, each of what the last one wrote.
   * @throws when the disk refuses; then nothing is changed, least of all a file that can't be read
   */
  change(next: (value: T) => T): Promise<void> {
    const changed = this.lastChange.then(async () => {
      const before = await this.readOrThrow();
      const after = next(before);
      if (after !== before) await this.write(after);
    });
    // The failure is its caller's; the next change goes on.
    this.lastChange = changed.catch(() => undefined);
    return changed;
  }

  private async readOrThrow(): Promise<T> {
    const text = await readTextFile(this.file);
    if (text === null) return this.empty;
    const parsed = this.schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    const keptAs = await keepCopy(this.file, text, this.clock.nowMs());
    this.log.warn('file set aside: not what Athena wrote', { file: this.file, keptAs, reason: z.prettifyError(parsed.error) });
    return this.empty;
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
