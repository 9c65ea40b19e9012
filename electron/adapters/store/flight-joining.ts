// Joins what two stores tell of the same time: the disk up to when it refused, memory since then.
import type { RecordedLane } from '../../common/incident';
import type { RawLane, Stretch } from '../../domain/incidents/recorded-item';

type TimedLane = { readonly vantage: unknown; readonly probe: string; readonly atMs: readonly number[] };

function keyOf(lane: RawLane | RecordedLane): string {
  return `${typeof lane.vantage === 'string' ? lane.vantage : lane.vantage.id} ${lane.probe}`;
}

export function joinStretches(stretches: readonly Stretch[], fromMs: number, toMs: number): Stretch {
  const [only] = stretches;
  if (only && stretches.length === 1) return only;
  const lanes = new Map<string, RawLane>();
  for (const lane of stretches.flatMap((stretch) => stretch.lanes)) {
    const before = lanes.get(keyOf(lane));
    lanes.set(keyOf(lane), before ? joinColumns(before, lane, ['atMs', 'rttMs', 'flags']) : lane);
  }
  const all = <T>(pick: (stretch: Stretch) => readonly T[], at: (one: T) => number): T[] => stretches.flatMap(pick).sort((one, other) => at(one) - at(other));
  return {
    fromMs,
    toMs,
    lanes: [...lanes.values()],
    telemetry: all((one) => one.telemetry, ({ atMs }) => atMs),
    addresses: all((one) => one.addresses, ({ atMs }) => atMs),
    sessions: all((one) => one.sessions, ({ mark }) => mark.atMs),
    clients: all((one) => one.clients, ({ atMs }) => atMs),
    hosts: all((one) => one.hosts, ({ atMs }) => atMs),
    changes: all((one) => one.changes, ({ atMs }) => atMs),
    earlierSpikes: all((one) => one.earlierSpikes, ({ atMs }) => atMs),
  };
}

/** Pieces of the same moment stay beside each other: each is true for what it has counted. */
export function joinLanes(answers: readonly (readonly RecordedLane[])[]): RecordedLane[] {
  const lanes = new Map<string, RecordedLane>();
  for (const lane of answers.flat()) {
    const before = lanes.get(keyOf(lane));
    const columns = ['atMs', 'sent', 'lost', 'minMs', 'p50Ms', 'p95Ms', 'p99Ms', 'maxMs'] as const;
    lanes.set(keyOf(lane), before?.bucketMs === lane.bucketMs ? joinColumns(before, lane, columns) : lane);
  }
  return [...lanes.values()];
}

function joinColumns<T extends TimedLane>(one: T, other: T, columns: readonly (keyof T)[]): T {
  const atMs = [...one.atMs, ...other.atMs];
  const order = atMs.map((_, index) => index).sort((first, second) => (atMs[first] ?? 0) - (atMs[second] ?? 0));
  const joined = columns.map((column) => {
    const values = [...(one[column] as readonly unknown[]), ...(other[column] as readonly unknown[])];
    return [column, order.map((index) => values[index])] as const;
  });
  return { ...one, ...(Object.fromEntries(joined) as Partial<T>) };
}
