// The lanes of an incident's time line: latency of each vantage point, then figures of machines.
import type { FigureLane, Incident, SampleLane } from '../../../electron/common/incident';
import { wordsOf } from '../../language/language';
import { say } from '../../language/told';
import { plainName } from '../../ui/host-state';
import { markLabel, markTones } from '../../ui/latency-graph/mark-layout';
import type { BoardLane, BoardMark } from '../../ui/time-board/board-lane';
import { firstNotBefore } from '../../ui/time-board/read-out';
import { vantageName } from '../../ui/vantage-name';
import { momentsOf } from './incident-moments';

const words = wordsOf('incidents');

export function incidentLanes({ lanes, figures }: Incident): BoardLane[] {
  return [...lanes.map(sampleLane), ...figures.map(figureLane)];
}

function sampleLane({ vantage, probe, atMs, rttMs }: SampleLane, index: number): BoardLane {
  const times = Float64Array.from(atMs);
  const rtts = Float64Array.from(rttMs, (rtt) => rtt ?? Number.NaN);
  return {
    key: `${index} ${vantage.id}/${probe}`,
    title: vantageName(vantage),
    note: `${words(`probes.${probe}`)}${vantage.address === null ? '' : ` · ${vantage.address}`}`,
    content: {
      kind: 'samples',
      read: (fromMs) => {
        const from = firstNotBefore(times, fromMs);
        return { atMs: times.subarray(from), rttMs: rtts.subarray(from) };
      },
    },
  };
}

function figureLane(lane: FigureLane, index: number): BoardLane {
  return { key: `figure ${index}`, title: plainName(say(lane.figure)), note: plainName(say(lane.source)), content: { kind: 'figure', lane } };
}

/** Before the trouble there may have been nothing to measure yet: an empty minute tells nothing. */
const leadMs = 2_000;

/** From where on there is something to see. */
export function shownFrom({ fromMs, summary, lanes, figures, marks }: Incident): number {
  const firsts = [...lanes, ...figures].flatMap(({ atMs }) => atMs[0] ?? []);
  return Math.max(fromMs, Math.min(summary.beganAtMs, ...firsts, ...marks.map(({ atMs }) => atMs)) - leadMs);
}

/** The trouble itself as a stretch, and everything that has a moment. What clients print is many and stands in the list only. */
export function incidentMarks({ summary, toMs, marks, events }: Incident): BoardMark[] {
  const trouble: BoardMark = {
    atMs: summary.beganAtMs,
    untilMs: summary.endedAtMs ?? toMs,
    tone: summary.kind === 'interruption' || summary.kind === 'stall' ? 'bad' : 'warn',
    label: '',
  };
  const moments = momentsOf(marks, events)
    .filter(({ kind }) => kind !== 'client')
    .map(({ atMs, mark, text, kind }): BoardMark => {
      if (mark !== null) return { atMs, tone: markTones[mark], label: markLabel(mark) ?? '' };
      return { atMs, tone: kind === 'change' ? 'accent' : 'neutral', label: plainName(text) };
    });
  return [trouble, ...moments];
}
