// The newest latency samples of every vantage point, for graphs: typed arrays that are fed by pushes and read once a frame.
import type { ProbeKind, SampleBatch } from '../../electron/common/latency';
import { SampleRing, toColumns, type SampleWindow } from '../../electron/common/sample-ring';
import type { VantageId } from '../../electron/common/vantage';

/** Ten minutes at five samples a second. */
const keptSamples = 3000;

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

  /** Views into the ring from `fromMs` (epoch) on; valid until the next append. */
  window(vantage: VantageId, probe: ProbeKind, fromMs: number): SampleWindow {
    return this.#ring(vantage, probe).window(fromMs);
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
