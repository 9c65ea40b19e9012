// The library: hosts and entries, changed here and nowhere else; every change is saved before it is announced.
import type { Entry } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { EntryId, HostId } from '../../common/ids';
import { usualProbesPerSecond } from '../../common/latency';
import type { ConfigTrouble, EntryForm, PauseForm } from '../../common/library';
import type { NetworkRecord, Profile, ProfilePlace } from '../../common/profile';
import { assertNever, failure, success, type Result } from '../../common/result';
import type { Clock, Disposable } from '../clock';
import type { Log } from '../log';
import { catalogueOf, sameApps, type AppCatalogue, type HostApps } from './app-entries';
import { renamesOfHosts, withNewName } from './app-rename-change';
import { History } from './history';
import { addNewEntries, takeBackEntries, type AddedEntries } from './import-changes';
import * as changes from './library-changes';
import { indexOf, type LibraryIndex } from './library-index';
import type { HistoryStore, HostsAndEntries, LibraryContent, LibraryRecords, LibraryStore } from './library-store';

export interface LibraryParts {
  readonly store: LibraryStore;
  readonly history: HistoryStore;
  readonly clock: Clock;
  readonly log: Log;
}

export class Library {
  private records: LibraryRecords = { hosts: [], entries: [] };
  private troubleList: readonly ConfigTrouble[] = [];
  /** Never saved: the practice host and its entry. */
  private practice: HostsAndEntries = { hosts: [], entries: [] };
  /** What paired hosts offer; saved only when the user changes something about it. */
  private apps: readonly HostApps[] = [];
  private catalogue: AppCatalogue = [];
  /** Null: something has changed since it was made. */
  private madeIndex: LibraryIndex | null = null;
  private readonly history: History;
  private readonly removed = new Map<EntryId, changes.RemovedEntry>();
  private lastChange: Promise<unknown> = Promise.resolve();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly parts: LibraryParts) {
    this.history = new History(parts);
  }

  async load(): Promise<void> {
    const content = await this.parts.store.load();
    await this.history.load();
    this.take(content);
  }

  /** Takes what somebody else has written into the file meanwhile. */
  async refresh(): Promise<void> {
    await this.change(() => success({ next: null, value: undefined }));
  }

  get file(): string {
    return this.parts.store.file;
  }

  get hosts(): readonly HostRecord[] {
    return this.index.hosts;
  }

  /** A saved entry stands before the app it was made from. The same array until something changes. */
  get entries(): readonly Entry[] {
    return this.index.entries;
  }

  get troubles(): readonly ConfigTrouble[] {
    return this.troubleList;
  }

  /** What is set for streams of all hosts. */
  get profile(): Profile {
    return this.records.profile ?? {};
  }

  /** Networks for which something is set. */
  get networks(): readonly NetworkRecord[] {
    return this.records.networks ?? [];
  }

  /** Echo questions a second, for everything that is measured. */
  get probesPerSecond(): number {
    return this.records.probesPerSecond ?? usualProbesPerSecond;
  }

  /** Epoch milliseconds; null: never. */
  lastUsedAtMs(id: EntryId): number | null {
    return this.history.lastUsedAtMs(id);
  }

  /** Milliseconds. */
  playedMs(id: EntryId): number {
    return this.history.playedMs(id);
  }

  entry(id: EntryId): Entry | null {
    return this.index.entryById.get(id) ?? null;
  }

  host(id: HostId): HostRecord | null {
    return this.index.hostById.get(id) ?? null;
  }

  onChange(listener: () => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  add(form: EntryForm): Promise<Result<EntryId>> {
    return this.change((records) => {
      // The ids of removed entries stay theirs: they may come back.
      const entries = [...this.index.entryById.keys(), ...this.removed.keys()];
      return changes.addEntry(records, form, { entries, hosts: this.hostIds });
    });
  }

  /** Adds, in one change, those of which nothing is there yet. */
  addNew(forms: readonly EntryForm[]): Promise<Result<AddedEntries>> {
    return this.change((records) => addNewEntries(records, forms, { entries: [...this.index.entryById.keys(), ...this.removed.keys()], hosts: this.hostIds }));
  }

  /** Undoes `addNew`; hosts that something uses stay. */
  takeBack(entryIds: readonly EntryId[], hostIds: readonly HostId[]): Promise<Result<undefined>> {
    return this.change((records) => takeBackEntries(records, entryIds, hostIds));
  }

  edit(id: EntryId, form: EntryForm): Promise<Result<EntryId>> {
    return this.change((records) => changes.editEntry(records, id, form, this.hostIds));
  }

  async remove(id: EntryId): Promise<Result<undefined>> {
    const removed = await this.change((records) => changes.removeEntry(records, id));
    if (!removed.ok) return removed;
    this.removed.set(id, removed.value);
    return success(undefined);
  }

  async restore(id: EntryId): Promise<Result<undefined>> {
    const restored = await this.change((records) => {
      const kept = this.removed.get(id);
      return kept ? changes.restoreEntry(records, kept, this.hostIds) : changes.unknownEntry(id);
    });
    if (restored.ok) this.removed.delete(id);
    return restored;
  }

  setFavourite(id: EntryId, favourite: boolean): Promise<Result<undefined>> {
    return this.changeEntry(id, (entry) => ({ ...entry, favourite }));
  }

  setHidden(id: EntryId, hidden: boolean): Promise<Result<undefined>> {
    return this.changeEntry(id, (entry) => ({ ...entry, hidden }));
  }

  /** How the app of an entry is paused. It is so from its next launch on. */
  setPause(id: EntryId, form: PauseForm): Promise<Result<undefined>> {
    return this.change((records) => {
      const entry = this.isPractice(id) ? null : this.entry(id);
      return entry ? changes.setPause(records, entry, form) : changes.unknownEntry(id);
    });
  }

  /** Replaces what is set at one level. An app of a paired host is saved by what is set for it. */
  setProfile(place: ProfilePlace, profile: Profile): Promise<Result<undefined>> {
    switch (place.level) {
      case 'global':
        return this.change((records) => changes.setGlobalProfile(records, profile));
      case 'host':
        return this.change((records) => changes.setHostProfile(records, place.hostId, profile));
      case 'entry':
        return this.changeEntry(place.entryId, (entry) => changes.withProfile(entry, profile));
      case 'network':
        return this.change((records) => changes.setNetworkProfile(records, place.network, profile));
      default:
        return assertNever(place);
    }
  }

  /** The host at this address, made when there is none yet. */
  ensureHost(address: string, name: string): Promise<Result<HostId>> {
    return this.change((records) => changes.ensureHost(records, address, name, this.hostIds));
  }

  /** A launch counts as use. Losing this to a full disk is no reason not to launch. */
  async noteUse(id: EntryId): Promise<void> {
    const noted = this.history.noteUse(id, !this.isPractice(id));
    this.announce();
    await noted;
  }

  /** Adds to the entry's time. @param ended false: more is to come, and nobody needs to be told yet */
  async notePlayed(id: EntryId, moreMs: number, ended: boolean): Promise<void> {
    if (this.isPractice(id)) return;
    const noted = this.history.notePlayed(id, moreMs);
    if (ended) this.announce();
    await noted;
  }

  /** Takes what paired hosts offer by now; resolves when what belonged to a renamed app is saved for its new name. */
  async setApps(apps: readonly HostApps[]): Promise<void> {
    if (sameApps(this.apps, apps)) return;
    const before = this.index;
    const renames = renamesOfHosts(this.apps, apps);
    this.apps = apps;
    this.catalogue = catalogueOf(apps);
    this.announceNewIndex();
    for (const { hostId, from, to } of renames) {
      const entry = before.entryOfApp(hostId, from);
      if (!entry) continue;
      const isUsed = this.lastUsedAtMs(entry.id) !== null || this.playedMs(entry.id) > 0;
      const kept = await this.change((records) => withNewName(records, entry, to, isUsed));
      if (!kept.ok) this.parts.log.warn('a renamed app could not be kept', { host: hostId, from, to, ...kept.failure });
    }
  }

  setPractice(records: HostsAndEntries): void {
    this.practice = records;
    this.announceNewIndex();
  }

  private get index(): LibraryIndex {
    this.madeIndex ??= indexOf(this.records, this.catalogue, this.practice);
    return this.madeIndex;
  }

  private get hostIds(): Iterable<HostId> {
    return this.index.hostById.keys();
  }

  private isPractice(id: EntryId): boolean {
    return this.practice.entries.some((entry) => entry.id === id);
  }

  /** An app of a paired host is saved by this: what is set of it must outlive the host's list. */
  private changeEntry(id: EntryId, next: (entry: Entry) => Entry): Promise<Result<undefined>> {
    return this.change((records) => {
      const entry = this.isPractice(id) ? null : this.entry(id);
      return entry ? changes.putEntry(records, next(entry)) : changes.unknownEntry(id);
    });
  }

  /** One change after another: each begins with what is saved by then, by whomever. */
  private change<T>(decide: (records: LibraryRecords) => changes.Change<T>): Promise<Result<T>> {
    const changed = this.lastChange.then(async (): Promise<Result<T>> => {
      // Else it would be written over.
      const content = await this.parts.store.reload();
      if (content) this.take(content);
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

  private take({ records, troubles }: LibraryContent): void {
    this.troubleList = troubles;
    for (const trouble of troubles) this.parts.log.warn('config trouble', { ...trouble });
    this.records = records;
    this.announceNewIndex();
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
    this.announceNewIndex();
    return success(undefined);
  }

  private announceNewIndex(): void {
    this.madeIndex = null;
    this.announce();
  }

  private announce(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
