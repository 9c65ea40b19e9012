// What the tray's menu offers, as plain items: what runs first, then the way back to what ran, then sleeping hosts.
import type { GameStreamHostView } from '../common/gamestream';
import type { HostId } from '../common/ids';
import type { SessionView } from '../common/session';
import { tell, type Told } from '../common/told';
import type { QuickAction, UsedEntry } from './quick-action';

export interface TrayItem {
  readonly label: Told;
  /** null: it only tells. */
  readonly action: QuickAction | null;
}

const quickReconnects = 5;

/** What can be done with each session right now; none for those that have ended. */
export function sessionItems(views: readonly SessionView[]): TrayItem[] {
  return views.flatMap(({ id: sessionId, name, link, app }): TrayItem[] => {
    if (link.kind === 'ended' || link.kind === 'stopping') return [];
    const items: TrayItem[] = [];
    if (link.kind === 'asking') items.push({ label: tell`Answer for ${name}`, action: { kind: 'show', sessionId } });
    if (link.kind === 'waiting' || link.kind === 'gating') items.push({ label: tell`Reconnect ${name} now`, action: { kind: 'reconnect', sessionId } });
    if (app.kind === 'running') items.push({ label: tell`Pause ${name}`, action: { kind: 'pause', sessionId } });
    if (app.kind === 'paused' || app.kind === 'counting-down') items.push({ label: tell`Resume ${name}`, action: { kind: 'resume', sessionId } });
    return items;
  });
}

/** The last five. @param used newest first */
export function quickReconnectItems(used: readonly UsedEntry[]): TrayItem[] {
  if (used.length === 0) return [{ label: tell`No sessions yet`, action: null }];
  return used.slice(0, quickReconnects).map(({ entry, hostName }) => ({ label: tell`${entry.name} on ${hostName}`, action: { kind: 'launch', entryId: entry.id } }));
}

/** Hosts that sleep or are off, and whose network card is known. */
export function wakeItems(hosts: readonly GameStreamHostView[], nameOf: (hostId: HostId) => string): TrayItem[] {
  return hosts
    .filter(({ state, mac }) => state === 'asleep' && mac !== null)
    .map(({ hostId }) => ({ label: tell`Wake ${nameOf(hostId)}`, action: { kind: 'wake', hostId } }));
}
