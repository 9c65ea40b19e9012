// The probes of all targets in the thread it is created in: drives them, and gathers their samples into batches.
import { hostAddressSchema } from '../../common/host';
import type { HostId } from '../../common/ids';
import type { ProbeKind, ProbeTrouble, SampleBatch } from '../../common/latency';
import type { Clock, Disposable } from '../../domain/clock';
import { probeIntervalsMs, type Probe, type ProbeTarget } from '../../domain/latency/probe';
import { IcmpPing } from './icmp-ping';
import { OneShotPing } from './one-shot-ping';
import type { ProbeParts, ProbeSink, RunningProbe } from './running-probe';
import { TcpConnect } from './tcp-connect';

/** Batches leave with the beat, so it is also what keeps them at ten a second. */
const beatMs = 100;

interface Aim {
  readonly target: ProbeTarget;
  readonly running: Map<ProbeKind, RunningProbe>;
}

export class LocalProbe implements Probe {
  private readonly aims = new Map<HostId, Aim>();
  private readonly sampleListeners = new Set<(batches: readonly SampleBatch[]) => void>();
  private readonly troubleListeners = new Set<(trouble: ProbeTrouble) => void>();
  private readonly ending = new Set<Promise<void>>();
  private gathered = new Map<string, SampleBatch>();
  private quiet: ReadonlySet<HostId> = new Set();
  private beat: NodeJS.Timeout | null = null;
  private isDisposed = false;

  constructor(private readonly clock: Clock) {}

  watch(targets: readonly ProbeTarget[]): void {
    if (this.isDisposed) return;
    const wanted = new Map(targets.map((target) => [target.hostId, target]));
    this.quiet = new Set(targets.filter(({ quiet }) => quiet === true).map(({ hostId }) => hostId));
    for (const { target } of [...this.aims.values()]) {
      const next = wanted.get(target.hostId);
      if (next?.address !== target.address || next.port !== target.port) this.release(target.hostId);
    }
    for (const target of wanted.values()) if (!this.aims.has(target.hostId)) this.aim(target);
    if (this.aims.size > 0) this.beat ??= setInterval(() => this.onBeat(), beatMs);
    else this.stopBeat();
  }

  onSamples(listener: (batches: readonly SampleBatch[]) => void): Disposable {
    this.sampleListeners.add(listener);
    return { dispose: () => this.sampleListeners.delete(listener) };
  }

  onTrouble(listener: (trouble: ProbeTrouble) => void): Disposable {
    this.troubleListeners.add(listener);
    return { dispose: () => this.troubleListeners.delete(listener) };
  }

  /** Resolves when no process and no socket is left. */
  async dispose(): Promise<void> {
    this.watch([]);
    this.isDisposed = true;
    this.sampleListeners.clear();
    this.troubleListeners.clear();
    await Promise.all(this.ending);
  }

  private aim(target: ProbeTarget): void {
    const running: Aim['running'] = new Map();
    this.aims.set(target.hostId, { target, running });
    if (!hostAddressSchema.safeParse(target.address).success) {
      this.tellTrouble({ hostId: target.hostId, probe: 'icmp', message: 'this is neither a name nor an address' });
      return;
    }
    running.set('icmp', this.echoProbe(target));
    if (target.port !== null) {
      running.set('tcp', new TcpConnect({ ...this.partsFor(target, 'tcp'), port: target.port }));
    }
  }

  private echoProbe(target: ProbeTarget): RunningProbe {
    const parts = this.partsFor(target, 'icmp');
    if (process.platform !== 'linux') return new OneShotPing(parts);
    const onDialect = (): void => {
      const aim = this.aims.get(target.hostId);
      if (aim?.target !== target) return;
      this.end(aim.running.get('icmp'));
      aim.running.set('icmp', new OneShotPing(parts));
    };
    return new IcmpPing({ ...parts, intervalMs: probeIntervalsMs.icmp, onDialect });
  }

  private partsFor(target: ProbeTarget, probe: ProbeKind): ProbeParts {
    const { hostId, address } = target;
    const isAimed = (): boolean => this.aims.get(hostId)?.target === target;
    const sink: ProbeSink = {
      sample: ({ atMs, rttMs }) => {
        if (isAimed()) this.gather(hostId, probe, atMs, rttMs);
      },
      trouble: (message) => {
        if (isAimed()) this.tellTrouble({ hostId, probe, message });
      },
    };
    return { address, clock: this.clock, sink };
  }

  private release(hostId: HostId): void {
    const aim = this.aims.get(hostId);
    this.aims.delete(hostId);
    for (const key of [...this.gathered.keys()]) if (this.gathered.get(key)?.hostId === hostId) this.gathered.delete(key);
    for (const running of aim?.running.values() ?? []) this.end(running);
  }

  private end(running: RunningProbe | undefined): void {
    if (!running) return;
    const ended = running.stop().finally(() => this.ending.delete(ended));
    this.ending.add(ended);
  }

  private onBeat(): void {
    for (const { target, running } of [...this.aims.values()]) {
      for (const [kind, probe] of [...running]) if (kind !== 'tcp' || !this.quiet.has(target.hostId)) probe.tick();
    }
    if (this.gathered.size === 0) return;
    const batches = [...this.gathered.values()].map(inOrderOfTime);
    this.gathered = new Map();
    for (const listener of [...this.sampleListeners]) listener(batches);
  }

  private gather(hostId: HostId, probe: ProbeKind, atMs: number, rttMs: number | null): void {
    const key = `${hostId}/${probe}`;
    const batch = this.gathered.get(key) ?? { hostId, probe, atMs: [], rttMs: [] };
    batch.atMs.push(atMs);
    batch.rttMs.push(rttMs);
    this.gathered.set(key, batch);
  }

  private tellTrouble(trouble: ProbeTrouble): void {
    for (const listener of [...this.troubleListeners]) listener(trouble);
  }

  private stopBeat(): void {
    if (this.beat) clearInterval(this.beat);
    this.beat = null;
  }
}

function inOrderOfTime(batch: SampleBatch): SampleBatch {
  const order = batch.atMs.map((_, index) => index).sort((one, other) => (batch.atMs[one] ?? 0) - (batch.atMs[other] ?? 0));
  return { ...batch, atMs: order.map((index) => batch.atMs[index] ?? 0), rttMs: order.map((index) => batch.rttMs[index] ?? null) };
}
