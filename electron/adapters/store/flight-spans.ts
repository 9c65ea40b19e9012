// Sums up raw samples into spans of five minutes, when nothing more can come for them.
import type Database from 'libsql';
import { lateUntilMs } from '../../domain/latency/probe';
import { bucketKey, eachSample, Span, spanMs } from './flight-codec';
import { rollBack } from './flight-writer';

/** Until a minute after it was sent a question may be answered, and the answer lies in a buffer or two. */
export const settledAfterMs = lateUntilMs + 15_000;

interface LaneRow {
  readonly id: number;
  readonly closed_ms: number;
}

/**
 * Makes the spans of all lanes that are complete by now, from what is on disk: what another process measured counts as well, and what a
 * dead one left is made up for.
 * @param most spans at one go, so that a long absence does not hold up the next second
 * @returns how many were made
 * @throws what the disk says
 */
export function closeSpans(database: Database.Database, nowMs: number, most = 200): number {
  const lanes = database.prepare('SELECT id, closed_ms FROM lane').all() as LaneRow[];
  const next = database.prepare('SELECT until_ms, body FROM raw WHERE lane = ? AND until_ms >= ? ORDER BY until_ms LIMIT 1').raw();
  const rows = database.prepare('SELECT body FROM raw WHERE lane = ? AND until_ms >= ? AND until_ms < ?').raw();
  const put = spanWriter(database);
  const close = database.prepare('UPDATE lane SET closed_ms = ? WHERE id = ?');
  let made = 0;
  for (const lane of lanes) {
    let fromMs = lane.closed_ms;
    while (made < most) {
      const first = next.get([lane.id, fromMs]) as readonly [number, Buffer] | undefined;
      if (!first) break;
      fromMs = Math.max(fromMs, Math.floor(firstAtMs(first[1]) / spanMs) * spanMs);
      const toMs = fromMs + spanMs;
      if (toMs + settledAfterMs > nowMs) break;
      const span = new Span();
      for (const [body] of rows.all([lane.id, fromMs, toMs + settledAfterMs]) as (readonly [Buffer])[]) {
        eachSample(body, (atMs, rttMs, flags) => {
          if (atMs >= fromMs && atMs < toMs) span.add(atMs - fromMs, rttMs, flags);
        });
      }
      const encoded = span.encode();
      database.exec('BEGIN IMMEDIATE');
      try {
        if (encoded) put(lane.id, fromMs, encoded);
        close.run([toMs, lane.id]);
        database.exec('COMMIT');
      } catch (error) {
        rollBack(database);
        throw error;
      }
      fromMs = toMs;
      made += 1;
    }
  }
  return made;
}

export type EncodedSpan = NonNullable<ReturnType<Span['encode']>>;

export function spanWriter(database: Database.Database): (lane: number, atMs: number, span: EncodedSpan, withBuckets?: boolean) => void {
  const putSpan = database.prepare('INSERT OR REPLACE INTO span(lane, at_ms, summary) VALUES (?, ?, ?)');
  const putBuckets = database.prepare('INSERT OR REPLACE INTO bucket(key, body) VALUES (?, ?)');
  return (lane, atMs, { summary, detail }, withBuckets = true) => {
    putSpan.run([lane, atMs, summary]);
    if (withBuckets) putBuckets.run([bucketKey(lane, atMs), detail]);
  };
}

function firstAtMs(body: Buffer): number {
  let first = Number.POSITIVE_INFINITY;
  eachSample(body, (atMs) => (first = Math.min(first, atMs)));
  return first;
}
