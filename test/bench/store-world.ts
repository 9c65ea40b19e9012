// A flight recorder's file with a year in it, made quickly: real buckets, written as the recorder writes them.
import type Database from 'libsql';
import { Span, spanMs } from '../../electron/adapters/store/flight-codec';
import { dropExpired } from '../../electron/adapters/store/flight-retention';
import { openFlightFile } from '../../electron/adapters/store/flight-schema';
import { settledAfterMs, spanWriter } from '../../electron/adapters/store/flight-spans';
import { FlightWriter } from '../../electron/adapters/store/flight-writer';
import { hostIdSchema } from '../../electron/common/ids';
import type { SampleBatch } from '../../electron/common/latency';
import type { TelemetryReading } from '../../electron/common/telemetry';
import { hostVantage, type VantageId } from '../../electron/common/vantage';
import type { RecordedItem } from '../../electron/domain/incidents/recorded-item';

export const dayMs = 86_400_000;
export const targets = 10;
export const perSecond = 5;
/** Kinds of five minutes that the year is made of: calm ones, and some with spikes and losses. */
const kinds = 60;

export const vantages: readonly VantageId[] = Array.from({ length: targets }, (_, index) => hostVantage(hostIdSchema.parse(`host-${index}`)));

/** The same every time: figures that differ between two runs are the machine's. */
export class Noise {
  constructor(private state: number) {}

  /** 0 to 1. */
  next(): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.state / 2 ** 32;
  }
}

/** Milliseconds; null: lost. As a home network has it: half a millisecond, now and then a spike or a loss. */
export function rttOf(noise: Noise): number | null {
  const luck = noise.next();
  if (luck < 0.001) return null;
  return 0.35 + noise.next() * 0.3 + (luck < 0.004 ? 5 + noise.next() * 300 : 0);
}

/** One second of everything: ten targets at 5 Hz, and what three machines tell of themselves. */
export function oneSecond(atMs: number, noise: Noise): RecordedItem[] {
  const samples = vantages.map((vantage): RecordedItem => {
    const atMsColumn = Array.from({ length: perSecond }, (_, index) => atMs + index * 200);
    const batch: SampleBatch = { vantage, probe: 'icmp', atMs: atMsColumn, rttMs: atMsColumn.map(() => rttOf(noise)) };
    return { kind: 'samples', batch };
  });
  return [...samples, ...readings(atMs, noise).map((reading): RecordedItem => ({ kind: 'telemetry', reading }))];
}

function readings(atMs: number, noise: Noise): TelemetryReading[] {
  const hostId = hostIdSchema.parse('host-0');
  const hundredths = (most: number): number => Math.round(noise.next() * most * 100) / 100;
  return ([{ kind: 'self' }, { kind: 'host', hostId }, { kind: 'vmhost', hostId }] as const).map((source) => ({
    source,
    atMs,
    figures: {
      psiCpu: hundredths(5),
      psiIo: hundredths(2),
      psiMemory: 0,
      stealPct: hundredths(1),
      rxBps: Math.round(noise.next() * 6e7),
      txBps: Math.round(noise.next() * 1e6),
      rxDrops: 12,
      txDrops: 0,
      rxErrors: 0,
      linkUp: true,
      linkBps: 1e9,
      carrierChanges: 2,
      udpRcvErrors: 3,
      uptimeS: Math.round(atMs / 1_000) % 1e6,
    },
  }));
}

/** @param endMs when the year ends; the last day has its samples, too */
export function writeYear(file: string, endMs: number, progress: (text: string) => void): void {
  const database = openFlightFile(file);
  try {
    const noise = new Noise(7);
    new FlightWriter(database).write(oneSecond(endMs - dayMs, noise));
    const lanes = (database.prepare('SELECT id FROM lane').raw().all() as (readonly [number])[]).map(([id]) => id);
    writeSpans(database, lanes, endMs, noise, progress);
    writeDay(database, endMs, noise, progress);
    // As it is on average: what is younger than a span and a minute is not summed up yet.
    database.prepare('UPDATE lane SET closed_ms = ?').run([closedMs(endMs)]);
    dropExpired(database, endMs);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

function closedMs(endMs: number): number {
  return Math.floor((endMs - settledAfterMs) / spanMs) * spanMs;
}

function writeSpans(database: Database.Database, lanes: readonly number[], endMs: number, noise: Noise, progress: (text: string) => void): void {
  const patterns = Array.from({ length: kinds }, () => {
    const span = new Span();
    for (let at = 0; at < spanMs; at += 1_000 / perSecond) span.add(at, rttOf(noise) ?? Number.NaN, 0);
    const encoded = span.encode();
    if (!encoded) throw new Error('a span of samples was empty');
    return encoded;
  });
  const put = spanWriter(database);
  const firstMs = Math.floor((endMs - 365 * dayMs) / spanMs) * spanMs;
  for (const lane of lanes) {
    progress(`writing a year of target ${lane} of ${lanes.length} ...`);
    database.exec('BEGIN');
    for (let atMs = firstMs; atMs < closedMs(endMs); atMs += spanMs) {
      const pattern = patterns[Math.floor(noise.next() * kinds)];
      // Buckets of more than a month ago would be gone by now.
      if (pattern) put(lane, atMs, pattern, endMs - atMs < 30 * dayMs);
    }
    database.exec('COMMIT');
  }
}

/** The samples of the last day, a minute in each transaction: a second of them is measured apart. */
function writeDay(database: Database.Database, endMs: number, noise: Noise, progress: (text: string) => void): void {
  progress('writing the last day of samples ...');
  const writer = new FlightWriter(database);
  const minute = Array.from({ length: 60 }, (_, second) => oneSecond(second * 1_000, noise));
  for (let atMs = endMs - dayMs; atMs < endMs; atMs += 60_000) {
    // As separate seconds would lie in it: a row of each lane for every second.
    database.exec('BEGIN');
    for (const second of minute) writer.writeWithin(second.map((item) => moved(item, atMs)));
    database.exec('COMMIT');
  }
}

function moved(item: RecordedItem, byMs: number): RecordedItem {
  if (item.kind === 'samples') return { kind: 'samples', batch: { ...item.batch, atMs: item.batch.atMs.map((at) => at + byMs) } };
  return item.kind === 'telemetry' ? { kind: 'telemetry', reading: { ...item.reading, atMs: item.reading.atMs + byMs } } : item;
}
