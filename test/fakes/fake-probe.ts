// A probe that measures what the test says.
import type { HostId } from '../../electron/common/ids';
import type { ProbeKind, ProbeTrouble, SampleBatch } from '../../electron/common/latency';
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
    this.targets = [...new Map(targets.map((target) => [target.hostId, target])).values()];
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

  /** Like the real one: says nothing about a host that is not watched, nor about a port that is not asked. */
  tell(...batches: readonly SampleBatch[]): void {
    const known = batches.filter(({ hostId, probe }) => this.measures(hostId, probe));
    if (known.length > 0) for (const listener of [...this.sampleListeners]) listener(known);
  }

  /** One sample. @param rttMs null: lost */
  sample(hostId: HostId, probe: ProbeKind, atMs: number, rttMs: number | null): void {
    this.tell({ hostId, probe, atMs: [atMs], rttMs: [rttMs] });
  }

  trouble(trouble: ProbeTrouble): void {
    if (!this.measures(trouble.hostId, trouble.probe)) return;
    for (const listener of [...this.troubleListeners]) listener(trouble);
  }

  private measures(hostId: HostId, probe: ProbeKind): boolean {
    const target = this.targets.find((candidate) => candidate.hostId === hostId);
    return target !== undefined && (probe === 'icmp' || (target.port !== null && target.quiet !== true));
  }
}
