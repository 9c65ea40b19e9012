// Owns the probe thread: carries targets in and samples out, starts it again when it dies, and leaves no ping behind.
import { Worker } from 'node:worker_threads';
import type { ProbeTrouble, SampleBatch } from '../common/latency';
import { assertNever } from '../common/result';
import type { TelemetryReading } from '../common/telemetry';
import type { VantageId } from '../common/vantage';
import type { Clock, Disposable } from '../domain/clock';
import type { MachineTelemetry } from '../domain/latency/machine-telemetry';
import type { Probe, ProbeTarget } from '../domain/latency/probe';
import type { Log } from '../domain/log';
import type { FromProbeThread, ToProbeThread } from './probe-messages';

/** A thread that cannot load would otherwise be started for ever, as fast as the machine can. */
const restartDelaysMs = [100, 1_000, 5_000, 30_000] as const;
/** A thread that has told samples for this long counts as healthy again. */
const healthyAfterMs = 30_000;
/** Longer than a ping needs to be ended with SIGKILL. */
const stopLimitMs = 2_500;

export class ProbeOwner implements Probe, MachineTelemetry {
  private readonly sampleListeners = new Set<(batches: readonly SampleBatch[]) => void>();
  private readonly troubleListeners = new Set<(trouble: ProbeTrouble) => void>();
  private readonly telemetryListeners = new Set<(reading: TelemetryReading) => void>();
  private targets: readonly ProbeTarget[] = [];
  /** Undefined: nobody wants to know of this machine. */
  private towards: string | null | undefined;
  /** Since which `watch` a vantage point is aimed at as it is now. */
  private readonly since = new Map<VantageId, number>();
  private generation = 0;
  private worker: Worker | null = null;
  private startedAt = 0;
  private deaths = 0;
  private restart: Disposable | null = null;
  private disposed: Promise<void> | null = null;

  /** @param scriptFile the built probe thread */
  constructor(
    private readonly scriptFile: string,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  watch(targets: readonly ProbeTarget[]): void {
    if (this.disposed) return;
    this.generation += 1;
    const before = new Map(this.targets.map((target) => [target.vantage, target]));
    const wanted = new Map(targets.map((target) => [target.vantage, target]));
    for (const vantage of before.keys()) if (!wanted.has(vantage)) this.since.delete(vantage);
    for (const [vantage, { address, port }] of wanted) {
      const old = before.get(vantage);
      if (old?.address !== address || old.port !== port) this.since.set(vantage, this.generation);
    }
    this.targets = [...wanted.values()];
    if (!this.worker && !this.restart && this.targets.length > 0) this.start();
    else this.sendTargets();
  }

  observe(towards: string | null): void {
    if (this.disposed || towards === this.towards) return;
    this.towards = towards;
    if (!this.worker && !this.restart) this.start();
    else this.send({ kind: 'observe', towards });
  }

  onTelemetry(listener: (reading: TelemetryReading) => void): Disposable {
    this.telemetryListeners.add(listener);
    return { dispose: () => this.telemetryListeners.delete(listener) };
  }

  onSamples(listener: (batches: readonly SampleBatch[]) => void): Disposable {
    this.sampleListeners.add(listener);
    return { dispose: () => this.sampleListeners.delete(listener) };
  }

  onTrouble(listener: (trouble: ProbeTrouble) => void): Disposable {
    this.troubleListeners.add(listener);
    return { dispose: () => this.troubleListeners.delete(listener) };
  }

  /** Resolves when the thread has ended its pings and itself. */
  dispose(): Promise<void> {
    this.disposed ??= this.end();
    return this.disposed;
  }

  private async end(): Promise<void> {
    this.restart?.dispose();
    this.sampleListeners.clear();
    this.troubleListeners.clear();
    this.telemetryListeners.clear();
    const { worker } = this;
    if (!worker) return;
    await new Promise<void>((resolve) => {
      const tooLong = this.clock.after(stopLimitMs, () => {
        this.log.warn('probe thread did not end its pings in time');
        resolve();
      });
      // It says "stopped" and ends by itself; either is enough.
      worker.once('exit', () => {
        tooLong.dispose();
        resolve();
      });
      this.send({ kind: 'stop' });
    });
    // Pings that are still there die with their next line: the pipe they write to is closed with the thread.
    await worker.terminate();
  }

  private start(): void {
    this.restart = null;
    this.startedAt = this.clock.monotonicMs();
    const worker = new Worker(this.scriptFile, { name: 'probe' });
    worker.on('message', (message: FromProbeThread) => this.receive(message));
    worker.on('error', (error) => this.log.error('probe thread failed', { error }));
    worker.once('exit', (exitCode) => this.threadEnded(exitCode));
    this.worker = worker;
    this.sendTargets();
    if (this.towards !== undefined) this.send({ kind: 'observe', towards: this.towards });
  }

  private threadEnded(exitCode: number): void {
    this.worker = null;
    if (this.disposed) return;
    if (this.clock.monotonicMs() - this.startedAt > healthyAfterMs) this.deaths = 0;
    const delayMs = restartDelaysMs[Math.min(this.deaths, restartDelaysMs.length - 1)] ?? 0;
    this.deaths += 1;
    this.log.error('probe thread died and is started again', { exitCode, delayMs });
    for (const { vantage } of this.targets) {
      this.tellTrouble({ vantage, probe: 'icmp', message: 'measuring stopped unexpectedly and is started again' });
    }
    this.restart = this.clock.after(delayMs, () => this.start());
  }

  private sendTargets(): void {
    this.send({ kind: 'watch', generation: this.generation, targets: this.targets });
  }

  private send(message: ToProbeThread): void {
    this.worker?.postMessage(message);
  }

  private receive(message: FromProbeThread): void {
    switch (message.kind) {
      case 'samples': {
        const batches = message.batches.filter(({ vantage }) => this.isCurrent(vantage, message.generation));
        if (batches.length > 0) for (const listener of [...this.sampleListeners]) listener(batches);
        return;
      }
      case 'trouble':
        if (this.isCurrent(message.trouble.vantage, message.generation)) this.tellTrouble(message.trouble);
        return;
      case 'telemetry':
        for (const listener of [...this.telemetryListeners]) listener(message.reading);
        return;
      case 'stopped':
        return;
      default:
        assertNever(message);
    }
  }

  /** False for what was measured before the vantage point was aimed at as it is now. */
  private isCurrent(vantage: VantageId, generation: number): boolean {
    const since = this.since.get(vantage);
    return since !== undefined && generation >= since;
  }

  private tellTrouble(trouble: ProbeTrouble): void {
    for (const listener of [...this.troubleListeners]) listener(trouble);
  }
}
