// What each change makes of the library's records, and when it can't be: pure, the library carries it out.
import { entrySchema, type Entry } from '../../common/entry';
import { hostRecordSchema, type HostRecord } from '../../common/host';
import { entryIdSchema, hostIdSchema, type EntryId, type HostId } from '../../common/ids';
import type { EntryForm, PauseForm } from '../../common/library';
import type { Network, Profile } from '../../common/profile';
import { failure, success, type Result } from '../../common/result';
import { freeId } from './free-id';
import type { LibraryRecords } from './library-store';

const longestHostName = 80;

/** The next records (null: nothing changes) and the answer, or why it can't be. */
export type Change<T> = Result<{ readonly next: LibraryRecords | null; readonly value: T }>;

/** An entry that was taken away, with its host as it was then. */
export interface RemovedEntry {
  readonly entry: Entry;
  readonly host: HostRecord;
}

/** @param takenIds of all entries and hosts that are shown, saved or not, and of entries that may come back */
export function addEntry(records: LibraryRecords, form: EntryForm, takenIds: { entries: Iterable<string>; hosts: Iterable<string> }): Change<EntryId> {
  const id = entryIdSchema.parse(freeId(form.name, takenIds.entries));
  const host = hostFor(records, form, takenIds.hosts);
  const entry = entryFrom(form, { id, host: host.id, favourite: false, hidden: false });
  return success({ next: { ...records, hosts: replaceOrAppend(records.hosts, host), entries: [...records.entries, entry] }, value: id });
}

export function editEntry(records: LibraryRecords, id: EntryId, form: EntryForm, takenHostIds: Iterable<string>): Change<EntryId> {
  const before = records.entries.find((entry) => entry.id === id);
  if (!before) return unknownEntry(id);
  const host = hostFor(records, form, takenHostIds);
  const entry = entryFrom(form, { ...before, host: host.id });
  const next = { ...records, hosts: replaceOrAppend(records.hosts, host), entries: replaceOrAppend(records.entries, entry) };
  return success({ next: withoutLonelyHost(next, before.host), value: id });
}

/** The host stays: it may have been set up with care, and its graph goes on. */
export function removeEntry(records: LibraryRecords, id: EntryId): Change<RemovedEntry> {
  const entry = records.entries.find((candidate) => candidate.id === id);
  const host = records.hosts.find((candidate) => candidate.id === entry?.host);
  if (!entry || !host) return unknownEntry(id);
  return success({ next: { ...records, entries: records.entries.filter((other) => other.id !== id) }, value: { entry, host } });
}

export function restoreEntry(records: LibraryRecords, kept: RemovedEntry, takenHostIds: Iterable<string>): Change<undefined> {
  if (records.entries.some((entry) => entry.id === kept.entry.id)) return unknownEntry(kept.entry.id);
  // Its host may have left with the last entry that used it, and another may bear its id by now.
  const known = hostAt(records, kept.host.address);
  const id = known?.id ?? hostIdSchema.parse(freeId(kept.host.id, takenHostIds));
  const hosts = known ? records.hosts : [...records.hosts, { ...kept.host, id }];
  return success({ next: { ...records, hosts, entries: [...records.entries, { ...kept.entry, host: id }] }, value: undefined });
}

/** The host at this address, made when there is none yet. */
export function ensureHost(records: LibraryRecords, address: string, name: string, takenHostIds: Iterable<string>): Change<HostId> {
  const known = hostAt(records, address);
  if (known) return success({ next: null, value: known.id });
  const id = freeId(name, takenHostIds);
  const parsed = hostRecordSchema.safeParse({ id, name: name.slice(0, longestHostName), address });
  if (!parsed.success) {
    const reason = parsed.error.issues[0]?.message ?? 'not an address';
    return failure('bad-input', `"${address}" can't be a host: ${reason}.`, 'Give a name or an address.');
  }
  return success({ next: { ...records, hosts: [...records.hosts, parsed.data] }, value: parsed.data.id });
}

/** @param entry as it is to be from now on; an app of a paired host is saved by this */
export function putEntry(records: LibraryRecords, entry: Entry): Change<undefined> {
  return success({ next: { ...records, entries: replaceOrAppend(records.entries, entry) }, value: undefined });
}

/** @param entry an app of a paired host is saved by this */
export function setPause(records: LibraryRecords, entry: Entry, form: PauseForm): Change<undefined> {
  const host = records.hosts.find((candidate) => candidate.id === entry.host);
  if (!host) return unknownEntry(entry.id);
  const { pause: _before, ...kept } = entry;
  const { pause, resumeCountdownS } = form;
  const changed = entrySchema.parse({ ...kept, ...(pause && { pause }), resumeCountdownS });
  const reached = hostRecordSchema.parse({ ...host, ...waysIn(form, host) });
  return success({ next: { ...records, hosts: replaceOrAppend(records.hosts, reached), entries: replaceOrAppend(records.entries, changed) }, value: undefined });
}

export function setHostProfile(records: LibraryRecords, id: HostId, profile: Profile): Change<undefined> {
  const host = records.hosts.find((candidate) => candidate.id === id);
  if (!host) return failure('not-found', `There is no host "${id}" in the library.`, 'Look at the library for its present name.');
  return success({ next: { ...records, hosts: replaceOrAppend(records.hosts, withProfile(host, profile)) }, value: undefined });
}

export function setNetworkProfile(records: LibraryRecords, network: Network, profile: Profile): Change<undefined> {
  const known = records.networks ?? [];
  return success({ next: { ...records, networks: replaceOrAppend(known, { ...network, profile }) }, value: undefined });
}

export function setGlobalProfile(records: LibraryRecords, profile: Profile): Change<undefined> {
  return success({ next: withProfile(records, profile), value: undefined });
}

/** Nothing set is not written into a file that never spoke of it. */
export function withProfile<T extends { readonly profile?: Profile | undefined }>(before: T, profile: Profile): T {
  return before.profile === undefined && Object.keys(profile).length === 0 ? before : { ...before, profile };
}

export function unknownEntry(id: EntryId): ReturnType<typeof failure> {
  return failure('not-found', `There is no entry "${id}" in the library.`, 'Look at the library for its present name.');
}

function hostAt({ hosts }: LibraryRecords, address: string): HostRecord | undefined {
  return hosts.find((host) => host.address.toLowerCase() === address.toLowerCase());
}

function hostFor(records: LibraryRecords, form: EntryForm, takenHostIds: Iterable<string>): HostRecord {
  const known = hostAt(records, form.address);
  const name = form.hostName ?? known?.name ?? form.address.slice(0, longestHostName);
  const profile = known?.profile;
  const id = hostIdSchema.parse(known?.id ?? freeId(name, takenHostIds));
  return hostRecordSchema.parse({ id, name, address: form.address, ...waysIn(form, known), ...(profile && { profile }) });
}

/** What a form does not show of the ways to a host stays. */
function waysIn({ ssh: typed, vmHost: machine }: PauseForm, known: HostRecord | undefined): Pick<HostRecord, 'ssh' | 'vmHost'> {
  const ssh = typed ?? known?.ssh;
  const vmHost = machine ? { ...machine, ...(machine.ssh && { ssh: { ...known?.vmHost?.ssh, ...machine.ssh } }) } : known?.vmHost;
  return { ...(ssh && { ssh }), ...(vmHost && { vmHost }) };
}

/** What the form does not show stays as it was. */
function entryFrom(form: EntryForm, kept: Pick<Entry, 'id' | 'host' | 'favourite' | 'hidden' | 'profile'>): Entry {
  const { name, protocol, port, username, fullScreen, pause, resumeCountdownS } = form;
  const { id, host, favourite, hidden, profile } = kept;
  return entrySchema.parse({
    id,
    host,
    name,
    protocol,
    ...(port !== undefined && { port }),
    ...(username !== undefined && { username }),
    fullScreen,
    favourite,
    hidden,
    ...(pause && { pause }),
    resumeCountdownS,
    ...(profile && { profile }),
  });
}

function replaceOrAppend<T extends { readonly id: string }>(items: readonly T[], item: T): readonly T[] {
  return items.some((other) => other.id === item.id)
    ? items.map((other) => (other.id === item.id ? item : other))
    : [...items, item];
}

/** An address that was corrected leaves no host behind that nothing uses. */
function withoutLonelyHost(records: LibraryRecords, leftHost: HostId): LibraryRecords {
  const used = records.entries.some((entry) => entry.host === leftHost);
  return used ? records : { ...records, hosts: records.hosts.filter((host) => host.id !== leftHost) };
}
