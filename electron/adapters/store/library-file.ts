// The library as a file that people may edit: JSON with comments, versioned, each part checked by itself.
import type { ConfigTrouble } from '../../common/library';
import type { Clock } from '../../domain/clock';
import type { LibraryContent, LibraryRecords, LibraryStore } from '../../domain/library/library-store';
import { libraryVersion, readLibrary } from './library-reading';
import { editLibraryText } from './library-text';
import { fileStamp, keepCopy, readTextFile, writeTextFile } from './text-file';

const empty: LibraryRecords = { hosts: [], entries: [] };

export class LibraryFile implements LibraryStore {
  /** Null: there is no file, or none that an edit could keep anything of. */
  private text: string | null = null;
  private records: LibraryRecords = empty;
  /** Why there is a file but not its text: then nothing may be written over it. */
  private unreadable: string | null = null;
  /** Of the file as it was read or written last. */
  private stamp = '';

  constructor(
    readonly file: string,
    private readonly clock: Clock,
  ) {}

  async load(): Promise<LibraryContent & { readonly troubles: ConfigTrouble[] }> {
    this.unreadable = null;
    this.stamp = await fileStamp(this.file);
    let text: string | null;
    try {
      text = await readTextFile(this.file);
    } catch (error) {
      this.unreadable = reasonOf(error);
      const message = `The file can't be read: ${this.unreadable}`;
      return { records: empty, troubles: [{ file: this.file, line: null, message, keptAs: null }] };
    }
    if (text === null) {
      this.text = null;
      this.records = empty;
      return { records: empty, troubles: [] };
    }
    const { records, findings, editable } = readLibrary(text);
    this.text = editable ? text : null;
    this.records = records;
    if (findings.length === 0) return { records, troubles: [] };
    const keptAs = await this.keep(text);
    const troubles = findings.map(({ offset, message }) => ({
      file: this.file,
      line: lineOf(text, offset),
      message,
      keptAs,
    }));
    return { records, troubles };
  }

  async reload(): Promise<LibraryContent | null> {
    if ((await fileStamp(this.file)) === this.stamp) return null;
    const { text, records } = this;
    const content = await this.load();
    if (this.text !== null && this.unreadable === null) return content;
    // It is gone, or nothing can be made of it, somebody being in the middle of writing it, perhaps: what was known goes on.
    this.text = text;
    this.records = records;
    return { records, troubles: content.troubles };
  }

  async save(records: LibraryRecords): Promise<void> {
    if (this.unreadable !== null) throw new Error(`the present file could not be read: ${this.unreadable}`);
    const text = editLibraryText(this.text, libraryVersion, this.records, records);
    await writeTextFile(this.file, text);
    this.stamp = await fileStamp(this.file);
    this.text = text;
    this.records = records;
  }

  private async keep(text: string): Promise<string | null> {
    try {
      return await keepCopy(this.file, text, this.clock.nowMs());
    } catch {
      // A full disk or a read-only directory: nothing is overwritten either, so nothing is lost.
      return null;
    }
  }
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
