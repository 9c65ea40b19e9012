// How samples lie in the flight recorder's store: raw ones as columns of fixed width, spans of five minutes with their buckets of ten seconds.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { SampleBatch } from '../../common/latency';
import type { TelemetryReading } from '../../common/telemetry';
import { ByteReader, LatencyBucket, putVarint } from '../../domain/incidents/latency-bucket';

export interface RawSamples {
  readonly atMs: number[];
  readonly rttMs: (number | null)[];
  readonly flags: number[];
}

/** Offset of the moment (two bytes, whole milliseconds), round trip (a float of 32 bits, NaN: lost), flags (one byte). */
const sampleBytes = 7;
const longestOffsetMs = 65_535;

export interface EncodedSamples {
  readonly body: Buffer;
  /** When the youngest was sent, epoch milliseconds. */
  readonly untilMs: number;
}

/** @returns one body or more: a late answer may lie a minute before the others */
export function encodeSamples(batch: Pick<SampleBatch, 'atMs' | 'rttMs' | 'flags'>): EncodedSamples[] {
  const order = batch.atMs.map((_, index) => index).sort((one, other) => (batch.atMs[one] ?? 0) - (batch.atMs[other] ?? 0));
  const groups: number[][] = [];
  let baseMs = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    const atMs = Math.round(batch.atMs[index] ?? 0);
    if (atMs - baseMs > longestOffsetMs) {
      groups.push([]);
      baseMs = atMs;
    }
    groups.at(-1)?.push(index);
  }
  return groups.map((group) => {
    const firstMs = Math.round(batch.atMs[group[0] ?? 0] ?? 0);
    const body = Buffer.alloc(8 + group.length * sampleBytes);
    body.writeDoubleLE(firstMs, 0);
    group.forEach((index, place) => {
      const offset = 8 + place * sampleBytes;
      body.writeUInt16LE(Math.round(batch.atMs[index] ?? 0) - firstMs, offset);
      body.writeFloatLE(batch.rttMs[index] ?? Number.NaN, offset + 2);
      body.writeUInt8(batch.flags?.[index] ?? 0, offset + 6);
    });
    return { body, untilMs: Math.round(batch.atMs[group.at(-1) ?? 0] ?? 0) };
  });
}

/** Calls with every sample of a body; NaN: lost. */
export function eachSample(body: Buffer, take: (atMs: number, rttMs: number, flags: number) => void): void {
  const baseMs = body.readDoubleLE(0);
  for (let offset = 8; offset + sampleBytes <= body.length; offset += sampleBytes) {
    take(baseMs + body.readUInt16LE(offset), body.readFloatLE(offset + 2), body.readUInt8(offset + 6));
  }
}

export const bucketMs = 10_000;
export const spanMs = 300_000;
const slots = spanMs / bucketMs;

/** Five minutes of one lane: summed up, and in buckets of ten seconds. */
export class Span {
  private readonly buckets: (LatencyBucket | undefined)[] = [];

  /** @param atMs where in the span, 0 to `spanMs` */
  add(atMs: number, rttMs: number, flags: number): void {
    const slot = Math.min(slots - 1, Math.max(0, Math.floor(atMs / bucketMs)));
    const bucket = (this.buckets[slot] ??= new LatencyBucket());
    bucket.add(Number.isNaN(rttMs) ? null : rttMs, flags);
  }

  /** @returns null: nothing was measured */
  encode(): { readonly summary: Buffer; readonly detail: Buffer } | null {
    const all = new LatencyBucket();
    const detail: number[] = [];
    this.buckets.forEach((bucket, slot) => {
      if (!bucket) return;
      const bytes = bucket.encode();
      all.mergeEncoded(bytes);
      detail.push(slot);
      putVarint(detail, bytes.length);
      for (const byte of bytes) detail.push(byte);
    });
    return all.isEmpty ? null : { summary: Buffer.from(all.encode()), detail: Buffer.from(detail) };
  }
}

/** Where the buckets of a span lie: in order of lane and time. */
export function bucketKey(lane: number, atMs: number): number {
  return lane * 100_000_000 + Math.floor(atMs / spanMs);
}

/** What most readings are made of. It is part of the format: another one needs another version of the file. */
const telemetryWords = Buffer.from(
  '"uptimeS":"qdiscDrops":"wifiAccessPoint":"wifiSignalDbm":-"carrierChanges":0,"linkBps":1000000000,"linkUp":true,"rxErrors":0,"udpRcvErrors":0,"rxDrops":0,"txDrops":0,"rxBps":,"txBps":,"runDelayPct":0.,"stealPct":0,"psiMemory":0,"psiIo":0.,"psiCpu":0.,"figures":{"atMs":179"hostId":"{"source":{"kind":"vmhost","hostId":"{"source":{"kind":"host","hostId":"{"source":{"kind":"self"},"atMs":179',
);

export function encodeTelemetry(reading: TelemetryReading): Buffer {
  return deflateRawSync(JSON.stringify(reading), { dictionary: telemetryWords });
}

export function decodeTelemetry(body: Buffer): TelemetryReading {
  return JSON.parse(inflateRawSync(body, { dictionary: telemetryWords }).toString('utf8')) as TelemetryReading;
}

/** Calls with the place of every bucket of ten seconds in a span's detail: slot, and where its bytes begin. */
export function eachBucket(detail: Uint8Array, take: (slot: number, from: number) => void): void {
  const reader = new ByteReader(detail);
  while (!reader.isAtEnd) {
    const slot = reader.byte();
    const length = reader.varint();
    take(slot, reader.place);
    reader.place += length;
  }
}
