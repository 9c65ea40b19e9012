// How long each step of a way back took, from the marks of its session.
import type { IncidentSteps } from '../../common/incident';
import type { Mark, MarkKind } from '../../common/session';

/** A mark is made a moment after what it tells of. */
const sameMomentMs = 50;

export const noSteps: IncidentSteps = { detectMs: null, pauseMs: null, gateMs: null, reconnectMs: null, resumeMs: null };

/**
 * Of the first interruption among the marks: pause and gate since it was noticed, both at the same time; reconnect since the client was started
 * that came through; resume since the picture was back.
 * @param marks in order of time
 * @param beganAtMs epoch milliseconds of the first sign of trouble; the interruption's own time where there was none before it
 */
export function incidentSteps(marks: readonly Mark[], beganAtMs: number): IncidentSteps {
  const lost = marks.find(({ kind }) => kind === 'interrupted');
  if (!lost) return noSteps;
  const after = (kind: MarkKind, fromMs: number): Mark | undefined => marks.find((mark) => mark.kind === kind && mark.atMs >= fromMs);
  const paused = after('paused', lost.atMs);
  const gate = after('gate-open', lost.atMs);
  const back = after('reconnected', lost.atMs);
  const started = back && marks.filter((mark) => mark.kind === 'client-started' && mark.atMs >= lost.atMs && mark.atMs <= back.atMs).at(-1);
  const resumed = back && after('resumed', back.atMs);
  return {
    // The end of a client is told by the system as it happens: what gave no sign before was noticed at once.
    detectMs: lost.atMs - beganAtMs > sameMomentMs ? lost.atMs - beganAtMs : 0,
    pauseMs: paused ? paused.atMs - lost.atMs : null,
    gateMs: gate ? gate.atMs - lost.atMs : null,
    reconnectMs: back ? back.atMs - (started ?? lost).atMs : null,
    resumeMs: resumed ? resumed.atMs - back.atMs : null,
  };
}
