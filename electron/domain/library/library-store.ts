// The port of what is saved: the library, when entries were used, and the certificates the user trusts.
import type { Entry, Protocol } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { EntryId, HostId } from '../../common/ids';
import type { ConfigTrouble } from '../../common/library';

export interface LibraryRecords {
  readonly hosts: readonly HostRecord[];
  readonly entries: readonly Entry[];
}

export interface LibraryStore {
  /** The file's place, for people who edit it by hand. */
  readonly file: string;
  /** Reads what can be used; what can't is told as troubles, and a copy of the whole file is kept. Never throws. */
  load(): Promise<{ readonly records: LibraryRecords; readonly troubles: readonly ConfigTrouble[] }>;
  /** Writes atomically; comments and the order of a hand-written file stay. @throws when the disk refuses */
  save(records: LibraryRecords): Promise<void>;
}

export interface HistoryStore {
  load(): Promise<ReadonlyMap<EntryId, number>>;
  /** @param usedAtMs epoch milliseconds of each entry's last launch */
  save(usedAtMs: ReadonlyMap<EntryId, number>): Promise<void>;
}

/** Certificates pinned for hosts: sha256 fingerprints, lower-case hex pairs joined by colons. */
export interface CertificateStore {
  read(hostId: HostId, protocol: Protocol): Promise<string | null>;
  trust(hostId: HostId, protocol: Protocol, fingerprint: string): Promise<void>;
  forget(hostId: HostId, protocol: Protocol): Promise<void>;
}
