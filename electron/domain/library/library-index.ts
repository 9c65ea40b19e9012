// Everything the library shows, put in order once a change, so that looking something up costs the same with 20,000 apps.
import type { Entry } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { EntryId, HostId } from '../../common/ids';
import { appEntries, type AppCatalogue } from './app-entries';
import type { HostsAndEntries } from './library-store';

export interface LibraryIndex {
  readonly hosts: readonly HostRecord[];
  /** What is saved, then apps of which nothing is saved, then the practice host's. */
  readonly entries: readonly Entry[];
  readonly hostById: ReadonlyMap<HostId, HostRecord>;
  readonly entryById: ReadonlyMap<EntryId, Entry>;
  /** Entries of apps, by host and the host's own name for the app. */
  entryOfApp(hostId: HostId, app: string): Entry | null;
}

export function indexOf(saved: HostsAndEntries, apps: AppCatalogue, practice: HostsAndEntries): LibraryIndex {
  const hosts = [...saved.hosts, ...practice.hosts];
  const kept = [...saved.entries, ...practice.entries];
  const entries = [...saved.entries, ...appEntries(apps, kept), ...practice.entries];
  const ofApps = new Map(
    [...entries].reverse().flatMap((entry) => (entry.app === undefined ? [] : [[`${entry.host}/${entry.app}`, entry] as const])),
  );
  return {
    hosts,
    entries,
    hostById: new Map(hosts.map((host) => [host.id, host])),
    entryById: new Map(entries.map((entry) => [entry.id, entry])),
    entryOfApp: (hostId, app) => ofApps.get(`${hostId}/${app}`) ?? null,
  };
}
