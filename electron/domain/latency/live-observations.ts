// Hands on what is measured to whoever listens, and remembers what is measured now.
import type { SampleBatch } from '../../common/latency';
import type { AddressReading, TelemetryReading } from '../../common/telemetry';
import type { HostId } from '../../common/ids';
import type { VantagePoint } from '../../common/vantage';
import type { Disposable } from '../clock';
import type { Observations } from './observations';

export class LiveObservations implements Observations {
  private readonly sampleListeners = new Set<(batches: readonly SampleBatch[]) => void>();
  private readonly telemetryListeners = new Set<(reading: TelemetryReading) => void>();
  private readonly addressListeners = new Set<(reading: AddressReading) => void>();
  private readonly vantageListeners = new Set<(points: readonly VantagePoint[]) => void>();
  private readonly newestAddresses = new Map<HostId, AddressReading>();
  private points: readonly VantagePoint[] = [];

  onSamples(listener: (batches: readonly SampleBatch[]) => void): Disposable {
    return listen(this.sampleListeners, listener);
  }

  onTelemetry(listener: (reading: TelemetryReading) => void): Disposable {
    return listen(this.telemetryListeners, listener);
  }

  onAddress(listener: (reading: AddressReading) => void): Disposable {
    return listen(this.addressListeners, listener);
  }

  onVantagesChanged(listener: (points: readonly VantagePoint[]) => void): Disposable {
    return listen(this.vantageListeners, listener);
  }

  vantagePoints(): readonly VantagePoint[] {
    return this.points;
  }

  addresses(): readonly AddressReading[] {
    return [...this.newestAddresses.values()];
  }

  tellSamples(batches: readonly SampleBatch[]): void {
    for (const listener of [...this.sampleListeners]) listener(batches);
  }

  tellTelemetry(reading: TelemetryReading): void {
    for (const listener of [...this.telemetryListeners]) listener(reading);
  }

  /** Told on only when it says something else than the one before. */
  tellAddress(reading: AddressReading): void {
    const before = this.newestAddresses.get(reading.hostId);
    if (before && isSameWay(before, reading)) return;
    this.newestAddresses.set(reading.hostId, reading);
    for (const listener of [...this.addressListeners]) listener(reading);
  }

  setVantagePoints(points: readonly VantagePoint[]): void {
    if (JSON.stringify(points) === JSON.stringify(this.points)) return;
    this.points = points;
    for (const listener of [...this.vantageListeners]) listener(points);
  }
}

function isSameWay(one: AddressReading, other: AddressReading): boolean {
  return (
    one.name === other.name && one.ip === other.ip && one.mac === other.mac && one.uniqueId === other.uniqueId && one.certSha256 === other.certSha256
  );
}

function listen<T>(listeners: Set<T>, listener: T): Disposable {
  listeners.add(listener);
  return { dispose: () => listeners.delete(listener) };
}
