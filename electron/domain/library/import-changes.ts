// What an import makes of the library's records, and what taking it back makes of them: pure, the library carries it out.
import { defaultPorts } from '../../common/entry';
import type { EntryId, HostId } from '../../common/ids';
import type { EntryForm } from '../../common/library';
import { success } from '../../common/result';
import { KnownDesktops } from '../imports/candidates';
import { addEntry, type Change } from './library-changes';
import type { LibraryRecords } from './library-store';

export interface AddedEntries {
  readonly entryIds: EntryId[];
  /** Hosts that were made for them. */
  readonly newHosts: HostId[];
}

/** Adds those that are not there yet, by address, port, protocol and user: a second import adds nothing. */
export function addNewEntries(records: LibraryRecords, forms: readonly EntryForm[], takenIds: { entries: Iterable<string>; hosts: Iterable<string> }): Change<AddedEntries> {
  const known = new KnownDesktops(records);
  const entries = new Set(takenIds.entries);
  const hosts = new Set(takenIds.hosts);
  const entryIds: EntryId[] = [];
  let next = records;
  for (const form of forms) {
    const desktop = { ...form, port: form.port ?? defaultPorts[form.protocol], username: form.username ?? null };
    if (known.find(desktop)) continue;
    const added = addEntry(next, form, { entries, hosts });
    if (!added.ok) return added;
    known.note(desktop);
    next = added.value.next ?? next;
    entryIds.push(added.value.value);
    entries.add(added.value.value);
    for (const { id } of next.hosts) hosts.add(id);
  }
  const before = new Set(records.hosts.map(({ id }) => id));
  const newHosts = next.hosts.flatMap(({ id }) => (before.has(id) ? [] : [id]));
  return success({ next: next === records ? null : next, value: { entryIds, newHosts } });
}

/** Entries that are gone already are no trouble; a host that an entry uses by now stays. */
export function takeBackEntries(records: LibraryRecords, entryIds: readonly EntryId[], hostIds: readonly HostId[]): Change<undefined> {
  const entries = records.entries.filter(({ id }) => !entryIds.includes(id));
  const used = new Set(entries.map(({ host }) => host));
  const hosts = records.hosts.filter(({ id }) => used.has(id) || !hostIds.includes(id));
  return success({ next: { ...records, entries, hosts }, value: undefined });
}
