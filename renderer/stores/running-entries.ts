// Which entries' apps run on their hosts right now, whether or not anybody streams them.
import type { GameStreamHostView } from '../../electron/common/gamestream';
import type { EntryId, HostId } from '../../electron/common/ids';
import type { LibraryEntry } from '../../electron/common/library';

export type RunningState = 'running' | 'paused';

/** The entries whose app runs on its host right now, as the host says. */
export function runningEntries(entries: readonly LibraryEntry[], hosts: readonly GameStreamHostView[]): ReadonlyMap<EntryId, RunningState> {
  const appByHost = new Map<HostId, { readonly app: string; readonly state: RunningState }>();
  for (const { hostId, runningApp, state } of hosts) {
    if (runningApp === null || (state !== 'busy' && state !== 'paused')) continue;
    appByHost.set(hostId, { app: runningApp, state: state === 'paused' ? 'paused' : 'running' });
  }
  const running = new Map<EntryId, RunningState>();
  if (appByHost.size === 0) return running;
  for (const { entry } of entries) {
    const there = appByHost.get(entry.host);
    if (there !== undefined && entry.app === there.app) running.set(entry.id, there.state);
  }
  return running;
}
