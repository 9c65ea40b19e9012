// Writes what the flight recorder is given: gathered until the next commit, so that a second costs one transaction.
import type Database from 'libsql';
import type { SampleBatch } from '../../common/latency';
import { assertNever } from '../../common/result';
import type { RecordedItem } from '../../domain/incidents/recorded-item';
import { encodeSamples, encodeTelemetry } from './flight-codec';

type Statement = Database.Statement;

export class FlightWriter {
  private readonly lanes = new Map<string, number>();
  private readonly statements: Readonly<Record<'raw' | 'telemetry' | 'event' | 'spike' | 'vantage', Statement>>;

  constructor(private readonly database: Database.Database) {
    this.statements = {
      raw: database.prepare('INSERT OR IGNORE INTO raw(lane, until_ms, body) VALUES (?, ?, ?)'),
      telemetry: database.prepare('INSERT INTO telemetry(at_ms, body) VALUES (?, ?)'),
      event: database.prepare('INSERT INTO event(at_ms, kind, host, body) VALUES (?, ?, ?, ?)'),
      spike: database.prepare('INSERT INTO spike(at_ms, vantage, probe, peak_ms) VALUES (?, ?, ?, ?)'),
      vantage: database.prepare('INSERT INTO vantage(id, point, seen_ms) VALUES (?, ?, ?) ON CONFLICT(id) DO UPDATE SET point = excluded.point, seen_ms = excluded.seen_ms'),
    };
  }

  /** All or nothing. @throws what the disk says */
  write(items: readonly RecordedItem[]): void {
    if (items.length === 0) return;
    this.database.exec('BEGIN IMMEDIATE');
    try {
      this.writeWithin(items);
      this.database.exec('COMMIT');
    } catch (error) {
      // Ids that were given in what is undone now are given anew.
      this.lanes.clear();
      rollBack(this.database);
      throw error;
    }
  }

  /** For who has begun a transaction of his own. @throws what the disk says */
  writeWithin(items: readonly RecordedItem[]): void {
    for (const batch of joined(items)) this.writeSamples(batch);
    for (const item of items) this.writeItem(item);
  }

  private writeSamples(batch: SampleBatch): void {
    const lane = this.laneOf(batch.vantage, batch.probe);
    for (const { body, untilMs } of encodeSamples(batch)) {
      // A late answer to the same question, or another process that asks at the same millisecond.
      let keyMs = untilMs;
      while (this.statements.raw.run([lane, keyMs, body]).changes === 0) keyMs += 1;
    }
  }

  private writeItem(item: RecordedItem): void {
    const { telemetry, event, spike, vantage } = this.statements;
    switch (item.kind) {
      case 'samples':
        return;
      case 'telemetry':
        telemetry.run([Math.round(item.reading.atMs), encodeTelemetry(item.reading)]);
        return;
      case 'address':
        event.run([Math.round(item.reading.atMs), 'address', item.reading.hostId, JSON.stringify(item.reading)]);
        return;
      case 'session':
        event.run([Math.round(item.moment.mark.atMs), 'session', item.moment.hostId, JSON.stringify(item.moment)]);
        return;
      case 'client':
      case 'host':
        event.run([Math.round(item.moment.atMs), item.kind, item.moment.hostId, JSON.stringify(item.moment)]);
        return;
      case 'spike':
        spike.run([Math.round(item.moment.atMs), item.moment.vantage, item.moment.probe, item.moment.peakMs]);
        return;
      case 'vantages':
        for (const point of item.points) vantage.run([point.id, JSON.stringify(point), Math.round(item.atMs)]);
        return;
      default:
        assertNever(item);
    }
  }

  private laneOf(vantage: string, probe: string): number {
    const key = `${vantage} ${probe}`;
    const known = this.lanes.get(key);
    if (known !== undefined) return known;
    this.database.prepare('INSERT OR IGNORE INTO lane(vantage, probe) VALUES (?, ?)').run([vantage, probe]);
    const { id } = this.database.prepare('SELECT id FROM lane WHERE vantage = ? AND probe = ?').get([vantage, probe]) as { readonly id: number };
    this.lanes.set(key, id);
    return id;
  }
}

/** One batch of each lane: rows of a second instead of a tenth. */
function joined(items: readonly RecordedItem[]): SampleBatch[] {
  const batches = new Map<string, { readonly vantage: SampleBatch['vantage']; readonly probe: SampleBatch['probe']; readonly atMs: number[]; readonly rttMs: (number | null)[]; readonly flags: number[] }>();
  for (const item of items) {
    if (item.kind !== 'samples') continue;
    const { vantage, probe, atMs, rttMs, flags } = item.batch;
    const key = `${vantage} ${probe}`;
    const batch = batches.get(key) ?? { vantage, probe, atMs: [], rttMs: [], flags: [] };
    batches.set(key, batch);
    atMs.forEach((at, index) => {
      batch.atMs.push(at);
      batch.rttMs.push(rttMs[index] ?? null);
      batch.flags.push(flags?.[index] ?? 0);
    });
  }
  return [...batches.values()].filter(({ atMs }) => atMs.length > 0);
}

/** SQLite ends a transaction by itself after some errors, and then refuses to end it again: the first error is the one to tell. */
export function rollBack(database: Database.Database): void {
  if (database.inTransaction) database.exec('ROLLBACK');
}
