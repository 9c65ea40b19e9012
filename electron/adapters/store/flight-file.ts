// The flight recorder's store as a whole: on disk as long as the disk bears it, otherwise in memory, and never in Athena's way.
import type Database from 'libsql';
import type { RecordedItem } from '../../domain/incidents/recorded-item';
import { copyKept } from './flight-incidents';
import { closeSpans } from './flight-spans';
import { dropExpired, dropTooMuch } from './flight-retention';
import { bytesOf, codeOf, isBroken, NewerFlightFile, openFlightFile, openFlightFileToRead, setAside } from './flight-schema';
import { FlightWriter } from './flight-writer';

export interface FlightFileOptions {
  /** Bytes that the contents may take on disk. */
  readonly limitBytes: number;
  /** Told once for each trouble, in words for the log. */
  readonly onTrouble: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

/** In memory only the last hour or so. */
const memoryLimitBytes = 48 * 1_024 ** 2;
/** A full disk may have room again. */
const retryAfterMs = 60_000;
const dropEveryMs = 60_000;
const closeEveryMs = 10_000;
/** Items that wait for a disk that refuses; a day of everything would be too much to hold. */
const mostWaiting = 50_000;

interface Opened {
  readonly database: Database.Database;
  readonly writer: FlightWriter;
}

export class FlightFile {
  private disk: Opened | null = null;
  private memory: Opened | null = null;
  private queue: RecordedItem[] = [];
  /** Written in memory since the disk refused, for when it takes them again. */
  private waiting: RecordedItem[] = [];
  private retryAtMs = Number.POSITIVE_INFINITY;
  private closedAtMs = 0;
  private droppedAtMs = 0;

  private isStarted = false;

  /** Opens nothing yet: who only reads, as a command beside the window, makes no file and changes none. */
  constructor(
    private readonly file: string,
    private readonly options: FlightFileOptions,
  ) {}

  /** Whether what is given now outlives the process. */
  get isLasting(): boolean {
    return this.disk !== null && this.memory === null;
  }

  add(items: readonly RecordedItem[]): void {
    this.queue.push(...items);
  }

  /** Writes what was given since the last time; call it once a second. Never throws for the disk's sake. */
  commit(nowMs: number): void {
    if (this.memory && nowMs >= this.retryAtMs) this.tryDiskAgain(nowMs);
    if (this.queue.length === 0) return;
    const items = this.queue;
    this.queue = [];
    this.guard(nowMs, ({ writer }) => writer.write(items));
    if (this.memory) this.waiting = [...this.waiting, ...items].slice(-mostWaiting);
  }

  /** What is due by the clock: spans, and letting go. */
  tidy(nowMs: number): void {
    if (!this.isStarted) return;
    if (nowMs - this.closedAtMs >= closeEveryMs || nowMs < this.closedAtMs) {
      this.closedAtMs = nowMs;
      this.guard(nowMs, ({ database }) => closeSpans(database, nowMs));
    }
    if (nowMs - this.droppedAtMs < dropEveryMs && nowMs >= this.droppedAtMs) return;
    this.droppedAtMs = nowMs;
    this.guard(nowMs, ({ database }) => {
      dropExpired(database, nowMs);
      const limit = this.memory ? memoryLimitBytes : this.options.limitBytes;
      const dropped = dropTooMuch(database, limit, nowMs);
      if (dropped && !this.memory) this.options.onTrouble('flight recorder is full and lets go of its oldest', { dropped, limitBytes: limit, bytes: bytesOf(this.file) });
    });
  }

  /**
   * A change that is asked for, such as an incident to be kept; written first is what was given before.
   * @throws what the disk says, when memory can't take it either
   */
  change<T>(nowMs: number, act: (database: Database.Database) => T): T {
    this.commit(nowMs);
    return this.guard(nowMs, ({ database }) => act(database));
  }

  /** Asks what is kept: what is in memory alone first, then what is on disk. A broken disk answers nothing. */
  read<T>(nowMs: number, ask: (database: Database.Database) => T): T[] {
    this.commit(nowMs);
    if (!this.isStarted) return this.readBeside(ask);
    const answers = this.memory ? [ask(this.memory.database)] : [];
    if (!this.disk) return answers;
    try {
      return [...answers, ask(this.disk.database)];
    } catch (error) {
      if (!isBroken(error)) throw error;
      this.replaceBroken(error, nowMs);
      return this.read(nowMs, ask);
    }
  }

  close(nowMs: number): void {
    this.commit(nowMs);
    this.memory?.database.close();
    try {
      // Everything into the one file: a copy of it alone is whole then.
      this.disk?.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // Somebody else reads: the log beside the file keeps it just as well.
      if (!/SQLITE_/.test(codeOf(error))) throw error;
    }
    this.disk?.database.close();
    this.memory = this.disk = null;
  }

  /** Does it on disk; a disk that refuses is left for memory, and a broken file for a new one. */
  private guard<T>(nowMs: number, act: (opened: Opened) => T): T {
    if (!this.isStarted) {
      this.isStarted = true;
      this.openDisk(nowMs);
    }
    if (this.disk && !this.memory) {
      try {
        return act(this.disk);
      } catch (error) {
        if (isBroken(error)) this.replaceBroken(error, nowMs);
        else if (/SQLITE_/.test(codeOf(error))) this.fallBack(error, nowMs);
        else throw error;
        return this.guard(nowMs, act);
      }
    }
    return act(this.memory ?? this.openMemory());
  }

  /** @throws what a file says that can't be read; one that is not there holds nothing */
  private readBeside<T>(ask: (database: Database.Database) => T): T[] {
    if (bytesOf(this.file) === 0) return [];
    const database = openFlightFileToRead(this.file);
    try {
      return [ask(database)];
    } finally {
      database.close();
    }
  }

  private openDisk(nowMs: number): void {
    try {
      this.disk = opened(this.file);
    } catch (error) {
      if (isBroken(error)) this.replaceBroken(error, nowMs);
      else if (error instanceof NewerFlightFile) {
        this.options.onTrouble('flight recorder keeps its records in memory only: its file was written by a later Athena', { file: this.file });
        this.openMemory();
      } else this.fallBack(error, nowMs);
    }
  }

  private replaceBroken(error: unknown, nowMs: number): void {
    try {
      this.disk?.database.close();
      this.disk = null;
      const keptAs = setAside(this.file, nowMs);
      this.options.onTrouble('flight recorder set its broken file aside and begins a new one', { file: this.file, keptAs, reason: codeOf(error).trim() });
      this.disk = opened(this.file);
    } catch (refusal) {
      this.fallBack(refusal, nowMs);
    }
  }

  private fallBack(error: unknown, nowMs: number): void {
    if (!this.memory) {
      const fields = { file: this.file, reason: codeOf(error).trim() };
      this.options.onTrouble('flight recorder cannot write to the disk and keeps its records in memory until it can', fields);
    }
    this.retryAtMs = nowMs + retryAfterMs;
    this.openMemory();
  }

  private openMemory(): Opened {
    this.memory ??= opened(':memory:');
    return this.memory;
  }

  private tryDiskAgain(nowMs: number): void {
    this.retryAtMs = nowMs + retryAfterMs;
    try {
      const disk = this.disk ?? opened(this.file);
      this.disk = disk;
      disk.writer.write(this.waiting);
      if (this.memory) copyKept(this.memory.database, disk.database);
    } catch {
      // It was told when it began; the next try is in a minute.
      return;
    }
    this.waiting = [];
    this.memory?.database.close();
    this.memory = null;
    this.options.onTrouble('flight recorder writes to the disk again', { file: this.file });
  }
}

function opened(file: string): Opened {
  const database = openFlightFile(file);
  return { database, writer: new FlightWriter(database) };
}
