// Reads a stretch of time out of the flight recorder's store: every sample, figure and event of it.
import type Database from 'libsql';
import type { ProbeKind } from '../../common/latency';
import type { AddressReading } from '../../common/telemetry';
import { vantageHost, vantageKind, type VantageId, type VantagePoint } from '../../common/vantage';
import type { ClientMoment, HostMoment, RawLane, SessionMoment, SpikeMoment, Stretch } from '../../domain/incidents/recorded-item';
import { decodeTelemetry, eachSample } from './flight-codec';
import { settledAfterMs } from './flight-spans';

const weekMs = 7 * 86_400_000;
/** A night of spikes says no more with more of them. */
const mostEarlierSpikes = 5_000;
/** A client that prints in floods must not make an incident of megabytes. */
const mostClientMoments = 3_000;

interface LaneRow {
  readonly id: number;
  readonly vantage: VantageId;
  readonly probe: ProbeKind;
}

/** @param toMs epoch milliseconds, not included. @throws what the disk says */
export function readStretch(database: Database.Database, fromMs: number, toMs: number): Stretch {
  const bodies = (sql: string, ...bound: readonly (string | number)[]): unknown[] =>
    (database.prepare(sql).raw().all([...bound]) as (readonly [string])[]).map(([body]) => JSON.parse(body) as unknown);
  const events = <T>(kind: string): T[] => bodies('SELECT body FROM event WHERE kind = ? AND at_ms >= ? AND at_ms < ? ORDER BY at_ms', kind, fromMs, toMs) as T[];
  /** With what was known of each host when the stretch began: SQLite takes the row of the maximum. */
  const withBefore = <T>(kind: string): T[] => [
    ...(database.prepare('SELECT body, max(at_ms) FROM event WHERE kind = ? AND at_ms < ? GROUP BY host').raw().all([kind, fromMs]) as (readonly [string])[]).map(([body]) => JSON.parse(body) as T),
    ...events<T>(kind),
  ];
  return {
    fromMs,
    toMs,
    lanes: readRawLanes(database, fromMs, toMs),
    telemetry: (database.prepare('SELECT body FROM telemetry WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms').raw().all([fromMs, toMs]) as (readonly [Buffer])[]).map(([body]) => decodeTelemetry(body)),
    addresses: withBefore<AddressReading>('address'),
    sessions: events<SessionMoment>('session'),
    clients: events<ClientMoment>('client').slice(-mostClientMoments),
    hosts: withBefore<HostMoment>('host'),
    changes: (database.prepare('SELECT at_ms, text FROM change WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms').raw().all([fromMs, toMs]) as (readonly [number, string])[]).map(
      ([atMs, text]) => ({ atMs, text }),
    ),
    earlierSpikes: readSpikes(database, fromMs - weekMs, fromMs).slice(-mostEarlierSpikes),
  };
}

export function readSpikes(database: Database.Database, fromMs: number, toMs: number): SpikeMoment[] {
  const rows = database.prepare('SELECT at_ms, vantage, probe, peak_ms FROM spike WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms').raw().all([fromMs, toMs]);
  return (rows as (readonly [number, VantageId, ProbeKind, number | null])[]).map(([atMs, vantage, probe, peakMs]) => ({ atMs, vantage, probe, peakMs }));
}

function readRawLanes(database: Database.Database, fromMs: number, toMs: number): RawLane[] {
  const points = readPoints(database);
  const lanes = database.prepare('SELECT id, vantage, probe FROM lane').all() as LaneRow[];
  return lanes.flatMap(({ id, vantage, probe }) => {
    const samples: { atMs: number; rttMs: number; flags: number }[] = [];
    eachRaw(database, id, fromMs, toMs, (atMs, rttMs, flags) => samples.push({ atMs, rttMs, flags }));
    if (samples.length === 0) return [];
    // A late answer after the loss that was told of its question.
    samples.sort((one, other) => one.atMs - other.atMs || one.flags - other.flags);
    return [
      {
        vantage: points.get(vantage) ?? unknownPoint(vantage),
        probe,
        atMs: samples.map(({ atMs }) => atMs),
        rttMs: samples.map(({ rttMs }) => (Number.isNaN(rttMs) ? null : rttMs)),
        flags: samples.map(({ flags }) => flags),
      },
    ];
  });
}

/** Calls with every raw sample of a lane that was sent in the stretch; NaN: lost. */
export function eachRaw(database: Database.Database, lane: number, fromMs: number, toMs: number, take: (atMs: number, rttMs: number, flags: number) => void): void {
  const rows = database.prepare('SELECT body FROM raw WHERE lane = ? AND until_ms >= ? AND until_ms < ? ORDER BY until_ms').raw().all([lane, fromMs, toMs + settledAfterMs]);
  for (const [body] of rows as (readonly [Buffer])[]) {
    eachSample(body, (atMs, rttMs, flags) => {
      if (atMs >= fromMs && atMs < toMs) take(atMs, rttMs, flags);
    });
  }
}

export function readPoints(database: Database.Database): Map<VantageId, VantagePoint> {
  const rows = database.prepare('SELECT id, point FROM vantage').raw().all() as (readonly [VantageId, string])[];
  return new Map(rows.map(([id, point]) => [id, JSON.parse(point) as VantagePoint]));
}

/** Samples may be there before their vantage point was described. */
export function unknownPoint(id: VantageId): VantagePoint {
  return { id, kind: vantageKind(id), name: id, address: null, hostId: vantageHost(id) };
}
