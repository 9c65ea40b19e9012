// An incident in one line.
import { wordsForEnd } from '../../common/end-words';
import type { Affected, OpenIncident } from './open-incident';

/** Answers worse than this are told in seconds. */
const longMs = 10_000;

/** @param hostName null: no host of its own */
export function headline(incident: OpenIncident, hostName: string | null, isOver: boolean): string {
  const line = incident.interruption === null ? measured(incident, hostName, isOver) : interrupted(incident, isOver);
  if (incident.heldBack === 0) return line;
  return `${line} (${incident.heldBack} like it before were only counted)`;
}

function interrupted({ interruption, backAtMs }: OpenIncident, isOver: boolean): string {
  if (interruption === null) return '';
  const what = wordsForEnd(interruption.end);
  if (backAtMs !== null) return `${what}; back after ${seconds(backAtMs - interruption.atMs)}`;
  return isOver ? `${what}; it did not come back` : what;
}

function measured({ kind, affected, beganAtMs, troubleAtMs }: OpenIncident, hostName: string | null, isOver: boolean): string {
  const all = [...affected.values()];
  const who = subject(all, kind === 'loss-burst', hostName);
  if (kind === 'loss-burst') return isOver ? `${who} lost answers for ${seconds(troubleAtMs - beganAtMs)}` : `${who} loses answers`;
  const peakMs = Math.max(0, ...all.map((one) => one.peakMs ?? 0));
  return `${who} took up to ${peakMs >= longMs ? seconds(peakMs) : `${Math.round(peakMs)} ms`} to answer`;
}

/** The host where it is among them, and how many others. */
function subject(all: readonly Affected[], ofLosses: boolean, hostName: string | null): string {
  const concerned = ofLosses ? all.filter(({ lost }) => lost) : all;
  const names = [...new Set(concerned.map(({ name }) => name))];
  const first = hostName !== null && names.includes(hostName) ? hostName : (names[0] ?? hostName ?? 'The network');
  const others = names.filter((name) => name !== first);
  if (others.length === 0) return first;
  return others.length === 1 ? `${first} and ${others[0] ?? ''}` : `${first} and ${others.length} others`;
}

function seconds(ms: number): string {
  const s = Math.max(0, ms) / 1_000;
  if (s < 90) return `${s < 10 ? Math.max(0.1, Math.round(s * 10) / 10) : Math.round(s)} s`;
  return `${Math.round(s / 60)} min`;
}
