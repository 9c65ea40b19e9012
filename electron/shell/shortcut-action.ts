// What the shortcut does, from all sessions and what was used before.
import type { SessionView } from '../common/session';
import type { QuickAction, UsedEntry } from './quick-action';

/**
 * Brings back the stream that broke last, shows the session that waits for an answer or runs, and begins the last used entry
 * anew when there is none. null: nothing was ever used.
 * @param used newest first
 */
export function shortcutAction(views: readonly SessionView[], [lastUsed]: readonly UsedEntry[]): QuickAction | null {
  const newestFirst = views.filter(({ link }) => link.kind !== 'ended' && link.kind !== 'stopping').reverse();
  const broken = newestFirst.find(({ link }) => link.kind === 'waiting' || link.kind === 'gating');
  if (broken !== undefined) return { kind: 'reconnect', sessionId: broken.id };
  const shown = newestFirst.find(({ link }) => link.kind === 'asking') ?? newestFirst[0];
  if (shown !== undefined) return { kind: 'show', sessionId: shown.id };
  return lastUsed === undefined ? null : { kind: 'launch', entryId: lastUsed.entry.id };
}
