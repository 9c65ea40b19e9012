// A flight recorder in memory: keeps the incidents it is given, and answers for recorded time as the real one does.
import type { ChangeMark, Comparison, ExportFormat, Incident, IncidentId, IncidentSummary, RecordedLane } from '../../electron/common/incident';
import type { ProbeKind } from '../../electron/common/latency';
import { failure, success, type Result } from '../../electron/common/result';
import type { VantageId, VantagePoint } from '../../electron/common/vantage';
import type { Disposable } from '../../electron/domain/clock';
import type { FlightRecorder, RecordedQuestion } from '../../electron/domain/incidents/flight-recorder';
import { fakeIncidents, fakeVantages } from './fake-incidents';
import { fakeRtt, sampleEveryMs } from './fake-samples';

const dayMs = 86_400_000;
const singleSamplesMs = 6 * 3_600_000;

export class FakeRecorder implements FlightRecorder {
  readonly kept: Incident[];
  readonly marks: ChangeMark[];
  private readonly listeners = new Set<(summary: IncidentSummary) => void>();
  private nextChange = 3;

  /** @param nowMs epoch milliseconds now */
  constructor(
    private readonly nowMs: () => number = () => Date.now(),
    incidents: readonly Incident[] = fakeIncidents(nowMs()),
    private readonly points: readonly VantagePoint[] = fakeVantages,
  ) {
    this.kept = [...incidents];
    this.marks = [
      { id: 2, atMs: nowMs() - 2 * dayMs, text: 'Pinned the VM to two cores' },
      { id: 1, atMs: nowMs() - 9 * dayMs, text: 'New switch in the attic' },
    ];
  }

  async incidents(): Promise<Result<IncidentSummary[]>> {
    return success(this.kept.map(({ summary }) => summary));
  }

  async incident(id: IncidentId): Promise<Result<Incident>> {
    const found = this.kept.find(({ summary }) => summary.id === id);
    return found ? success(found) : failure('not-found', 'There is no such incident.', 'Look at the list for its id.');
  }

  async report(id: IncidentId, format: ExportFormat): Promise<Result<string>> {
    const found = await this.incident(id);
    return found.ok ? success(format === 'json' ? JSON.stringify(found.value) : `${format} of ${id}`) : found;
  }

  async vantages(): Promise<Result<VantagePoint[]>> {
    return success([...this.points]);
  }

  async recorded({ vantages, fromMs, toMs, buckets }: RecordedQuestion): Promise<Result<RecordedLane[]>> {
    return success(vantages.flatMap((vantage) => probesOf(vantage).map((probe) => this.lane(vantage, probe, fromMs, toMs, buckets))));
  }

  async changes(): Promise<Result<ChangeMark[]>> {
    return success([...this.marks]);
  }

  async markChange(text: string): Promise<Result<ChangeMark>> {
    const mark = { id: this.nextChange, atMs: this.nowMs(), text };
    this.nextChange += 1;
    this.marks.unshift(mark);
    return success(mark);
  }

  async forgetChange(id: number): Promise<Result<undefined>> {
    const index = this.marks.findIndex((mark) => mark.id === id);
    if (index < 0) return failure('not-found', 'There is no such mark.', 'Look at the list of changes.');
    this.marks.splice(index, 1);
    return success(undefined);
  }

  async compare(changeId: number): Promise<Result<Comparison[]>> {
    const change = this.marks.find((mark) => mark.id === changeId);
    if (!change) return failure('not-found', 'There is no such mark.', 'Look at the list of changes.');
    const hours = Math.min(168, (this.nowMs() - change.atMs) / 3_600_000);
    const side = (spikesPerHour: number, p99Ms: number): Comparison['before'] => ({ hours, spikesPerHour, p50Ms: 0.9, p95Ms: 1.8, p99Ms, lossRatio: 0.0004 });
    const verdicts: readonly Comparison['verdict'][] = ['better', 'no-difference', 'worse', 'too-little'];
    return success(
      this.points.map(({ id }, index) => {
        const verdict = hours < 1 ? 'too-little' : (verdicts[index % verdicts.length] ?? 'too-little');
        const [low, value, high] = { better: [0.12, 0.24, 0.47], 'no-difference': [0.71, 0.98, 1.36], worse: [1.3, 1.9, 2.8], 'too-little': [0, 0, 0] }[verdict];
        const spikeRatio = verdict === 'too-little' || low === undefined || value === undefined || high === undefined ? null : { low, value, high };
        return { change, vantage: id, probe: probesOf(id)[0] ?? 'icmp', before: side(5, 42), after: side(5 * (value ?? 1), 11), spikeRatio, verdict };
      }),
    );
  }

  onIncident(listener: (summary: IncidentSummary) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** An incident begins, or one that is kept has become another. */
  tell(incident: Incident): void {
    const index = this.kept.findIndex(({ summary }) => summary.id === incident.summary.id);
    if (index < 0) this.kept.unshift(incident);
    else this.kept[index] = incident;
    for (const listener of [...this.listeners]) listener(incident.summary);
  }

  private lane(vantage: VantageId, probe: ProbeKind, fromMs: number, toMs: number, buckets: number): RecordedLane {
    // Of some hours single samples are kept, of longer times sums of ten seconds.
    const unitMs = toMs - fromMs <= singleSamplesMs ? sampleEveryMs : 10_000;
    let bucketMs = Math.max(unitMs, Math.ceil((toMs - fromMs) / buckets / unitMs) * unitMs);
    while (Math.ceil(toMs / bucketMs) - Math.floor(fromMs / bucketMs) > buckets) bucketMs += unitMs;
    const samples = Math.min(50, Math.round(bucketMs / sampleEveryMs));
    const lane: RecordedLane = { vantage, probe, atMs: [], bucketMs, sent: [], lost: [], minMs: [], p50Ms: [], p95Ms: [], p99Ms: [], maxMs: [] };
    const network = { baseMs: vantage === 'self' ? 0.06 : 0.9, spikes: 6, losses: vantage === 'self' ? 0 : 3, outages: [] };
    for (let at = Math.floor(fromMs / bucketMs) * bucketMs; at < toMs; at += bucketMs) {
      const rtts = Array.from({ length: samples }, (_, index) => fakeRtt(network, probe, at + (index * bucketMs) / samples));
      const answered = rtts.flatMap((rtt) => rtt ?? []).sort((one, other) => one - other);
      const rank = (share: number): number | null => answered[Math.ceil(share * answered.length) - 1] ?? null;
      lane.atMs.push(at);
      lane.sent.push(rtts.length);
      lane.lost.push(rtts.length - answered.length);
      lane.minMs.push(answered[0] ?? null);
      lane.p50Ms.push(rank(0.5));
      lane.p95Ms.push(rank(0.95));
      lane.p99Ms.push(rank(0.99));
      lane.maxMs.push(answered.at(-1) ?? null);
    }
    return lane;
  }
}

function probesOf(vantage: VantageId): ProbeKind[] {
  if (vantage === 'self') return ['loop'];
  return vantage.startsWith('host/') ? ['icmp', 'tcp'] : ['icmp'];
}
