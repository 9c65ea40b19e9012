// A probe that measures what the test says.
import type { ProbeKind, ProbeTrouble, SampleBatch } from '../../electron/common/latency';
import type { VantageId } from '../../electron/common/vantage';
import type { Disposable } from '../../electron/domain/clock';
import type { Probe, ProbeTarget } from '../../electron/domain/latency/probe';

export class FakeProbe implements Probe {
  /** What `watch` was called with last. */
  targets: readonly ProbeTarget[] = [];
  isDisposed = false;
  private readonly sampleListeners = new Set<(batches: readonly SampleBatch[]) => void>();
  private readonly troubleListeners = new Set<(trouble: ProbeTrouble) => void>();

  watch(targets: readonly ProbeTarget[]): void {
    if (this.isDisposed) return;
    this.targets = [...new Map(targets.map((target) => [target.vantage, target])).values()];
  }

  onSamples(listener: (batches: readonly SampleBatch[]) => void): Disposable {
    this.sampleListeners.add(listener);
    return { dispose: () => this.sampleListeners.delete(listener) };
  }

  onTrouble(listener: (trouble: ProbeTrouble) => void): Disposable {
    this.troubleListeners.add(listener);
    return { dispose: () => this.troubleListeners.delete(listener) };
  }

  dispose(): Promise<void> {
    this.isDisposed = true;
    this.targets = [];
    this.sampleListeners.clear();
    this.troubleListeners.clear();
    return Promise.resolve();
  }

  /** Like the real one: says nothing about what is not watched, nor about a port that is not asked. */
  tell(...batches: readonly SampleBatch[]): void {
    const known = batches.filter(({ vantage, probe }) => this.measures(vantage, probe));
    if (known.length > 0) for (const listener of [...this.sampleListeners]) listener(known);
  }

  /** One sample. @param rttMs null: lost */
  sample(vantage: VantageId, probe: ProbeKind, atMs: number, rttMs: number | null): void {
    this.tell({ vantage, probe, atMs: [atMs], rttMs: [rttMs] });
  }

  trouble(trouble: ProbeTrouble): void {
    if (!this.measures(trouble.vantage, trouble.probe)) return;
    for (const listener of [...this.troubleListeners]) listener(trouble);
  }

  private measures(vantage: VantageId, probe: ProbeKind): boolean {
    const target = this.targets.find((candidate) => candidate.vantage === vantage);
    if (target === undefined) return false;
    if (vantage === 'self') return probe === 'loop';
    return probe === 'icmp' || (target.quiet !== true && (probe === 'tcp' ? target.port !== null : probe === 'http' && target.httpPort !== undefined));
  }
}
