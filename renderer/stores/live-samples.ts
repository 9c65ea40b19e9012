// The newest latency samples of every host, for graphs: typed arrays that are fed by pushes and read once a frame.
import type { HostId } from '../../electron/common/ids';
import type { ProbeKind, SampleBatch } from '../../electron/common/latency';
import { SampleRing, toColumns, type SampleWindow } from '../../electron/common/sample-ring';

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
    for (const batch of batches) this.#ring(batch.hostId, batch.probe).append(batch);
    this.#version += 1;
  }

  /** Puts history under what arrived meanwhile; samples that are in both are kept once. */
  prepend(history: readonly SampleBatch[]): void {
    for (const batch of history) {
      const newest = batch.atMs.at(-1);
      if (newest === undefined) continue;
      const since = toColumns(this.#ring(batch.hostId, batch.probe).window(newest + 0.001));
      const ring = new SampleRing(keptSamples);
      ring.append(batch);
      ring.append(since);
      this.#rings.set(`${batch.hostId}/${batch.probe}`, ring);
    }
    this.#version += 1;
  }

  /** Views into the ring from `fromMs` (epoch) on; valid until the next append. */
  window(hostId: HostId, probe: ProbeKind, fromMs: number): SampleWindow {
    return this.#ring(hostId, probe).window(fromMs);
  }

  #ring(hostId: HostId, probe: ProbeKind): SampleRing {
    const key = `${hostId}/${probe}`;
    const known = this.#rings.get(key);
    if (known !== undefined) return known;
    const ring = new SampleRing(keptSamples);
    this.#rings.set(key, ring);
    return ring;
  }
}
