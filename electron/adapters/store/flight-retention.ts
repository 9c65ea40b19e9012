// Lets go of what the flight recorder has kept long enough, and of the oldest where its file would grow too large.
import type Database from 'libsql';
import { mostIncidents } from './flight-incidents';
import { bucketKey } from './flight-codec';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How long each kind is kept, in milliseconds. */
export const keptMs = {
  raw: dayMs,
  telemetry: dayMs,
  client: dayMs,
  moments: 30 * dayMs,
  buckets: 30 * dayMs,
  spans: 365 * dayMs,
  addresses: 365 * dayMs,
  spikes: 365 * dayMs,
} as const;

/** Free pages that are given back to the disk at one go: more would hold up the next second. */
const pagesAtOnce = 2_000;

/** @throws what the disk says */
export function dropExpired(database: Database.Database, nowMs: number): void {
  const drop = (sql: string, ...bound: readonly (string | number)[]): void => void database.prepare(sql).run([...bound]);
  dropRawBefore(database, nowMs - keptMs.raw);
  drop('DELETE FROM telemetry WHERE at_ms < ?', nowMs - keptMs.telemetry);
  drop("DELETE FROM event WHERE kind = 'client' AND at_ms < ?", nowMs - keptMs.client);
  for (const kind of ['session', 'host']) drop('DELETE FROM event WHERE kind = ? AND at_ms < ?', kind, nowMs - keptMs.moments);
  drop("DELETE FROM event WHERE kind = 'address' AND at_ms < ?", nowMs - keptMs.addresses);
  drop('DELETE FROM spike WHERE at_ms < ?', nowMs - keptMs.spikes);
  drop('DELETE FROM incident WHERE id NOT IN (SELECT id FROM incident ORDER BY began_ms DESC LIMIT ?)', mostIncidents);
  dropBucketsBefore(database, nowMs - keptMs.buckets);
  for (const lane of laneIds(database)) drop('DELETE FROM span WHERE lane = ? AND at_ms < ?', lane, nowMs - keptMs.spans);
  database.exec(`PRAGMA incremental_vacuum(${pagesAtOnce})`);
}

/**
 * Frees room until the contents fit: first raw samples, the oldest hour first, then buckets of ten seconds, a day at a time, then spans, a month
 * at a time. Incidents stay: each was worth keeping.
 * @returns what was let go of; null: everything fits
 */
export function dropTooMuch(database: Database.Database, limitBytes: number, nowMs: number): string | null {
  if (usedBytes(database) <= limitBytes) return null;
  const dropped = new Set<string>();
  for (const step of steps(database, nowMs)) {
    if (usedBytes(database) <= limitBytes) break;
    dropped.add(step());
  }
  database.exec(`PRAGMA incremental_vacuum(${pagesAtOnce})`);
  return dropped.size === 0 ? null : [...dropped].join(', ');
}

function* steps(database: Database.Database, nowMs: number): Generator<() => string> {
  for (let ageMs = keptMs.raw - hourMs; ageMs >= hourMs; ageMs -= hourMs) {
    yield () => {
      dropRawBefore(database, nowMs - ageMs);
      database.prepare('DELETE FROM telemetry WHERE at_ms < ?').run([nowMs - ageMs]);
      return 'samples';
    };
  }
  for (let ageMs = keptMs.buckets - dayMs; ageMs >= dayMs; ageMs -= dayMs) {
    yield () => {
      dropBucketsBefore(database, nowMs - ageMs);
      return 'buckets of ten seconds';
    };
  }
  for (let ageMs = keptMs.spans - 30 * dayMs; ageMs >= 30 * dayMs; ageMs -= 30 * dayMs) {
    yield () => {
      for (const lane of laneIds(database)) database.prepare('DELETE FROM span WHERE lane = ? AND at_ms < ?').run([lane, nowMs - ageMs]);
      return 'spans of five minutes';
    };
  }
}

/** Bytes in use, without what is free inside the file. */
export function usedBytes(database: Database.Database): number {
  const figure = (name: string): number => Number((database.prepare(`PRAGMA ${name}`).raw().get() as readonly [number])[0]);
  return (figure('page_count') - figure('freelist_count')) * figure('page_size');
}

function dropRawBefore(database: Database.Database, beforeMs: number): void {
  for (const lane of laneIds(database)) database.prepare('DELETE FROM raw WHERE lane = ? AND until_ms < ?').run([lane, Math.round(beforeMs)]);
  note(database, 'raw', beforeMs);
}

function dropBucketsBefore(database: Database.Database, beforeMs: number): void {
  for (const lane of laneIds(database)) database.prepare('DELETE FROM bucket WHERE key >= ? AND key < ?').run([bucketKey(lane, 0), bucketKey(lane, beforeMs)]);
  note(database, 'buckets', beforeMs);
}

function note(database: Database.Database, name: 'raw' | 'buckets', atMs: number): void {
  database
    .prepare('INSERT INTO progress(name, at_ms) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET at_ms = max(at_ms, excluded.at_ms)')
    .run([name, Math.round(atMs)]);
}

/** Until when nothing of its kind is kept any more, epoch milliseconds; 0: all of it is. */
export function droppedUntilMs(database: Database.Database, name: 'raw' | 'buckets'): number {
  const row = database.prepare('SELECT at_ms FROM progress WHERE name = ?').raw().get([name]) as readonly [number] | undefined;
  return row?.[0] ?? 0;
}

function laneIds(database: Database.Database): number[] {
  return (database.prepare('SELECT id FROM lane').raw().all() as (readonly [number])[]).map(([id]) => id);
}
