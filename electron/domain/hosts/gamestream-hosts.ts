// The GameStream hosts that Athena knows: added by address, recognised by identity, paired, asked for their apps.
import type { HostId } from '../../common/ids';
import { failure, success, type Result } from '../../common/result';
import type { Disposable } from '../clock';
import type { Log } from '../log';
import type { GameStreamAccess, GameStreamApp, GameStreamHost, PairingRequest, ServerInfo } from './gamestream-host';
import { recordOf, type GameStreamRecord, type GameStreamStore } from './gamestream-record';

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

export type PairingChoice = Pick<PairingRequest, 'pin' | 'clientName' | 'web' | 'cancel'>;

export class GameStreamHosts {
  private list: readonly GameStreamRecord[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(private readonly parts: GameStreamHostsParts) {}

  async load(): Promise<void> {
    this.list = await this.parts.store.load();
    this.announce();
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
    if (known) {
      const record = { ...known, addresses: withFirst(known.addresses, address), httpPort };
      return this.keep(record, info);
    }
    const host = await this.parts.book.ensureHost(address, info.name);
    if (!host.ok) return host;
    const taken = recordOf(this.list, host.value);
    if (taken) {
      return failure(
        'already-there',
        `${address} answers as another host than before (${info.name}).`,
        'If the host was reinstalled, remove it from the library and add it again.',
      );
    }
    const record: GameStreamRecord = {
      hostId: host.value,
      uniqueId: info.uniqueId,
      addresses: [address],
      httpPort,
      certificatePem: null,
      mac: info.mac,
      apps: [],
    };
    return this.keep(record, info);
  }

  /**
   * Asks a known host for its state, at each of its addresses until one answers with the host's own identity.
   * Another identity at an address is not this host; that answer is passed over.
   */
  async look(hostId: HostId): Promise<Result<HostAnswer>> {
    const record = this.record(hostId);
    if (!record) return unknownHost();
    const problems: Result<never>[] = [];
    for (const address of record.addresses) {
      const asked = await this.parts.port.serverInfo(accessTo(record, address));
      if (!asked.ok) {
        problems.push(asked);
        continue;
      }
      if (asked.value.uniqueId !== record.uniqueId) {
        const message = `${address} answers, but as another host (${asked.value.name}).`;
        problems.push(failure('host-unreachable', message, 'The address was given to another machine: look at DHCP and DNS.'));
        continue;
      }
      return this.keep({ ...record, addresses: withFirst(record.addresses, address), mac: asked.value.mac ?? record.mac }, asked.value);
    }
    return problems.at(-1) ?? unknownHost();
  }

  /** Pairs, and saves the host's certificate only when all steps and checks have passed. */
  async pair(hostId: HostId, choice: PairingChoice): Promise<Result<GameStreamRecord>> {
    const found = await this.look(hostId);
    // A host that was reinstalled refuses the old certificate: pairing again is what mends it.
    const record = found.ok ? found.value.record : this.record(hostId);
    if (!record) return unknownHost();
    const [address = ''] = record.addresses;
    const paired = await this.parts.port.pair({ ...choice, address, httpPort: record.httpPort });
    if (!paired.ok) return paired;
    if (paired.value.uniqueId !== record.uniqueId) {
      return failure('bad-answer', `${address} paired as another host (${paired.value.name}).`, 'Add that host by its address instead.');
    }
    const kept = await this.save({ ...record, certificatePem: paired.value.certificatePem });
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
    const kept = await this.save({ ...record, apps: apps.value.map((app) => ({ ...app })) });
    return kept.ok ? success(apps.value) : kept;
  }

  /** Ends the running app and all its streams. */
  async quit(hostId: HostId): Promise<Result<null>> {
    const found = await this.look(hostId);
    if (!found.ok) return found;
    if (found.value.record.certificatePem === null) return notPaired();
    return this.parts.port.quit(accessTo(found.value.record));
  }

  private async keep(record: GameStreamRecord, info: ServerInfo): Promise<Result<HostAnswer>> {
    const kept = await this.save(record);
    return kept.ok ? success({ record: kept.value, info }) : kept;
  }

  private async save(record: GameStreamRecord): Promise<Result<GameStreamRecord>> {
    const before = this.record(record.hostId);
    if (before && JSON.stringify(before) === JSON.stringify(record)) return success(before);
    const next = before
      ? this.list.map((other) => (other.hostId === record.hostId ? record : other))
      : [...this.list, record];
    try {
      await this.parts.store.save(next);
    } catch (error) {
      this.parts.log.error('GameStream hosts could not be saved', { error });
      return failure('io', 'What is known of the host could not be saved.', 'Make room on the disk, and look into the log.');
    }
    this.list = next;
    this.announce();
    return success(record);
  }

  private announce(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

/** @param address one of the host's; by default the last good one */
export function accessTo(record: GameStreamRecord, address = record.addresses[0] ?? ''): GameStreamAccess {
  return { address, httpPort: record.httpPort, certificatePem: record.certificatePem };
}

function withFirst(addresses: readonly string[], first: string): string[] {
  return [first, ...addresses.filter((address) => address !== first)].slice(0, 16);
}

function unknownHost(): Result<never> {
  return failure('not-found', 'Athena knows no such GameStream host.', 'Add it by its name or address first.');
}

function notPaired(): Result<never> {
  return failure('not-paired', 'This host is not paired with Athena.', 'Pair it first, in the window or with `athena pair HOST`.');
}
