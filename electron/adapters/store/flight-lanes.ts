// Reads recorded latency in pieces, from the coarsest form that still shows them: spans, buckets of ten seconds, or samples.
import type Database from 'libsql';
import type { RecordedLane } from '../../common/incident';
import type { ProbeKind } from '../../common/latency';
import type { VantageId } from '../../common/vantage';
import { LatencyBucket } from '../../domain/incidents/latency-bucket';
import type { RecordedQuestion } from '../../domain/incidents/flight-recorder';
import { bucketKey, bucketMs, eachBucket, spanMs } from './flight-codec';
import { droppedUntilMs } from './flight-retention';
import { eachRaw } from './flight-stretch';

/** Buckets of ten seconds that are read for one question: reading takes about a microsecond each. */
const mostBuckets = 30_000;
/** Samples last a day; beyond this many of them a question is answered by buckets. */
const mostSamplesMs = 6 * 3_600_000;

interface LaneRow {
  readonly id: number;
  readonly vantage: VantageId;
  readonly probe: ProbeKind;
  readonly closed_ms: number;
}

export function lanesOf(database: Database.Database, vantages: readonly VantageId[]): LaneRow[] {
  const rows = database.prepare('SELECT id, vantage, probe, closed_ms FROM lane ORDER BY vantage, probe').all() as LaneRow[];
  const wanted = new Set<string>(vantages);
  return rows.filter(({ vantage }) => wanted.has(vantage));
}

/** A lane without samples in that time is left out. @throws what the disk says */
export function readRecorded(database: Database.Database, { vantages, fromMs, toMs, buckets }: RecordedQuestion): RecordedLane[] {
  if (!(toMs > fromMs)) return [];
  const lanes = lanesOf(database, vantages);
  const pieceMs = pieceLength(fromMs, toMs, buckets, finestUnit(database, fromMs, toMs, buckets, lanes.length));
  return lanes.flatMap((lane) => {
    const read = readLane(database, lane, Math.floor(fromMs / pieceMs) * pieceMs, toMs, pieceMs);
    return read.atMs.length === 0 ? [] : [read];
  });
}

/** What an answer is made of: the finest that is wanted, still kept, and read quickly enough. */
function finestUnit(database: Database.Database, fromMs: number, toMs: number, buckets: number, lanes: number): number {
  const wantedMs = (toMs - fromMs) / buckets;
  const tooMany = (lanes * (toMs - fromMs)) / bucketMs > mostBuckets;
  if (wantedMs >= spanMs || tooMany || fromMs < droppedUntilMs(database, 'buckets')) return spanMs;
  const isLong = toMs - fromMs > mostSamplesMs;
  return wantedMs >= bucketMs || isLong || fromMs < droppedUntilMs(database, 'raw') ? bucketMs : 100;
}

/** Whole multiples of what is stored, so that no stored piece is cut in two. */
function pieceLength(fromMs: number, toMs: number, buckets: number, unitMs: number): number {
  const wantedMs = (toMs - fromMs) / buckets;
  let pieceMs = Math.max(1, Math.ceil(wantedMs / unitMs)) * unitMs;
  // The first and the last piece may reach over the ends.
  while (Math.ceil(toMs / pieceMs) - Math.floor(fromMs / pieceMs) > buckets) pieceMs += unitMs;
  return pieceMs;
}


function readLane(database: Database.Database, lane: LaneRow, fromMs: number, toMs: number, pieceMs: number): RecordedLane {
  const pieces = new Pieces(lane, pieceMs);
  if (pieceMs < bucketMs) {
    collectRaw(database, lane, fromMs, toMs, pieces);
    return pieces.finish();
  }
  if (pieceMs % spanMs === 0) {
    const rows = database.prepare('SELECT at_ms, summary FROM span WHERE lane = ? AND at_ms >= ? AND at_ms < ? ORDER BY at_ms').raw();
    for (const [atMs, bytes] of rows.all([lane.id, fromMs, toMs]) as (readonly [number, Buffer])[]) pieces.merge(atMs, bytes, 0);
  } else {
    const rows = database.prepare('SELECT key, body FROM bucket WHERE key >= ? AND key <= ? ORDER BY key').raw();
    const first = bucketKey(lane.id, 0);
    for (const [key, bytes] of rows.all([bucketKey(lane.id, fromMs), bucketKey(lane.id, toMs)]) as (readonly [number, Buffer])[]) {
      eachBucket(bytes, (slot, place) => {
        const at = (key - first) * spanMs + slot * bucketMs;
        if (at >= fromMs && at < toMs) pieces.merge(at, bytes, place);
      });
    }
  }
  // What no span is made of yet.
  collectRaw(database, lane, Math.max(fromMs, lane.closed_ms), toMs, pieces);
  return pieces.finish();
}

function collectRaw(database: Database.Database, { id }: LaneRow, fromMs: number, toMs: number, pieces: Pieces): void {
  eachRaw(database, id, fromMs, toMs, (atMs, rttMs, flags) => pieces.add(atMs, rttMs, flags));
}

/** Fills the columns of a lane: stored sums must come in order of time, and before samples, which may lie anywhere. */
class Pieces {
  private readonly lane: RecordedLane;
  private readonly bucket = new LatencyBucket();
  private readonly open = new Map<number, LatencyBucket>();
  private at = Number.NEGATIVE_INFINITY;

  constructor(
    { vantage, probe }: LaneRow,
    private readonly pieceMs: number,
  ) {
    this.lane = { vantage, probe, bucketMs: pieceMs, atMs: [], sent: [], lost: [], minMs: [], p50Ms: [], p95Ms: [], p99Ms: [], maxMs: [] };
  }

  merge(atMs: number, bytes: Uint8Array, place: number): void {
    this.move(atMs);
    this.bucket.mergeEncoded(bytes, place);
  }

  add(atMs: number, rttMs: number, flags: number): void {
    const at = Math.floor(atMs / this.pieceMs) * this.pieceMs;
    let bucket = this.open.get(at);
    if (!bucket) {
      bucket = new LatencyBucket();
      this.open.set(at, bucket);
    }
    bucket.add(Number.isNaN(rttMs) ? null : rttMs, flags);
  }

  finish(): RecordedLane {
    // The last of the sums and the first of the samples may be one piece.
    const shared = this.open.get(this.at);
    if (shared) this.bucket.mergeEncoded(shared.encode());
    this.open.delete(this.at);
    this.close(this.at, this.bucket);
    for (const at of [...this.open.keys()].sort((one, other) => one - other)) {
      const bucket = this.open.get(at);
      if (bucket) this.close(at, bucket);
    }
    return this.lane;
  }

  private move(atMs: number): void {
    const at = Math.floor(atMs / this.pieceMs) * this.pieceMs;
    if (at === this.at) return;
    this.close(this.at, this.bucket);
    this.bucket.clear();
    this.at = at;
  }

  private close(at: number, bucket: LatencyBucket): void {
    const { lane } = this;
    if (bucket.sent > 0) {
      const [p50Ms = null, p95Ms = null, p99Ms = null] = bucket.percentiles([50, 95, 99]);
      const isAnswered = bucket.sent > bucket.lost;
      lane.atMs.push(at);
      lane.sent.push(bucket.sent);
      lane.lost.push(bucket.lost);
      lane.minMs.push(isAnswered ? bucket.minMs : null);
      lane.p50Ms.push(p50Ms);
      lane.p95Ms.push(p95Ms);
      lane.p99Ms.push(p99Ms);
      lane.maxMs.push(isAnswered ? bucket.maxMs : null);
    }
  }
}

/** All of a lane between two moments, summed up from spans and, where there are none yet, samples. @returns the time measured, too */
export function sumLane(database: Database.Database, lane: Pick<LaneRow, 'id' | 'closed_ms'>, fromMs: number, toMs: number): { readonly bucket: LatencyBucket; readonly measuredMs: number } {
  const bucket = new LatencyBucket();
  let measuredMs = 0;
  // A span that the moment of the change cuts in two belongs to neither side.
  const firstMs = Math.ceil(fromMs / spanMs) * spanMs;
  const rows = database.prepare('SELECT summary FROM span WHERE lane = ? AND at_ms >= ? AND at_ms <= ?').raw();
  for (const [summary] of rows.all([lane.id, firstMs, toMs - spanMs]) as (readonly [Buffer])[]) {
    bucket.mergeEncoded(summary);
    measuredMs += spanMs;
  }
  const restMs = Math.max(fromMs, lane.closed_ms);
  const seconds = new Set<number>();
  eachRaw(database, lane.id, restMs, toMs, (atMs, rttMs, flags) => {
    bucket.add(Number.isNaN(rttMs) ? null : rttMs, flags);
    seconds.add(Math.floor(atMs / 1_000));
  });
  return { bucket, measuredMs: measuredMs + seconds.size * 1_000 };
}
