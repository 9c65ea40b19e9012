// What stands across the lanes of the network page: incidents as stretches, changes and the steps of sessions as moments.
import type { ChangeMark, IncidentSummary } from '../../../electron/common/incident';
import type { SessionView } from '../../../electron/common/session';
import { wordsOf } from '../../language/language';
import { plainName } from '../../ui/host-state';
import { markLabel, markTones } from '../../ui/latency-graph/mark-layout';
import type { BoardMark } from '../../ui/time-board/board-lane';

const words = wordsOf('latency');

/** What goes on reaches to the right edge. */
export function networkMarks(incidents: readonly IncidentSummary[], changes: readonly ChangeMark[], sessions: readonly SessionView[]): BoardMark[] {
  return [
    ...incidents.map(({ kind, beganAtMs, endedAtMs }): BoardMark => ({
      atMs: beganAtMs,
      untilMs: endedAtMs ?? Number.MAX_SAFE_INTEGER,
      tone: kind === 'interruption' || kind === 'stall' ? 'bad' : 'warn',
      label: words(`incidents.${kind}`),
    })),
    ...changes.map(({ atMs, text }): BoardMark => ({ atMs, tone: 'accent', label: plainName(text) })),
    ...sessions.flatMap(({ marks }) =>
      marks.map(({ kind, atMs }): BoardMark => ({ atMs, tone: markTones[kind], label: markLabel(kind) ?? '' })),
    ),
  ];
}
