// The flight recorder's database: opened, brought to the present version, or set aside when it is broken.
import { mkdirSync, renameSync, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';

/** How long a writer waits for another process that writes; milliseconds. */
const busyMs = 5_000;

/**
 * Each step leads from the version of its place to the next; a released one is never changed. Numbers are bound as REAL by libsql: the
 * columns' INTEGER affinity makes whole ones integers again.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE vantage(id TEXT PRIMARY KEY, point TEXT NOT NULL, seen_ms INTEGER NOT NULL);
  -- closed_ms: until then its spans are made.
  CREATE TABLE lane(id INTEGER PRIMARY KEY, vantage TEXT NOT NULL, probe TEXT NOT NULL, closed_ms INTEGER NOT NULL DEFAULT 0, UNIQUE(vantage, probe));
  -- until_ms: when the youngest of its samples was sent; the others were at most 66 s before.
  CREATE TABLE raw(lane INTEGER NOT NULL, until_ms INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY(lane, until_ms)) WITHOUT ROWID;
  CREATE TABLE span(lane INTEGER NOT NULL, at_ms INTEGER NOT NULL, summary BLOB NOT NULL, PRIMARY KEY(lane, at_ms)) WITHOUT ROWID;
  -- The buckets of ten seconds of a span, apart from it so that a year of spans lies close together. key: see bucketKey
  CREATE TABLE bucket(key INTEGER PRIMARY KEY, body BLOB NOT NULL);
  CREATE TABLE telemetry(at_ms INTEGER NOT NULL, body BLOB NOT NULL);
  CREATE INDEX telemetry_at ON telemetry(at_ms);
  -- kind: session, client, host or address
  CREATE TABLE event(at_ms INTEGER NOT NULL, kind TEXT NOT NULL, host TEXT NOT NULL, body TEXT NOT NULL);
  CREATE INDEX event_at ON event(kind, at_ms);
  CREATE TABLE spike(at_ms INTEGER NOT NULL, vantage TEXT NOT NULL, probe TEXT NOT NULL, peak_ms REAL);
  CREATE INDEX spike_at ON spike(at_ms);
  -- writer: the process that still records it; null: it has ended
  CREATE TABLE incident(id TEXT PRIMARY KEY, began_ms INTEGER NOT NULL, writer INTEGER, summary TEXT NOT NULL, about TEXT NOT NULL, body BLOB NOT NULL, trace BLOB NOT NULL);
  CREATE TABLE change(id INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, text TEXT NOT NULL);
  CREATE TABLE progress(name TEXT PRIMARY KEY, at_ms INTEGER NOT NULL);
  `,
];

export const flightVersion = migrations.length;

export class NewerFlightFile extends Error {}

/**
 * @param file `:memory:` for one that is gone with the process
 * @throws NewerFlightFile for a file of a later Athena; what SQLite says otherwise (`isBroken` tells a file that is no use any more)
 */
export function openFlightFile(file: string): Database.Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new Database(file, { timeout: busyMs });
  try {
    // Before anything else is changed in it.
    if (versionOf(database) > flightVersion) throw new NewerFlightFile('the file was written by a later Athena');
    // Before the first table: later it would need the whole file to be written anew.
    database.exec('PRAGMA auto_vacuum = INCREMENTAL');
    database.exec('PRAGMA journal_mode = WAL');
    // A crash of Athena loses nothing that was committed; one of the machine may lose the last second, and breaks nothing.
    database.exec('PRAGMA synchronous = NORMAL');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** For a look beside a process that writes: changes nothing, and makes no file. @throws when there is none, or it is broken */
export function openFlightFileToRead(file: string): Database.Database {
  const database = new Database(`file:${encodeURI(file).replaceAll('?', '%3f').replaceAll('#', '%23')}?mode=ro`, { timeout: busyMs });
  if (versionOf(database) > flightVersion) throw new NewerFlightFile(file);
  return database;
}

function migrate(database: Database.Database): void {
  if (versionOf(database) === flightVersion) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Read again for each: another process may have been quicker.
    for (const [version, step] of migrations.entries()) {
      if (version < versionOf(database)) continue;
      database.exec(step);
      database.exec(`PRAGMA user_version = ${version + 1}`);
    }
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: Database.Database): number {
  const row = database.prepare('PRAGMA user_version').get() as { readonly user_version: number };
  return row.user_version;
}

export function codeOf(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return `${typeof code === 'string' ? code : ''} ${typeof message === 'string' ? message : ''}`;
}

/** Whether the file itself is no use any more, as against a disk that refuses for now. */
export function isBroken(error: unknown): boolean {
  return /SQLITE_NOTADB|SQLITE_CORRUPT|malformed|not a database/.test(codeOf(error));
}

/**
 * Renames a broken file and what belongs to it.
 * @returns its new name
 * @throws when the disk refuses
 */
export function setAside(file: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-');
  const keptAs = `${file}.broken-${stamp}`;
  for (const ending of ['', '-wal', '-shm']) {
    if (existsSync(file + ending)) renameSync(file + ending, keptAs + ending);
  }
  return keptAs;
}

/** Bytes on disk, the write-ahead log included; 0 where there is no file. */
export function bytesOf(file: string): number {
  return ['', '-wal'].reduce((sum, ending) => sum + (statSync(file + ending, { throwIfNoEntry: false })?.size ?? 0), 0);
}
