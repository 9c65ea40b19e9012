// Looks at everything between us and a host that does not answer: its name, its neighbours, its port, its identity, its certificate.
import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Clock } from '../../domain/clock';
import type { OfflineInquiry } from '../../domain/hosts/explain-host';
import type { GameStreamHost } from '../../domain/hosts/gamestream-host';
import type { GameStreamRecord } from '../../domain/hosts/gamestream-record';
import type { HostPing } from '../../domain/hosts/host-ping';
import { accessTo } from '../../domain/hosts/host-sighting';
import type { OfflineFacts } from '../../domain/hosts/offline-reason';
import { neighbourAt, placeOf } from './neighbour-table';

export interface OfflineFactsParts {
  readonly host: Pick<GameStreamHost, 'serverInfo'>;
  readonly ping: HostPing;
  readonly clock: Clock;
}

/** A resolver that is gone; milliseconds. */
const lookupLimitMs = 5_000;
/** An address that nobody has is given up by the system after three; a second SYN goes out after one. Milliseconds. */
const connectLimitMs = 4_000;
/** Of the addresses a host may be at; all are tried at once. */
const mostAddresses = 4;

type Lookup = OfflineFacts['lookup'];
type Door = 'open' | 'refused' | 'timed-out' | 'no-route';

export class OfflineFactsByNetwork implements OfflineInquiry {
  constructor(private readonly parts: OfflineFactsParts) {}

  async collect(name: string, record: GameStreamRecord): Promise<OfflineFacts> {
    const looked = await this.#lookUp(name);
    const { address, door, pingAnswered } = await this.#bestOf(addressesFor(name, looked, record), record.httpPort);
    const facts: OfflineFacts = {
      name,
      lookup: looked,
      knownAddresses: record.addresses,
      // After the questions above: the system's table only knows who was asked for.
      neighbour: address === null ? { kind: 'not-asked' } : await neighbourAt(address),
      knownMac: record.mac,
      pingAnswered,
      port: record.httpPort,
      service: { kind: 'not-asked' },
      identity: { expected: record.uniqueId, got: null },
      certificate: record.certificatePem === null ? 'not-paired' : 'not-asked',
    };
    if (address === null || door === null) return facts;
    return door === 'open' ? { ...facts, ...(await this.#askService(address, record)) } : { ...facts, service: { kind: door } };
  }

  async #lookUp(name: string): Promise<Lookup> {
    if (isIP(name.replace(/%.*$/, '')) !== 0) return { kind: 'literal' };
    const tooLong = new Promise<Lookup>((resolve) => this.parts.clock.after(lookupLimitMs, () => resolve({ kind: 'failed' })));
    const answer = lookup(name, { all: true }).then(
      (found): Lookup => ({ kind: 'resolved', addresses: found.map(({ address }) => address) }),
      (error: NodeJS.ErrnoException): Lookup => ({ kind: error.code === 'ENOTFOUND' ? 'not-found' : 'failed' }),
    );
    return Promise.race([answer, tooLong]);
  }

  /** Of several addresses the one that got furthest is the one to tell about. */
  async #bestOf(addresses: readonly string[], port: number): Promise<{ address: string | null; door: Door | null; pingAnswered: boolean | null }> {
    const tried = await Promise.all(
      addresses.map(async (address) => {
        const [door, pingAnswered] = await Promise.all([this.#knock(address, port), this.parts.ping.ping(address)]);
        return { address, door, pingAnswered };
      }),
    );
    const best =
      tried.find(({ door }) => door === 'open') ??
      tried.find(({ door }) => door === 'refused') ??
      tried.find(({ pingAnswered }) => pingAnswered === true) ??
      tried[0];
    return best ?? { address: null, door: null, pingAnswered: null };
  }

  #knock(address: string, port: number): Promise<Door> {
    return new Promise((resolve) => {
      const socket = connect({ host: address, port });
      const decide = (door: Door): void => {
        limit.dispose();
        socket.destroy();
        resolve(door);
      };
      const limit = this.parts.clock.after(connectLimitMs, () => decide('timed-out'));
      socket.once('connect', () => decide('open'));
      socket.on('error', (error: NodeJS.ErrnoException) => decide(doorFor(error.code, address)));
    });
  }

  async #askService(address: string, record: GameStreamRecord): Promise<Pick<OfflineFacts, 'service' | 'identity' | 'certificate'>> {
    const { host } = this.parts;
    const plain = await host.serverInfo({ ...accessTo(record, address), certificatePem: null });
    const expected = record.uniqueId;
    const unasked = record.certificatePem === null ? 'not-paired' : 'not-asked';
    if (!plain.ok) {
      const isOther = plain.failure.kind === 'bad-answer' || plain.failure.kind === 'not-supported';
      return { service: { kind: isOther ? 'no-gamestream' : 'silent' }, identity: { expected, got: null }, certificate: unasked };
    }
    const asked = { service: { kind: 'answered' }, identity: { expected, got: plain.value.uniqueId } } as const;
    if (record.certificatePem === null) return { ...asked, certificate: 'not-paired' };
    const secure = await host.serverInfo(accessTo(record, address));
    if (secure.ok) return { ...asked, certificate: secure.value.paired === false ? 'refused-us' : 'same' };
    return { ...asked, certificate: secure.failure.kind === 'certificate-changed' ? 'changed' : 'not-asked' };
  }
}

function addressesFor(name: string, looked: Lookup, { addresses }: GameStreamRecord): readonly string[] {
  const now = looked.kind === 'literal' ? [name] : looked.kind === 'resolved' ? looked.addresses : [];
  const before = addresses.filter((address) => isIP(address.replace(/%.*$/, '')) !== 0);
  return [...new Set([...now, ...before])].slice(0, mostAddresses);
}

/** In its own network, "no route" only means that nobody has the address. */
function doorFor(code: string | undefined, address: string): Door {
  switch (code) {
    case 'ECONNREFUSED':
      return 'refused';
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
      return placeOf(address, networkInterfaces()) === 'local' ? 'timed-out' : 'no-route';
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
    case 'EACCES':
    case 'EPERM':
    case 'EINVAL':
      return 'no-route';
    default:
      return 'timed-out';
  }
}
