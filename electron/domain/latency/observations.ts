// The port of everything that is measured: samples from every vantage point, figures of machines, and the ways to hosts.
import type { SampleBatch } from '../../common/latency';
import type { AddressReading, TelemetryReading } from '../../common/telemetry';
import type { VantagePoint } from '../../common/vantage';
import type { Disposable } from '../clock';

export interface Observations {
  /** At most ten calls a second. A late or repeated answer comes as a sample of its own (`isRetold`), after its question was told. */
  onSamples(listener: (batches: readonly SampleBatch[]) => void): Disposable;
  /** Once a second for each machine that tells. */
  onTelemetry(listener: (reading: TelemetryReading) => void): Disposable;
  /** The first one of each host, and each change. */
  onAddress(listener: (reading: AddressReading) => void): Disposable;
  /** What is measured now. */
  vantagePoints(): readonly VantagePoint[];
  onVantagesChanged(listener: (points: readonly VantagePoint[]) => void): Disposable;
  /** The newest of each host. */
  addresses(): readonly AddressReading[];
}
