// An incident in one line.
import { wordsForEnd } from '../../common/end-words';
import { asIs, tell, type Told } from '../../common/told';
import type { Affected, OpenIncident } from './open-incident';

/** Answers worse than this are told in seconds. */
const longMs = 10_000;

/** @param hostName null: no host of its own */
export function headline(incident: OpenIncident, hostName: string | null, isOver: boolean): Told {
  const line = incident.interruption === null ? measured(incident, hostName, isOver) : interrupted(incident, isOver);
  if (incident.heldBack === 0) return line;
  return tell`${line} (${incident.heldBack} like it before were only counted)`;
}

function interrupted({ interruption, backAtMs }: OpenIncident, isOver: boolean): Told {
  if (interruption === null) return tell``;
  const what = wordsForEnd(interruption.end);
  if (backAtMs !== null) return tell`${what}; back after ${seconds(backAtMs - interruption.atMs)}`;
  return isOver ? tell`${what}; it did not come back` : what;
}

function measured({ kind, affected, beganAtMs, troubleAtMs }: OpenIncident, hostName: string | null, isOver: boolean): Told {
  const all = [...affected.values()];
  const who = subject(all, kind === 'loss-burst', hostName);
  if (kind === 'loss-burst') return isOver ? tell`${who} lost answers for ${seconds(troubleAtMs - beganAtMs)}` : tell`${who} loses answers`;
  const peakMs = Math.max(0, ...all.map((one) => one.peakMs ?? 0));
  return tell`${who} took up to ${peakMs >= longMs ? seconds(peakMs) : tell`${Math.round(peakMs)} ms`} to answer`;
}

/** The host where it is among them, and how many others. */
function subject(all: readonly Affected[], ofLosses: boolean, hostName: string | null): Told {
  const concerned = ofLosses ? all.filter(({ lost }) => lost) : all;
  const names = [...new Set(concerned.map(({ name }) => name))];
  const first = hostName !== null && names.includes(hostName) ? hostName : (names[0] ?? hostName);
  if (first === null) return tell`The network`;
  const others = names.filter((name) => name !== first);
  if (others.length === 0) return asIs(first);
  return others.length === 1 ? tell`${first} and ${others[0] ?? ''}` : tell`${first} and ${others.length} others`;
}

function seconds(ms: number): Told {
  const s = Math.max(0, ms) / 1_000;
  if (s < 90) return tell`${s < 10 ? Math.max(0.1, Math.round(s * 10) / 10) : Math.round(s)} s`;
  return tell`${Math.round(s / 60)} min`;
}
