// The probes of all targets in the thread it is created in: drives them, and gathers their samples into batches.
import { hostAddressSchema } from '../../common/host';
import type { ProbeKind, ProbeTrouble, SampleBatch } from '../../common/latency';
import { vantageKind, type VantageId } from '../../common/vantage';
import type { Clock, Disposable } from '../../domain/clock';
import { probeIntervalsMs, type Probe, type ProbeTarget } from '../../domain/latency/probe';
import type { EchoSample } from './echo-tracker';
import { HttpAnswer } from './http-answer';
import { IcmpPing } from './icmp-ping';
import { LoopEcho } from './loop-echo';
import { OneShotPing } from './one-shot-ping';
import { beatMs, type ProbeParts, type ProbeSink, type RunningProbe } from './running-probe';
import { TcpConnect } from './tcp-connect';

/** These open connections, which wakes machines that sleep. */
const connecting: ReadonlySet<ProbeKind> = new Set<ProbeKind>(['tcp', 'http']);

interface Gathered {
  readonly vantage: VantageId;
  readonly probe: ProbeKind;
  readonly samples: EchoSample[];
}

interface Aim {
  readonly target: ProbeTarget;
  readonly running: Map<ProbeKind, RunningProbe>;
}

export class LocalProbe implements Probe {
  private readonly aims = new Map<VantageId, Aim>();
  private readonly sampleListeners = new Set<(batches: readonly SampleBatch[]) => void>();
  private readonly troubleListeners = new Set<(trouble: ProbeTrouble) => void>();
  private readonly ending = new Set<Promise<void>>();
  private gathered = new Map<string, Gathered>();
  private quiet: ReadonlySet<VantageId> = new Set();
  private beat: NodeJS.Timeout | null = null;
  private isDisposed = false;

  constructor(private readonly clock: Clock) {}

  watch(targets: readonly ProbeTarget[]): void {
    if (this.isDisposed) return;
    const wanted = new Map(targets.map((target) => [target.vantage, target]));
    this.quiet = new Set(targets.filter(({ quiet }) => quiet === true).map(({ vantage }) => vantage));
    for (const { target } of [...this.aims.values()]) {
      const next = wanted.get(target.vantage);
      if (next === undefined || !isSameAim(next, target)) this.release(target.vantage);
    }
    for (const target of wanted.values()) if (!this.aims.has(target.vantage)) this.aim(target);
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
    this.aims.set(target.vantage, { target, running });
    if (vantageKind(target.vantage) === 'self') {
      running.set('loop', new LoopEcho({ ...this.partsFor(target, 'loop'), intervalMs: probeIntervalsMs.loop }));
      return;
    }
    if (!hostAddressSchema.safeParse(target.address).success) {
      this.tellTrouble({ vantage: target.vantage, probe: 'icmp', message: 'this is neither a name nor an address' });
      return;
    }
    running.set('icmp', this.echoProbe(target));
    if (target.port !== null) {
      running.set('tcp', new TcpConnect({ ...this.partsFor(target, 'tcp'), port: target.port }));
    }
    if (target.httpPort !== undefined) {
      running.set('http', new HttpAnswer({ ...this.partsFor(target, 'http'), port: target.httpPort }));
    }
  }

  private echoProbe(target: ProbeTarget): RunningProbe {
    const parts = this.partsFor(target, 'icmp');
    if (process.platform !== 'linux') return new OneShotPing(parts);
    const onDialect = (): void => {
      const aim = this.aims.get(target.vantage);
      if (aim?.target !== target) return;
      this.end(aim.running.get('icmp'));
      aim.running.set('icmp', new OneShotPing(parts));
    };
    return new IcmpPing({ ...parts, intervalMs: target.intervalMs ?? probeIntervalsMs.icmp, onDialect });
  }

  private partsFor(target: ProbeTarget, probe: ProbeKind): ProbeParts {
    const { vantage, address } = target;
    const isAimed = (): boolean => this.aims.get(vantage)?.target === target;
    const sink: ProbeSink = {
      sample: (sample) => {
        if (isAimed()) this.gather(vantage, probe, sample);
      },
      trouble: (message) => {
        if (isAimed()) this.tellTrouble({ vantage, probe, message });
      },
    };
    return { address, clock: this.clock, sink };
  }

  private release(vantage: VantageId): void {
    const aim = this.aims.get(vantage);
    this.aims.delete(vantage);
    for (const key of [...this.gathered.keys()]) if (this.gathered.get(key)?.vantage === vantage) this.gathered.delete(key);
    for (const running of aim?.running.values() ?? []) this.end(running);
  }

  private end(running: RunningProbe | undefined): void {
    if (!running) return;
    const ended = running.stop().finally(() => this.ending.delete(ended));
    this.ending.add(ended);
  }

  private onBeat(): void {
    for (const { target, running } of [...this.aims.values()]) {
      for (const [kind, probe] of [...running]) if (!connecting.has(kind) || !this.quiet.has(target.vantage)) probe.tick();
    }
    if (this.gathered.size === 0) return;
    const batches = [...this.gathered.values()].map(batchOf);
    this.gathered = new Map();
    for (const listener of [...this.sampleListeners]) listener(batches);
  }

  private gather(vantage: VantageId, probe: ProbeKind, sample: EchoSample): void {
    const key = `${vantage}/${probe}`;
    const gathered = this.gathered.get(key) ?? { vantage, probe, samples: [] };
    gathered.samples.push(sample);
    this.gathered.set(key, gathered);
  }

  private tellTrouble(trouble: ProbeTrouble): void {
    for (const listener of [...this.troubleListeners]) listener(trouble);
  }

  private stopBeat(): void {
    if (this.beat) clearInterval(this.beat);
    this.beat = null;
  }
}

function isSameAim(one: ProbeTarget, other: ProbeTarget): boolean {
  return one.address === other.address && one.port === other.port && one.httpPort === other.httpPort && one.intervalMs === other.intervalMs;
}

/** In order of time; what is told twice stays in the order it was told in. */
function batchOf({ vantage, probe, samples }: Gathered): SampleBatch {
  samples.sort((one, other) => one.atMs - other.atMs);
  return {
    vantage,
    probe,
    atMs: samples.map(({ atMs }) => atMs),
    rttMs: samples.map(({ rttMs }) => rttMs),
    ...(samples.some(({ flags }) => flags !== undefined) && { flags: samples.map(({ flags = 0 }) => flags) }),
  };
}
