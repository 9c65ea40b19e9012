// The port of what this machine tells of itself.
import type { TelemetryReading } from '../../common/telemetry';
import type { Disposable } from '../clock';

export interface MachineTelemetry {
  /** Begins to tell once a second. @param towards an address: the figures are those of the network card that leads there; null: out into the world */
  observe(towards: string | null): void;
  onTelemetry(listener: (reading: TelemetryReading) => void): Disposable;
}
