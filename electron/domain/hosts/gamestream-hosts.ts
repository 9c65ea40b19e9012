// The GameStream hosts that Athena knows: added by address, recognised by identity, paired, asked for their apps.
import type { HostId } from '../../common/ids';
import { failure, success, type Result } from '../../common/result';
import type { Disposable } from '../clock';
import type { Log } from '../log';
import type { GameStreamApp, GameStreamHost, PairingRequest, ServerInfo, WebLogIn } from './gamestream-host';
import { recordOf, type GameStreamRecord, type GameStreamStore } from './gamestream-record';
import { accessTo, sightAt, sightHost, type Sighting } from './host-sighting';

/** The library's side: a host there holds the name, the SSH access and the first address. */
export interface HostBook {
  /** Finds the host with this address, or makes one. */
  ensureHost(address: string, name: string): Promise<Result<HostId>>;
}

export interface GameStreamHostsParts {
  readonly port: GameStreamHost;
  readonly store: GameStreamStore;
  readonly book: HostBook;
  readonly log: Log;
}

export interface HostAnswer {
  readonly record: GameStreamRecord;
  readonly info: ServerInfo;
}

/** What another program tells of a host. */
export interface UnpairedHost extends Pick<GameStreamRecord, 'uniqueId' | 'httpPort' | 'mac'> {
  readonly name: string;
  /** The last good one first. */
  readonly addresses: readonly [string, ...string[]];
}

export type PairingChoice = Pick<PairingRequest, 'pin' | 'clientName' | 'web' | 'cancel'>;

export class GameStreamHosts {
  private list: readonly GameStreamRecord[] = [];
  private reading: Promise<readonly GameStreamRecord[]> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly parts: GameStreamHostsParts) {}

  /** Begins to read, so that `load` has less to wait for. */
  beginLoad(): void {
    this.reading = this.parts.store.load();
    this.reading.catch(() => undefined); // `load` tells of it
  }

  async load(): Promise<void> {
    this.list = await (this.reading ?? this.parts.store.load());
    this.reading = null;
    this.announce();
  }

  /** What another Athena (a window, a command) has saved meanwhile. */
  async reload(): Promise<void> {
    this.take(await this.parts.store.load());
  }

  get records(): readonly GameStreamRecord[] {
    return this.list;
  }

  record(hostId: HostId): GameStreamRecord | null {
    return recordOf(this.list, hostId);
  }

  onChange(listener: () => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Asks an address who it is. A known identity gains an address; a new one becomes a host. */
  async add(address: string, httpPort: number): Promise<Result<HostAnswer>> {
    const asked = await this.parts.port.serverInfo({ address, httpPort, certificatePem: null });
    if (!asked.ok) return asked;
    const info = asked.value;
    const known = this.list.find((record) => record.uniqueId === info.uniqueId);
    if (known) return this.gain(known, { address, httpPort, info }, withFirst);
    const host = await this.parts.book.ensureHost(address, info.name);
    if (!host.ok) return host;
    const record: GameStreamRecord = {
      hostId: host.value,
      uniqueId: info.uniqueId,
      addresses: [address],
      httpPort,
      certificatePem: null,
      mac: info.mac,
      apps: [],
    };
    const kept = await this.keepNew(record);
    if (!kept.ok) return kept;
    if (kept.value) return success({ record: kept.value, info });
    return failure(
      'already-there',
      `${address} answers as another host than before (${info.name}).`,
      'If the host was reinstalled, remove it from the library and add it again.',
    );
  }

  /** A host that another program knows, asleep or not: nobody is asked, and it is still to be paired. A known identity stays as it is. */
  async keepUnpaired({ name, ...told }: UnpairedHost): Promise<Result<{ readonly hostId: HostId; readonly isNew: boolean }>> {
    const known = this.list.find(({ uniqueId }) => uniqueId === told.uniqueId);
    if (known) return success({ hostId: known.hostId, isNew: false });
    const host = await this.parts.book.ensureHost(told.addresses[0], name);
    if (!host.ok) return host;
    const record: GameStreamRecord = { ...told, hostId: host.value, addresses: [...told.addresses].slice(0, mostAddresses), certificatePem: null, apps: [] };
    const kept = await this.keepNew(record);
    if (!kept.ok) return kept;
    if (kept.value) return success({ hostId: record.hostId, isNew: true });
    return failure('already-there', `${told.addresses[0]} belongs to another host in the library (not to ${name}).`, 'If the host was reinstalled, forget it in the library and add it again.');
  }

  /**
   * Asks an address that nobody typed who it is. A known identity gains it as its last address; anybody else is left alone.
   * @returns null when no known host answers there
   */
  async recognise(address: string, httpPort: number): Promise<HostId | null> {
    const asked = await this.parts.port.serverInfo({ address, httpPort, certificatePem: null });
    const known = asked.ok ? this.list.find(({ uniqueId }) => uniqueId === asked.value.uniqueId) : undefined;
    if (!asked.ok || !known) return null;
    const gained = await this.gain(known, { address, httpPort, info: asked.value }, withLast);
    if (!gained.ok) this.parts.log.warn('an address answers with the identity of a known host, but not as this host', { address, ...gained.failure });
    return gained.ok ? known.hostId : null;
  }

  /**
   * Asks a known host for its state, at each of its addresses until one answers with the host's own identity.
   * Another identity at an address is not this host; that answer is passed over.
   */
  async look(hostId: HostId): Promise<Result<HostAnswer>> {
    const { record, sighting } = await this.see(hostId);
    if (record === null) return unknownHost();
    return sighting.kind === 'here' ? success({ record, info: sighting.info }) : { ok: false, failure: sighting.failure };
  }

  /** As `look`, but tells apart why there is no answer. `record` null: no such host. */
  async see(hostId: HostId): Promise<{ readonly record: GameStreamRecord | null; readonly sighting: Sighting }> {
    const record = this.record(hostId);
    if (!record) return { record, sighting: { kind: 'no-answer', ...unknownHost() } };
    const sighting = await sightHost(this.parts.port, record);
    if (sighting.kind !== 'here') return { record: this.record(hostId), sighting };
    const { address, info } = sighting;
    const kept = await this.changeOne(hostId, (before) => {
      const mac = info.mac ?? before.mac;
      return before.addresses[0] === address && before.mac === mac ? before : { ...before, addresses: withFirst(before.addresses, address), mac };
    });
    // The host has answered, whether or not that could be saved.
    return { record: kept.ok ? kept.value : this.record(hostId), sighting };
  }

  /** Pairs, and saves the host's certificate only when all steps and checks have passed. */
  async pair(hostId: HostId, choice: PairingChoice): Promise<Result<GameStreamRecord>> {
    const { record, sighting } = await this.see(hostId);
    if (!record) return unknownHost();
    // A host that was reinstalled refuses the old certificate: pairing again, where it was seen, is what mends it.
    const address = sighting.kind === 'here' || sighting.kind === 'certificate-changed' ? sighting.address : (record.addresses[0] ?? '');
    const paired = await this.parts.port.pair({ ...choice, address, httpPort: record.httpPort });
    if (!paired.ok) return paired;
    const { uniqueId, name, certificatePem } = paired.value;
    if (uniqueId !== record.uniqueId) {
      return failure('bad-answer', `${address} paired as another host (${name}).`, 'Add that host by its address instead.');
    }
    const kept = await this.changeOne(hostId, (before) => ({ ...before, addresses: withFirst(before.addresses, address), certificatePem }));
    if (!kept.ok) return kept;
    const apps = await this.refreshApps(hostId);
    if (!apps.ok) this.parts.log.warn('apps of a paired host could not be read', { host: hostId, ...apps.failure });
    return success(this.record(hostId) ?? kept.value);
  }

  async refreshApps(hostId: HostId): Promise<Result<readonly GameStreamApp[]>> {
    const found = await this.look(hostId);
    if (!found.ok) return found;
    const { record } = found.value;
    if (record.certificatePem === null) return notPaired();
    const apps = await this.parts.port.apps(accessTo(record));
    if (!apps.ok) return apps;
    const list = apps.value.map(({ id, name, hdr }) => ({ id, name, hdr }));
    const kept = await this.changeOne(hostId, (before) => (JSON.stringify(before.apps) === JSON.stringify(list) ? before : { ...before, apps: list }));
    return kept.ok ? success(apps.value) : kept;
  }

  /**
   * Ends the running app and all its streams.
   * @param web the log-in of its web page: hosts that refuse while somebody streams are asked there
   */
  async quit(hostId: HostId, web?: WebLogIn): Promise<Result<null>> {
    const found = await this.look(hostId);
    if (!found.ok) return found;
    if (found.value.record.certificatePem === null) return notPaired();
    return this.parts.port.quit(accessTo(found.value.record), web);
  }

  /** Its pairing, its apps and its addresses; the library's own host stays. */
  async forget(hostId: HostId): Promise<Result<null>> {
    if (!this.record(hostId)) return unknownHost();
    return this.change((records) => records.filter((record) => record.hostId !== hostId));
  }

  /** A known identity answers at an address. Paired, it must show its certificate at a new one: anybody can say a name. */
  private async gain(
    known: GameStreamRecord,
    at: { readonly address: string; readonly httpPort: number; readonly info: ServerInfo },
    placed: typeof withFirst,
  ): Promise<Result<HostAnswer>> {
    const { address, httpPort } = at;
    // All its addresses share one port: a second port is taken only when it has left the first.
    if (httpPort !== known.httpPort && (await sightHost(this.parts.port, known)).kind === 'here') return success({ record: known, info: at.info });
    let info = at.info;
    const isNew = !known.addresses.includes(address) || httpPort !== known.httpPort;
    if (isNew && known.certificatePem !== null) {
      const sighting = await sightAt(this.parts.port, { ...known, httpPort }, address);
      if (sighting.kind !== 'here') return { ok: false, failure: sighting.failure };
      info = sighting.info;
    }
    const kept = await this.changeOne(known.hostId, (before) => ({ ...before, addresses: placed(before.addresses, address), httpPort }));
    return kept.ok ? success({ record: kept.value, info }) : kept;
  }

  /** @param next hands back the same record when it has nothing to change, as after most answers */
  private async changeOne(hostId: HostId, next: (record: GameStreamRecord) => GameStreamRecord): Promise<Result<GameStreamRecord>> {
    const before = this.record(hostId);
    if (!before) return unknownHost();
    if (next(before) === before) return success(before);
    const changed = await this.change((records) => records.map((record) => (record.hostId === hostId ? next(record) : record)));
    if (!changed.ok) return changed;
    const record = this.record(hostId);
    return record ? success(record) : unknownHost();
  }

  /** Of what is on the disk by now: another Athena may have written it since. */
  private async change(next: (records: readonly GameStreamRecord[]) => readonly GameStreamRecord[]): Promise<Result<null>> {
    const changed = await this.parts.store.change(next).catch((error: unknown) => {
      this.parts.log.error('GameStream hosts could not be saved', { error });
      return null;
    });
    if (!changed) return failure('io', 'What is known of the host could not be saved.', 'Make room on the disk, and look into the log.');
    this.take(changed);
    return success(null);
  }

  /** @returns what is kept of it now; null: another host has the place */
  private async keepNew(record: GameStreamRecord): Promise<Result<GameStreamRecord | null>> {
    const kept = await this.change((records) =>
      records.some(({ hostId, uniqueId }) => hostId === record.hostId || uniqueId === record.uniqueId) ? records : [...records, record],
    );
    if (!kept.ok) return kept;
    const present = this.record(record.hostId);
    return success(present?.uniqueId === record.uniqueId ? present : null);
  }

  private take(records: readonly GameStreamRecord[]): void {
    if (records === this.list) return;
    this.list = records;
    this.announce();
  }

  private announce(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

const mostAddresses = 16;

function withFirst(addresses: readonly string[], first: string): string[] {
  return [first, ...addresses.filter((address) => address !== first)].slice(0, mostAddresses);
}

/** What came by itself never pushes out what was good before. */
function withLast(addresses: readonly string[], last: string): string[] {
  return addresses.includes(last) ? [...addresses] : [...addresses, last].slice(0, mostAddresses);
}

function unknownHost(): ReturnType<typeof failure> {
  return failure('not-found', 'Athena knows no such GameStream host.', 'Add it by its name or address first.');
}

function notPaired(): ReturnType<typeof failure> {
  return failure('not-paired', 'This host is not paired with Athena.', 'Pair it first, in the window or with `athena pair HOST`.');
}
