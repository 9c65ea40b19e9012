// Multicast DNS on one network interface, through bonjour-service, with the parts of it that its types hide.
import { Bonjour, type Browser } from 'bonjour-service';

export interface AddressRecord {
  readonly name: string;
  readonly type: string;
  readonly data: unknown;
  /** Seconds; 0 takes it back. */
  readonly ttl?: number;
}

interface Packet {
  readonly answers?: readonly AddressRecord[];
  readonly additionals?: readonly AddressRecord[];
}

/** What bonjour-service speaks through: the package multicast-dns. */
interface MulticastDns {
  on(event: 'error' | 'warning', listener: (error: Error) => void): void;
  on(event: 'response', listener: (packet: Packet, sender: { readonly address: string }) => void): void;
  query(questions: readonly { name: string; type: string }[]): void;
}

export interface Multicast {
  readonly browser: Browser;
  /** Asks this network for a name's addresses; answers come through `onRecords`. */
  askAddresses(hostName: string): void;
  close(): void;
}

export interface MulticastOptions {
  /** An address of this machine: queries leave through its interface. */
  readonly interfaceAddress: string;
  readonly port?: number;
  readonly serviceType: string;
  /** `from`: the address the packet came from. */
  readonly onRecords: (records: readonly AddressRecord[], from: string) => void;
  /** The port is taken, the interface is gone: nothing more is heard here. */
  readonly onTrouble: (error: Error) => void;
}

export function openMulticast({ interfaceAddress, port, serviceType, onRecords, onTrouble }: MulticastOptions): Multicast {
  // Bound to all addresses: a socket bound to one hears no multicast on Linux.
  const options = { interface: interfaceAddress, bind: '0.0.0.0', ...(port !== undefined && { port }) };
  const bonjour = new Bonjour(options, onTrouble);
  const { mdns } = (bonjour as unknown as { readonly server: { readonly mdns: MulticastDns } }).server;
  // Nobody listens to them inside the package: an error would end the process.
  mdns.on('error', onTrouble);
  mdns.on('warning', () => undefined); // a packet that is none: anybody may send those
  mdns.on('response', ({ answers = [], additionals = [] }, { address }) => onRecords([...answers, ...additionals], address));
  return {
    browser: bonjour.find({ type: serviceType }),
    askAddresses: (name) => mdns.query([{ name, type: 'A' }, { name, type: 'AAAA' }]),
    close: () => bonjour.destroy(),
  };
}
