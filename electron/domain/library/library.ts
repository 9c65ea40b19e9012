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

const longestHostName = 80;

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
  /** What paired hosts offer; saved only when the user changes something about it. */
  private apps: readonly Entry[] = [];
  private readonly removed = new Map<EntryId, { readonly entry: Entry; readonly host: HostRecord }>();
  private lastChange: Promise<unknown> = Promise.resolve();
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

  /** A saved entry stands before the app it was made from. */
  get entries(): readonly Entry[] {
    const saved = this.records.entries;
    const apps = this.apps.filter(({ host, app }) => !saved.some((entry) => entry.host === host && entry.app === app));
    return [...saved, ...apps, ...this.practice.entries];
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

  add(form: EntryForm): Promise<Result<EntryId>> {
    return this.change(({ hosts, entries }) => {
      // The ids of removed entries stay theirs: they may come back.
      const id = entryIdSchema.parse(freeId(form.name, [...this.entries.map((entry) => entry.id), ...this.removed.keys()]));
      const host = this.hostFor(form);
      const entry = entryFrom(form, id, host.id, false);
      return success({ next: { hosts: replaceOrAppend(hosts, host), entries: [...entries, entry] }, value: id });
    });
  }

  edit(id: EntryId, form: EntryForm): Promise<Result<EntryId>> {
    return this.change(({ hosts, entries }) => {
      const before = entries.find((entry) => entry.id === id);
      if (!before) return unknownEntry(id);
      const host = this.hostFor(form);
      const entry = entryFrom(form, id, host.id, before.favourite);
      const next = { hosts: replaceOrAppend(hosts, host), entries: replaceOrAppend(entries, entry) };
      return success({ next: withoutLonelyHosts(next, before.host), value: id });
    });
  }

  /** The host stays: it may have been set up with care, and its graph goes on. */
  async remove(id: EntryId): Promise<Result<undefined>> {
    const removed = await this.change(({ hosts, entries }) => {
      const entry = entries.find((candidate) => candidate.id === id);
      const host = hosts.find((candidate) => candidate.id === entry?.host);
      if (!entry || !host) return unknownEntry(id);
      return success({ next: { hosts, entries: entries.filter((other) => other.id !== id) }, value: { entry, host } });
    });
    if (!removed.ok) return removed;
    this.removed.set(id, removed.value);
    return success(undefined);
  }

  async restore(id: EntryId): Promise<Result<undefined>> {
    const restored = await this.change(({ hosts, entries }) => {
      const kept = this.removed.get(id);
      if (!kept || entries.some((entry) => entry.id === id)) return unknownEntry(id);
      // Its host may have left with the last entry that used it, and another may bear its id by now.
      const known = hosts.find((host) => host.address.toLowerCase() === kept.host.address.toLowerCase());
      const hostId = known?.id ?? hostIdSchema.parse(freeId(kept.host.id, this.hosts.map((host) => host.id)));
      const next = {
        hosts: known ? hosts : [...hosts, { ...kept.host, id: hostId }],
        entries: [...entries, { ...kept.entry, host: hostId }],
      };
      return success({ next, value: undefined });
    });
    if (restored.ok) this.removed.delete(id);
    return restored;
  }

  setFavourite(id: EntryId, favourite: boolean): Promise<Result<undefined>> {
    return this.change(({ hosts, entries }) => {
      // An app of a paired host is saved by this: its favourite must outlive the host's list.
      const entry = [...entries, ...this.apps].find((candidate) => candidate.id === id);
      if (!entry) return unknownEntry(id);
      return success({ next: { hosts, entries: replaceOrAppend(entries, { ...entry, favourite }) }, value: undefined });
    });
  }

  /** The host at this address, made when there is none yet. */
  ensureHost(address: string, name: string): Promise<Result<HostId>> {
    return this.change(({ hosts, entries }) => {
      const known = hosts.find((host) => host.address.toLowerCase() === address.toLowerCase());
      if (known) return success({ next: null, value: known.id });
      const id = freeId(name, this.hosts.map((host) => host.id));
      const parsed = hostRecordSchema.safeParse({ id, name: name.slice(0, longestHostName), address });
      if (!parsed.success) {
        const reason = parsed.error.issues[0]?.message ?? 'not an address';
        return failure('bad-input', `"${address}" can't be a host: ${reason}.`, 'Give a name or an address.');
      }
      return success({ next: { hosts: [...hosts, parsed.data], entries }, value: parsed.data.id });
    });
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

  setApps(apps: readonly Entry[]): void {
    this.apps = apps;
    this.announce();
  }

  setPractice(records: LibraryRecords): void {
    this.practice = records;
    this.announce();
  }

  private hostFor(form: EntryForm): HostRecord {
    const known = this.records.hosts.find((host) => host.address.toLowerCase() === form.address.toLowerCase());
    const name = form.hostName ?? known?.name ?? form.address.slice(0, longestHostName);
    const ssh = form.ssh ?? known?.ssh;
    const id = known?.id ?? freeId(name, this.hosts.map((host) => host.id));
    return hostRecordSchema.parse({ id: hostIdSchema.parse(id), name, address: form.address, ...(ssh && { ssh }) });
  }

  /**
   * One change after another: each begins with what the last one saved.
   * @param decide gives the next records (null: nothing changes) and the answer, or why it can't be
   */
  private change<T>(decide: (records: LibraryRecords) => Result<{ next: LibraryRecords | null; value: T }>): Promise<Result<T>> {
    const changed = this.lastChange.then(async (): Promise<Result<T>> => {
      const decided = decide(this.records);
      if (!decided.ok) return decided;
      const { next, value } = decided.value;
      const saved = next === null ? success(undefined) : await this.save(next);
      return saved.ok ? success(value) : saved;
    });
    // An exception is its caller's; the next change goes on.
    this.lastChange = changed.catch(() => undefined);
    return changed;
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
