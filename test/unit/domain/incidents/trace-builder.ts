// Makes small traces for the rules' own tests: a calm network, and whatever a test puts into it.
import type { TraceLine, TraceProbe, TraceSample, TraceTarget } from '../../../../electron/common/trace';
import { diagnose } from '../../../../electron/domain/incidents/diagnose';
import { readTrace } from '../../../../electron/domain/incidents/trace-reader';
import type { Cause, CauseId } from '../../../../electron/common/trace';

const usualMs: Readonly<Record<TraceTarget, number>> = { self: 0.05, gateway: 0.4, peer: 0.3, vmhost: 0.35, host: 0.5, port: 0.8 };
const probes: Readonly<Record<TraceTarget, TraceProbe>> = { self: 'loop', gateway: 'icmp', peer: 'icmp', vmhost: 'icmp', host: 'icmp', port: 'tcp' };

export type Change = (sample: TraceSample) => Partial<TraceSample> | null;

export class TraceBuilder {
  private readonly lines: TraceLine[] = [];
  private readonly changes: Change[] = [];

  constructor(
    private readonly meta: Omit<Extract<TraceLine, { kind: 'meta' }>, 'kind' | 'version'> = {},
    private readonly targets: readonly TraceTarget[] = ['self', 'gateway', 'peer', 'vmhost', 'host', 'port'],
    private readonly seconds = 120,
  ) {}

  /** What happens to samples; null: nothing. */
  change(change: Change): this {
    this.changes.push(change);
    return this;
  }

  /** Between these seconds, the targets' samples become this. */
  between(fromS: number, toS: number, targets: readonly TraceTarget[], as: Partial<TraceSample> | ((sample: TraceSample) => Partial<TraceSample>)): this {
    return this.change((sample) => {
      const isIn = sample.tMs >= fromS * 1_000 && sample.tMs < toS * 1_000 && targets.includes(sample.target);
      if (!isIn) return null;
      return typeof as === 'function' ? as(sample) : as;
    });
  }

  add(...lines: TraceLine[]): this {
    this.lines.push(...lines);
    return this;
  }

  /** One line of telemetry a second. */
  telemetry(source: 'self' | 'host' | 'vmhost', at: (second: number) => Omit<Extract<TraceLine, { kind: 'telemetry' }>, 'kind' | 'tMs' | 'source'>): this {
    for (let second = 0; second < this.seconds; second += 1) this.add({ kind: 'telemetry', tMs: second * 1_000, source, ...at(second) });
    return this;
  }

  text(): string {
    const samples: TraceSample[] = [];
    for (let tMs = 0; tMs < this.seconds * 1_000; tMs += 200) {
      for (const target of this.targets) {
        const seq = tMs / 200;
        // A deterministic jitter of up to a fifth.
        const rttMs = usualMs[target] * (1 + ((seq * 7919 + target.length * 31) % 20) / 100);
        const plain: TraceSample = { kind: 'sample', tMs, target, probe: probes[target], seq, rttMs };
        samples.push(this.changes.reduce<TraceSample>((sample, change) => ({ ...sample, ...change(sample) }), plain));
      }
    }
    const meta: TraceLine = { kind: 'meta', version: 1, host: 'rig', client: 'moonlight-qt 6.1.0', intervalMs: 200, linkBps: 1_000_000_000, ...this.meta };
    return [meta, ...samples, ...this.lines].map((line) => JSON.stringify(line)).join('\n');
  }

  causes(): Cause[] {
    return diagnose(readTrace(this.text()).trace);
  }

  first(): CauseId | undefined {
    return this.causes()[0]?.cause;
  }
}
