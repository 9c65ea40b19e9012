// What can be chosen outside the window, in the tray's menu or by the shortcut, and the entries that such a choice is about.
import type { Entry } from '../common/entry';
import type { EntryId, HostId, SessionId } from '../common/ids';
import type { Services } from '../domain/services';
import { practiceHostId } from '../practice/practice-library';

export type QuickAction =
  | { readonly kind: 'pause' | 'resume' | 'reconnect' | 'show'; readonly sessionId: SessionId }
  | { readonly kind: 'launch'; readonly entryId: EntryId }
  | { readonly kind: 'wake'; readonly hostId: HostId };

export interface UsedEntry {
  readonly entry: Entry;
  readonly hostName: string;
  /** Epoch milliseconds. */
  readonly usedAtMs: number;
}

/** Newest first; neither what a person has hidden, nor the practice host's, which is there only while somebody practises. */
export function usedEntries(library: Pick<Services['library'], 'entries' | 'host' | 'lastUsedAtMs'>): UsedEntry[] {
  return library.entries
    .filter(({ host, hidden }) => host !== practiceHostId && !hidden)
    .map((entry) => ({ entry, hostName: library.host(entry.host)?.name ?? entry.host, usedAtMs: library.lastUsedAtMs(entry.id) ?? 0 }))
    .filter(({ usedAtMs }) => usedAtMs > 0)
    .sort((one, other) => other.usedAtMs - one.usedAtMs);
}
