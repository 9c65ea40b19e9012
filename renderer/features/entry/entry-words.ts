// What an entry's page says of it in lines: how it streams, how it was used, and how often its stream broke; pure.
import type { Entry } from '../../../electron/common/entry';
import type { IncidentSummary } from '../../../electron/common/incident';
import type { EntryId } from '../../../electron/common/ids';
import type { LibraryEntry } from '../../../electron/common/library';
import type { ProfileValues } from '../../../electron/common/profile';
import { wordsOf } from '../../language/language';
import { formatAgo, formatMode, formatPlayed, formatRate } from '../../ui/format';

const words = wordsOf('entry');

/** "1920 × 1080 at 60 fps · HEVC · 20 Mbit/s · HDR" */
export function profileLine({ widthPx, heightPx, fps, codec, bitrateKbps, hdr }: ProfileValues): string {
  const parts = [formatMode({ widthPx, heightPx, fps }), words(`codecs.${codec}`), formatRate(bitrateKbps)];
  if (hdr) parts.push(words('hdr'));
  // A figure stays with its unit.
  return parts.map((part) => part.replaceAll(' ', '\u00a0')).join(' · ');
}

/** Of an entry without a profile: "Full screen · paused when the stream is lost · 3 s count-down before it runs on" */
export function desktopLine(entry: Pick<Entry, 'fullScreen' | 'pause' | 'resumeCountdownS'>): string {
  return `${entry.fullScreen ? words('fullScreen') : words('window')} · ${pauseParts(entry).join(' · ')}`;
}

/** "Paused when the stream is lost · 3 s count-down before it runs on" */
export function pauseLine(entry: Pick<Entry, 'pause' | 'resumeCountdownS'>): string {
  const line = pauseParts(entry).join(' · ');
  return line.charAt(0).toLocaleUpperCase() + line.slice(1);
}

function pauseParts({ pause, resumeCountdownS }: Pick<Entry, 'pause' | 'resumeCountdownS'>): string[] {
  if (pause === undefined || pause.by === 'never') return [words('playsOn')];
  if (pause.by === 'quit') return [words('isEnded')];
  return [words('pauses'), resumeCountdownS === 0 ? words('noCountdown') : words('countdown', { seconds: resumeCountdownS })];
}

/** "12 h played. Last used 3 h ago." */
export function usedLine({ playedMs, lastUsedAtMs }: Pick<LibraryEntry, 'playedMs' | 'lastUsedAtMs'>, nowMs: number): string {
  if (lastUsedAtMs === null) return words('neverUsed');
  const used = `${words('lastUsed', { ago: formatAgo(lastUsedAtMs, nowMs) })}.`;
  return playedMs < 60_000 ? used : `${words('played', { time: formatPlayed(playedMs) })}. ${used}`;
}

/** @param broke how often, at least once */
export function troubleCount(broke: number, days: number): string {
  if (broke === 1) return words('troubleOnce', { days });
  return broke === 2 ? words('troubleTwice', { days }) : words('troubleTimes', { times: broke, days });
}

export interface EntryTrouble {
  /** Newest first, of every kind. */
  readonly incidents: readonly IncidentSummary[];
  /** How often the stream was lost or stood still. */
  readonly broke: number;
  /** So far back, in whole days. */
  readonly days: number;
}

const lookBackDays = 30;
const dayMs = 86_400_000;
/** As many as main lists: of a full list, nobody knows what came before its oldest. */
const mostListed = 500;

/** @param list newest first, of all entries */
export function entryTrouble(list: readonly IncidentSummary[], entryId: EntryId, nowMs: number): EntryTrouble {
  const oldest = list.length < mostListed ? undefined : list.at(-1);
  const reachDays = oldest === undefined ? lookBackDays : Math.floor((nowMs - oldest.beganAtMs) / dayMs);
  const days = Math.max(1, Math.min(lookBackDays, reachDays));
  const incidents = list.filter((incident) => incident.entryId === entryId && incident.beganAtMs >= nowMs - days * dayMs);
  return { incidents, broke: incidents.filter(({ kind }) => kind === 'interruption' || kind === 'stall').length, days };
}
