// The lanes of the network page: one for each vantage point, from live samples or from recorded time.
import type { RecordedLane } from '../../../electron/common/incident';
import type { ProbeKind } from '../../../electron/common/latency';
import type { SampleWindow } from '../../../electron/common/sample-ring';
import type { VantageId, VantageKind, VantagePoint } from '../../../electron/common/vantage';
import { wordsOf } from '../../language/language';
import type { BoardLane, LaneContent } from '../../ui/time-board/board-lane';
import { vantageName } from '../../ui/vantage-name';

const words = wordsOf('latency');

/** Who leads: an echo tells most; some hosts answer none. */
const probeOrder: readonly ProbeKind[] = ['icmp', 'loop', 'tcp', 'http'];
/** From near to far, as one looks for the place where it begins to be bad. */
const kindOrder: readonly VantageKind[] = ['self', 'gateway', 'peer', 'vmhost', 'host'];

export interface LiveSource {
  window(vantage: VantageId, probe: ProbeKind, fromMs: number): SampleWindow;
}

export function inOrder(points: readonly VantagePoint[]): VantagePoint[] {
  return [...points].sort((one, other) => kindOrder.indexOf(one.kind) - kindOrder.indexOf(other.kind) || one.name.localeCompare(other.name));
}

export function liveLane(point: VantagePoint, source: LiveSource, trouble: string | undefined): BoardLane {
  const content: LaneContent = {
    kind: 'samples',
    read: (fromMs) => source.window(point.id, leading(point.id, source, fromMs), fromMs),
    ...(point.kind === 'host' && {
      beside: (fromMs: number) => (leading(point.id, source, fromMs) === 'icmp' ? source.window(point.id, 'tcp', fromMs) : nothing),
    }),
  };
  return { ...headOf(point, point.kind === 'self' ? 'loop' : 'icmp', trouble), content };
}

const nothing: SampleWindow = { atMs: new Float64Array(0), rttMs: new Float64Array(0) };

/** The first probe that has an answer in that time, else the first that has asked. */
function leading(vantage: VantageId, source: LiveSource, fromMs: number): ProbeKind {
  const asked = probeOrder.filter((probe) => source.window(vantage, probe, fromMs).atMs.length > 0);
  return asked.find((probe) => source.window(vantage, probe, fromMs).rttMs.some((rtt) => !Number.isNaN(rtt))) ?? asked[0] ?? 'icmp';
}

/** @param lanes null: they are being read */
export function recordedLane(point: VantagePoint, lanes: readonly RecordedLane[] | null, trouble: string | undefined): BoardLane {
  const own = (lanes ?? []).filter(({ vantage }) => vantage === point.id);
  const sorted = [...own].sort((one, other) => probeOrder.indexOf(one.probe) - probeOrder.indexOf(other.probe));
  const lane = sorted.find(({ p50Ms }) => p50Ms.some((value) => value !== null)) ?? sorted[0];
  const head = headOf(point, lane?.probe ?? (point.kind === 'self' ? 'loop' : 'icmp'), trouble);
  if (lane === undefined) return { ...head, content: { kind: 'nothing', why: lanes === null ? words('reading') : words('notRecorded') } };
  return { ...head, content: { kind: 'bands', lane } };
}

function headOf(point: VantagePoint, probe: ProbeKind, trouble: string | undefined): Omit<BoardLane, 'content'> {
  const address = point.address === null ? '' : ` · ${point.address}`;
  return { key: point.id, title: vantageName(point), note: `${words(`probes.${probe}`)}${address}`, trouble };
}
