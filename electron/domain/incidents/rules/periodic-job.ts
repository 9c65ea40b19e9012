// It comes by the clock: a job somewhere does it.
import { tell, type Told } from '../../../common/told';
import { findBeat, type Beat } from '../periodicity';
import { Case, type Rule } from '../rule';

export const periodicJob: Rule = (facts) => {
  const { history = [], startedAt } = facts.trace.meta;
  const own = facts.episodes.map(({ fromMs }) => (startedAt ?? 0) + fromMs);
  // Without a start the trace's own clock and the history's can't be joined.
  const together = startedAt === undefined && history.length > 0 ? history : [...history, ...own];
  const beat = findBeat(together) ?? findBeat(own);
  if (beat === null) return null;
  const found = new Case('periodic-job', tell`Look for what runs every ${period(beat)} on the router, the VM host and the storage${clock(beat, together, startedAt)}.`, tell`Move that job to hours without games, or give it less priority and bandwidth.`);
  const strong = beat.moments >= 6 && beat.onBeat >= 0.85 && beat.jitter <= 0.03;
  found.add(strong ? 0.85 : beat.moments >= 5 ? 0.68 : 0.5, tell`${beat.moments} troubles came every ${period(beat)}, to within ${Math.max(1, Math.round(beat.jitter * 100))} %${clock(beat, together, startedAt)}.`);
  if (facts.troubleBins.length > 0 && history.length > 0 && startedAt !== undefined && !isOnBeat(own, history, beat)) found.doubt(0.4, tell`This one does not fit the beat of the earlier ones.`);
  return found.close();
};

function period({ periodMs }: Beat): Told {
  const s = periodMs / 1_000;
  if (s < 120) return tell`${Math.round(s)} s`;
  const minutes = s / 60;
  return minutes < 120 ? tell`${Math.round(minutes * 10) / 10} min` : tell`${Math.round((minutes / 60) * 10) / 10} h`;
}

/** The minutes of the hour that it matches, for periods that divide the hour. */
function clock({ periodMs }: Beat, atMs: readonly number[], startedAt: number | undefined): Told {
  const last = atMs.at(-1);
  if (startedAt === undefined && (last === undefined || last < 1e11)) return tell``;
  const perHour = 3_600_000 / periodMs;
  if (last === undefined || Math.abs(perHour - Math.round(perHour)) > 0.02 || Math.round(perHour) < 1 || Math.round(perHour) > 12) return tell``;
  const minutes = [...new Set(atMs.map((at) => Math.floor((at / 60_000) % 60)))].sort((one, other) => one - other).slice(0, 12);
  return tell`, at ${minutes.map((minute) => `:${String(minute).padStart(2, '0')}`).join(' ')} past the hour`;
}

function isOnBeat(own: readonly number[], history: readonly number[], { periodMs }: Beat): boolean {
  const last = Math.max(...history);
  return own.some((at) => {
    const off = Math.abs(at - last) / periodMs;
    return Math.abs(off - Math.round(off)) < 0.15;
  });
}
