// Marks and events of an incident in one order of time, each told once.
import type { IncidentEvent } from '../../../electron/common/incident';
import type { Mark, MarkKind } from '../../../electron/common/session';
import { decimal } from '../../language/locale';
import { say } from '../../language/told';

export interface Moment {
  readonly atMs: number;
  readonly kind: IncidentEvent['kind'];
  readonly text: string;
  /** Of a step of the session; null: something else. */
  readonly mark: MarkKind | null;
}

/** A mark may be among the events, too. */
export function momentsOf(marks: readonly Mark[], events: readonly IncidentEvent[]): Moment[] {
  const told = marks.map(({ atMs, kind, text }): Moment => ({ atMs, kind: 'mark', text: say(text), mark: kind }));
  const others = events.filter(({ kind }) => kind !== 'mark').map(({ atMs, kind, text }): Moment => ({ atMs, kind, text: say(text), mark: null }));
  return [...told, ...others].sort((one, other) => one.atMs - other.atMs);
}

/** From the beginning: "+6.2 s", "−48.0 s". */
export function offsetText(ms: number): string {
  const s = Math.abs(ms) / 1_000;
  return `${ms < 0 ? '−' : '+'}${decimal(s.toFixed(s < 10 ? 2 : 1))} s`;
}
