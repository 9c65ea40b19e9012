// Renamed apps, host by host, and what each makes of the library's records: its entry goes on under the new name.
import type { Entry } from '../../common/entry';
import type { HostId } from '../../common/ids';
import { success } from '../../common/result';
import { shownName, type HostApps } from './app-entries';
import { renamedApps, type Rename } from './app-renames';
import { putEntry, type Change } from './library-changes';
import type { LibraryRecords } from './library-store';

export function renamesOfHosts(before: readonly HostApps[], after: readonly HostApps[]): (Rename & { readonly hostId: HostId })[] {
  const next = new Map(after.map(({ hostId, apps }) => [hostId, apps]));
  return before.flatMap(({ hostId, apps }) => renamedApps(apps, next.get(hostId) ?? []).map((rename) => ({ hostId, ...rename })));
}

/**
 * The entry keeps its id, and with it its history, its sessions and whatever else is known of it by its id; an app of
 * which nothing was saved is saved for that.
 * @param entry as it was for the app's old name
 * @param isUsed something is known of it by its id
 */
export function withNewName(records: LibraryRecords, entry: Entry, to: string, isUsed: boolean): Change<undefined> {
  const saved = records.entries.find(({ id }) => id === entry.id);
  // Somebody has set something for the new name already: two entries are not made one.
  const isTaken = records.entries.some(({ host, app }) => host === entry.host && app === to);
  if (isTaken || (!saved && !isUsed)) return success({ next: null, value: undefined });
  const present = saved ?? entry;
  const hasOwnName = present.app === undefined || present.name !== shownName(present.app);
  return putEntry(records, { ...present, app: to, name: hasOwnName ? present.name : shownName(to) });
}
