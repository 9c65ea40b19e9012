// A flight recorder's file in a directory of its own, with what it told of its troubles.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FlightAnswers } from '../../../../electron/adapters/store/flight-answers';
import { FlightFile } from '../../../../electron/adapters/store/flight-file';
import type { SampleBatch } from '../../../../electron/common/latency';
import type { VantageId } from '../../../../electron/common/vantage';

export const rigVantage = 'host/rig' as VantageId;
export const startMs = Date.UTC(2026, 10, 23, 6, 0);

export class FlightWorld {
  readonly directory = mkdtempSync(join(tmpdir(), 'athena-flight-'));
  readonly file = join(this.directory, 'flight', 'flight.db');
  readonly troubles: string[] = [];
  nowMs = startMs;
  private readonly opened: FlightFile[] = [];

  open(limitBytes = 1_024 ** 3): { readonly store: FlightFile; readonly answers: FlightAnswers } {
    const store = new FlightFile(this.file, { limitBytes, onTrouble: (message) => this.troubles.push(message) });
    this.opened.push(store);
    return { store, answers: new FlightAnswers(store, () => this.nowMs) };
  }

  end(): void {
    for (const store of this.opened) store.close(this.nowMs);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Echo at 5 Hz. @param rttOf of the sample with this number; null: lost */
export function echo(fromMs: number, seconds: number, rttOf: (index: number) => number | null = () => 0.5, vantage: VantageId = rigVantage): SampleBatch {
  const atMs = Array.from({ length: seconds * 5 }, (_, index) => fromMs + index * 200);
  return { vantage, probe: 'icmp', atMs, rttMs: atMs.map((_, index) => rttOf(index)) };
}
