// The newest latency samples of every vantage point, for graphs: typed arrays that are fed by pushes and read once a frame.
import type { ProbeKind, SampleBatch } from '../../electron/common/latency';
import { SampleRing, toColumns, type SampleWindow } from '../../electron/common/sample-ring';
import type { VantageId } from '../../electron/common/vantage';

/** Ten minutes at twenty samples a second, which is as often as one may ask. */
const keptSamples = 12_000;
const noSamples: SampleWindow = { atMs: new Float64Array(0), rttMs: new Float64Array(0) };

export class LiveSamples {
  readonly #rings = new Map<string, SampleRing>();
  #version = 0;

  /** Grows with each change, so that a graph knows whether to draw. */
  get version(): number {
    return this.#version;
  }

  append(batches: readonly SampleBatch[]): void {
    for (const batch of batches) this.#ring(batch.vantage, batch.probe).append(batch);
    this.#version += 1;
  }

  /** Puts history under what arrived meanwhile; samples that are in both are kept once. */
  prepend(history: readonly SampleBatch[]): void {
    for (const batch of history) {
      const newest = batch.atMs.at(-1);
      if (newest === undefined) continue;
      const since = toColumns(this.#ring(batch.vantage, batch.probe).window(newest + 0.001));
      const ring = new SampleRing(keptSamples);
      ring.append(batch);
      ring.append(since);
      this.#rings.set(`${batch.vantage}/${batch.probe}`, ring);
    }
    this.#version += 1;
  }

  /** Puts recorded time before what is there; what is there is finer and stays. */
  fill(recorded: readonly SampleBatch[]): void {
    for (const batch of recorded) {
      const kept = toColumns(this.window(batch.vantage, batch.probe, Number.NEGATIVE_INFINITY));
      const oldest = kept.atMs[0] ?? Number.POSITIVE_INFINITY;
      const older = batch.atMs.filter((atMs) => atMs < oldest).length;
      if (older === 0) continue;
      const ring = new SampleRing(keptSamples);
      ring.append({ atMs: batch.atMs.slice(0, older), rttMs: batch.rttMs.slice(0, older) });
      ring.append(kept);
      this.#rings.set(`${batch.vantage}/${batch.probe}`, ring);
    }
    this.#version += 1;
  }

  /** Views into the ring from `fromMs` (epoch) on; valid until the next append. */
  window(vantage: VantageId, probe: ProbeKind, fromMs: number): SampleWindow {
    return this.#rings.get(`${vantage}/${probe}`)?.window(fromMs) ?? noSamples;
  }

  #ring(vantage: VantageId, probe: ProbeKind): SampleRing {
    const key = `${vantage}/${probe}`;
    const known = this.#rings.get(key);
    if (known !== undefined) return known;
    const ring = new SampleRing(keptSamples);
    this.#rings.set(key, ring);
    return ring;
  }
}
