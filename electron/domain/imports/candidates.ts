// Holds what was found against what the library has: new, there already, or of no use. Pure.
import { defaultPorts, portOf, type Entry } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { ImportCandidate, ImportState } from '../../common/imports';
import { assertNever } from '../../common/result';
import type { GameStreamRecord } from '../hosts/gamestream-record';
import type { ConnectionReading, DesktopConnection, FoundConnection } from './connection-files';

export interface PresentLibrary {
  readonly hosts: readonly HostRecord[];
  readonly entries: readonly Entry[];
  readonly gameStream: readonly GameStreamRecord[];
}

interface PresentDesktop {
  readonly name: string;
  readonly username: string | null;
}

/** Which desktops are there by now; what is taken in counts from then on. */
export class KnownDesktops {
  private readonly byPlace = new Map<string, PresentDesktop[]>();

  constructor({ hosts, entries }: Pick<PresentLibrary, 'hosts' | 'entries'>) {
    const addresses = new Map(hosts.map(({ id, address }) => [id, address]));
    for (const entry of entries) {
      const address = addresses.get(entry.host);
      if (address === undefined || entry.protocol === 'gamestream') continue;
      this.note({ name: entry.name, protocol: entry.protocol, address, port: portOf(entry), username: entry.username ?? null });
    }
  }

  note({ name, username, ...place }: Omit<DesktopConnection, 'fullScreen'>): void {
    const key = placeKey(place);
    this.byPlace.set(key, [...(this.byPlace.get(key) ?? []), { name, username }]);
  }

  /** The one that shows the same desktop to the same person. A file that names nobody means whoever is there. */
  find({ username, ...place }: Pick<DesktopConnection, 'protocol' | 'address' | 'port' | 'username'>): { readonly name: string } | null {
    const there = this.byPlace.get(placeKey(place)) ?? [];
    if (username === null) return there[0] ?? null;
    return there.find((other) => other.username?.toLowerCase() === username.toLowerCase()) ?? null;
  }
}

function placeKey({ protocol, address, port }: Pick<DesktopConnection, 'protocol' | 'address' | 'port'>): string {
  return `${protocol} ${port} ${address.toLowerCase()}`;
}

/** In the order in which they were found. The second of two that mean the same is known by the first. */
export function candidatesOf(found: readonly FoundConnection[], present: PresentLibrary): ImportCandidate[] {
  const desktops = new KnownDesktops(present);
  const hostNames = new Map(present.hosts.map(({ id, name }) => [id, name]));
  const hosts = new Map(present.gameStream.map(({ uniqueId, hostId }) => [uniqueId, hostNames.get(hostId) ?? hostId] as const));
  const stateOf = (reading: ConnectionReading): ImportState => {
    switch (reading.kind) {
      case 'unusable':
        return { kind: 'unusable', message: reading.message, advice: reading.advice };
      case 'host': {
        const name = hosts.get(reading.host.uniqueId);
        if (name !== undefined) return { kind: 'known', name };
        hosts.set(reading.host.uniqueId, reading.host.name);
        return { kind: 'new' };
      }
      case 'desktop': {
        const known = desktops.find(reading.desktop);
        if (known) return { kind: 'known', name: known.name };
        desktops.note(reading.desktop);
        return { kind: 'new' };
      }
      default:
        return assertNever(reading);
    }
  };
  return found.map(({ id, source, file, reading }) => ({ id, source, file, ...factsOf(reading, file), state: stateOf(reading) }));
}

type CandidateFacts = Pick<ImportCandidate, 'name' | 'protocol' | 'address' | 'port' | 'username' | 'notes'>;

function factsOf(reading: ConnectionReading, file: string): CandidateFacts {
  switch (reading.kind) {
    case 'desktop': {
      const { name, protocol, address, port, username } = reading.desktop;
      return { name, protocol, address, port: port === defaultPorts[protocol] ? null : port, username, notes: [...reading.notes] };
    }
    case 'host': {
      const { name, addresses, httpPort } = reading.host;
      const port = httpPort === defaultPorts.gamestream ? null : httpPort;
      return { name, protocol: 'gamestream', address: addresses[0], port, username: null, notes: [...reading.notes] };
    }
    case 'unusable':
      return { name: reading.name ?? fileName(file), protocol: null, address: null, port: null, username: null, notes: [] };
    default:
      return assertNever(reading);
  }
}

function fileName(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file;
}
