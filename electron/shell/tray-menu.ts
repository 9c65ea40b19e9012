// What the tray's menu offers, as plain items: what runs first, then the way back to what ran, then sleeping hosts.
import type { Entry } from '../common/entry';
import type { GameStreamHostView } from '../common/gamestream';
import type { EntryId, HostId, SessionId } from '../common/ids';
import type { SessionView } from '../common/session';
import type { Services } from '../domain/services';
import { practiceHostId } from '../practice/practice-library';

export type TrayAction =
  | { readonly kind: 'pause' | 'resume' | 'reconnect' | 'show'; readonly sessionId: SessionId }
  | { readonly kind: 'launch'; readonly entryId: EntryId }
  | { readonly kind: 'wake'; readonly hostId: HostId };

export interface TrayItem {
  readonly label: string;
  /** null: it only tells. */
  readonly action: TrayAction | null;
}

export interface UsedEntry {
  readonly entry: Entry;
  readonly hostName: string;
  /** Epoch milliseconds. */
  readonly usedAtMs: number;
}

const quickReconnects = 5;

/** All but the practice host's, which is there only while somebody practises. */
export function usedEntries(library: Pick<Services['library'], 'entries' | 'host' | 'lastUsedAtMs'>): UsedEntry[] {
  return library.entries
    .filter(({ host }) => host !== practiceHostId)
    .map((entry) => ({ entry, hostName: library.host(entry.host)?.name ?? entry.host, usedAtMs: library.lastUsedAtMs(entry.id) ?? 0 }));
}

/** What can be done with each session right now; none for those that have ended. */
export function sessionItems(views: readonly SessionView[]): TrayItem[] {
  return views.flatMap(({ id: sessionId, name, link, app }): TrayItem[] => {
    if (link.kind === 'ended' || link.kind === 'stopping') return [];
    const items: TrayItem[] = [];
    if (link.kind === 'asking') items.push({ label: `Answer for ${name}`, action: { kind: 'show', sessionId } });
    if (link.kind === 'waiting' || link.kind === 'gating') items.push({ label: `Reconnect ${name} now`, action: { kind: 'reconnect', sessionId } });
    if (app.kind === 'running') items.push({ label: `Pause ${name}`, action: { kind: 'pause', sessionId } });
    if (app.kind === 'paused' || app.kind === 'counting-down') items.push({ label: `Resume ${name}`, action: { kind: 'resume', sessionId } });
    return items;
  });
}

/** The last five that were used, newest first; what a person has hidden stays out of sight here as well. */
export function quickReconnectItems(used: readonly UsedEntry[]): TrayItem[] {
  const shown = used.filter(({ entry, usedAtMs }) => usedAtMs > 0 && !entry.hidden);
  if (shown.length === 0) return [{ label: 'No sessions yet', action: null }];
  return [...shown]
    .sort((one, other) => other.usedAtMs - one.usedAtMs)
    .slice(0, quickReconnects)
    .map(({ entry, hostName }) => ({ label: `${entry.name} on ${hostName}`, action: { kind: 'launch', entryId: entry.id } }));
}

/**
 * What the shortcut does: brings back the stream that broke last, shows the session that waits for an answer or runs, and
 * begins the last used entry anew when there is none. null: nothing was ever used.
 */
export function shortcutAction(views: readonly SessionView[], used: readonly UsedEntry[]): TrayAction | null {
  const open = views.filter(({ link }) => link.kind !== 'ended' && link.kind !== 'stopping').reverse();
  const broken = open.find(({ link }) => link.kind === 'waiting' || link.kind === 'gating');
  if (broken !== undefined) return { kind: 'reconnect', sessionId: broken.id };
  const shown = open.find(({ link }) => link.kind === 'asking') ?? open[0];
  if (shown !== undefined) return { kind: 'show', sessionId: shown.id };
  return quickReconnectItems(used)[0]?.action ?? null;
}

/** Hosts that sleep or are off, and whose network card is known. */
export function wakeItems(hosts: readonly GameStreamHostView[], nameOf: (hostId: HostId) => string): TrayItem[] {
  return hosts
    .filter(({ state, mac }) => state === 'asleep' && mac !== null)
    .map(({ hostId }) => ({ label: `Wake ${nameOf(hostId)}`, action: { kind: 'wake', hostId } }));
}
