// The library: hosts and entries, changed here and nowhere else; every change is saved before it is announced.
import { entrySchema, type Entry } from '../../common/entry';
import { hostRecordSchema, type HostRecord } from '../../common/host';
import { entryIdSchema, hostIdSchema, type EntryId, type HostId } from '../../common/ids';
import type { ConfigTrouble, EntryForm } from '../../common/library';
import { failure, success, type Result } from '../../common/result';
import type { Clock, Disposable } from '../clock';
import type { Log } from '../log';
import type { HistoryStore, LibraryRecords, LibraryStore } from './library-store';
import { freeId } from './free-id';

export interface LibraryParts {
  readonly store: LibraryStore;
  readonly history: HistoryStore;
  readonly clock: Clock;
  readonly log: Log;
}

export class Library {
  private records: LibraryRecords = { hosts: [], entries: [] };
  private troubleList: readonly ConfigTrouble[] = [];
  private usedAtMs = new Map<EntryId, number>();
  /** Never saved: the practice host and its entry. */
  private practice: LibraryRecords = { hosts: [], entries: [] };
  private readonly removed = new Map<EntryId, Entry>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly parts: LibraryParts) {}

  async load(): Promise<void> {
    const { records, troubles } = await this.parts.store.load();
    this.records = records;
    this.troubleList = troubles;
    this.usedAtMs = new Map(await this.parts.history.load());
    for (const trouble of troubles) this.parts.log.warn('config trouble', { ...trouble });
    this.announce();
  }

  get file(): string {
    return this.parts.store.file;
  }

  get hosts(): readonly HostRecord[] {
    return [...this.records.hosts, ...this.practice.hosts];
  }

  get entries(): readonly Entry[] {
    return [...this.records.entries, ...this.practice.entries];
  }

  get troubles(): readonly ConfigTrouble[] {
    return this.troubleList;
  }

  lastUsedAtMs(id: EntryId): number | null {
    return this.usedAtMs.get(id) ?? null;
  }

  entry(id: EntryId): Entry | null {
    return this.entries.find((entry) => entry.id === id) ?? null;
  }

  host(id: HostId): HostRecord | null {
    return this.hosts.find((host) => host.id === id) ?? null;
  }

  onChange(listener: () => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  async add(form: EntryForm): Promise<Result<EntryId>> {
    const id = entryIdSchema.parse(freeId(form.name, this.entries.map((entry) => entry.id)));
    const host = this.hostFor(form);
    const entry = entryFrom(form, id, host.id, false);
    const saved = await this.save({
      hosts: replaceOrAppend(this.records.hosts, host),
      entries: [...this.records.entries, entry],
    });
    return saved.ok ? success(id) : saved;
  }

  async edit(id: EntryId, form: EntryForm): Promise<Result<EntryId>> {
    const before = this.records.entries.find((entry) => entry.id === id);
    if (!before) return unknownEntry(id);
    const host = this.hostFor(form);
    const entry = entryFrom(form, id, host.id, before.favourite);
    const saved = await this.save(
      withoutLonelyHosts({
        hosts: replaceOrAppend(this.records.hosts, host),
        entries: replaceOrAppend(this.records.entries, entry),
      }, before.host),
    );
    return saved.ok ? success(id) : saved;
  }

  /** The host stays: it may have been set up with care, and its graph goes on. */
  async remove(id: EntryId): Promise<Result<undefined>> {
    const entry = this.records.entries.find((candidate) => candidate.id === id);
    if (!entry) return unknownEntry(id);
    const saved = await this.save({ ...this.records, entries: this.records.entries.filter((other) => other.id !== id) });
    if (saved.ok) this.removed.set(id, entry);
    return saved;
  }

  async restore(id: EntryId): Promise<Result<undefined>> {
    const entry = this.removed.get(id);
    if (!entry) return unknownEntry(id);
    const saved = await this.save({ ...this.records, entries: [...this.records.entries, entry] });
    if (saved.ok) this.removed.delete(id);
    return saved;
  }

  async setFavourite(id: EntryId, favourite: boolean): Promise<Result<undefined>> {
    const entry = this.records.entries.find((candidate) => candidate.id === id);
    if (!entry) return unknownEntry(id);
    return this.save({ ...this.records, entries: replaceOrAppend(this.records.entries, { ...entry, favourite }) });
  }

  /** A launch counts as use. Losing this to a full disk is no reason not to launch. */
  async noteUse(id: EntryId): Promise<void> {
    this.usedAtMs.set(id, this.parts.clock.nowMs());
    this.announce();
    if (this.practice.entries.some((entry) => entry.id === id)) return;
    try {
      await this.parts.history.save(this.usedAtMs);
    } catch (error) {
      this.parts.log.warn('history could not be saved', { error });
    }
  }

  setPractice(records: LibraryRecords): void {
    this.practice = records;
    this.announce();
  }

  private hostFor(form: EntryForm): HostRecord {
    const known = this.records.hosts.find((host) => host.address.toLowerCase() === form.address.toLowerCase());
    const name = form.hostName ?? known?.name ?? form.address;
    const ssh = form.ssh ?? known?.ssh;
    const id = known?.id ?? freeId(name, this.hosts.map((host) => host.id));
    return hostRecordSchema.parse({ id: hostIdSchema.parse(id), name, address: form.address, ...(ssh && { ssh }) });
  }

  private async save(next: LibraryRecords): Promise<Result<undefined>> {
    try {
      await this.parts.store.save(next);
    } catch (error) {
      this.parts.log.error('library could not be saved', { error });
      const reason = error instanceof Error ? error.message : String(error);
      return failure('io', `The library could not be saved: ${reason}`, `Make room or allow writing to ${this.file}.`);
    }
    this.records = next;
    this.announce();
    return success(undefined);
  }

  private announce(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

function entryFrom(form: EntryForm, id: EntryId, host: HostId, favourite: boolean): Entry {
  const { name, protocol, port, username, fullScreen, pause, resumeCountdownS } = form;
  return entrySchema.parse({
    id,
    host,
    name,
    protocol,
    ...(port !== undefined && { port }),
    ...(username !== undefined && { username }),
    fullScreen,
    favourite,
    ...(pause && { pause }),
    resumeCountdownS,
  });
}

function replaceOrAppend<T extends { readonly id: string }>(items: readonly T[], item: T): readonly T[] {
  return items.some((other) => other.id === item.id)
    ? items.map((other) => (other.id === item.id ? item : other))
    : [...items, item];
}

/** An address that was corrected leaves no host behind that nothing uses. */
function withoutLonelyHosts(records: LibraryRecords, leftHost: HostId): LibraryRecords {
  const used = records.entries.some((entry) => entry.host === leftHost);
  return used ? records : { ...records, hosts: records.hosts.filter((host) => host.id !== leftHost) };
}

function unknownEntry(id: EntryId): Result<never> {
  return failure('not-found', `There is no entry "${id}" in the library.`, 'Look at the library for its present name.');
}
