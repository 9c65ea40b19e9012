// The port of what is saved: the library, when entries were used and for how long, and the certificates the user trusts.
import type { Entry, Protocol } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { EntryId, HostId } from '../../common/ids';
import type { ConfigTrouble } from '../../common/library';
import type { NetworkRecord, Profile } from '../../common/profile';

export interface HostsAndEntries {
  readonly hosts: readonly HostRecord[];
  readonly entries: readonly Entry[];
}

export interface LibraryRecords extends HostsAndEntries {
  /** How streams are to look wherever nothing else says; absent: nothing is set. */
  readonly profile?: Profile;
  /** Networks for which something is set; absent: none. */
  readonly networks?: readonly NetworkRecord[];
  /** Echo questions a second; absent: as many as usual. */
  readonly probesPerSecond?: number;
}

export interface LibraryContent {
  readonly records: LibraryRecords;
  readonly troubles: readonly ConfigTrouble[];
}

export interface LibraryStore {
  /** The file's place, for people who edit it by hand. */
  readonly file: string;
  /** Reads what can be used; what can't is told as troubles, and a copy of the whole file is kept. Never throws. */
  load(): Promise<LibraryContent>;
  /** What somebody else has written since: a person with an editor, or a command beside the window. Null: nothing. Never throws. */
  reload(): Promise<LibraryContent | null>;
  /** Writes atomically; comments and the order of a hand-written file stay. @throws when the disk refuses */
  save(records: LibraryRecords): Promise<void>;
}

export interface HistoryRecords {
  /** Epoch milliseconds of each entry's last launch. */
  readonly usedAtMs: ReadonlyMap<EntryId, number>;
  /** Milliseconds that each entry's picture was there, all sessions together. */
  readonly playedMs: ReadonlyMap<EntryId, number>;
}

export interface HistoryStore {
  load(): Promise<HistoryRecords>;
  /**
   * One change after another, each of what is saved by then: a window and a command may both write.
   * @returns what is saved now
   * @throws when the disk refuses
   */
  change(next: (before: HistoryRecords) => HistoryRecords): Promise<HistoryRecords>;
}

/** Certificates pinned for hosts: sha256 fingerprints, lower-case hex pairs joined by colons. */
export interface CertificateStore {
  read(hostId: HostId, protocol: Protocol): Promise<string | null>;
  trust(hostId: HostId, protocol: Protocol, fingerprint: string): Promise<void>;
  forget(hostId: HostId, protocol: Protocol): Promise<void>;
}
