// Finds GameStream hosts that announce themselves by DNS-SD, on every network interface, and tells when they go.
import { lookup } from 'node:dns/promises';
import { isIP, isIPv4, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Service } from 'bonjour-service';
import type { Clock, Disposable } from '../../domain/clock';
import type { AnnouncedHost, DiscoveryNews, HostDiscovery } from '../../domain/hosts/host-discovery';
import type { Log } from '../../domain/log';
import { cleanLine } from './host-text';
import { openMulticast, type AddressRecord, type Multicast } from './multicast';

export interface DiscoveryParts {
  readonly clock: Clock;
  readonly log: Log;
  /** IPv4 addresses of the interfaces to listen on; by default all but loopback. */
  readonly interfaceAddresses?: () => readonly string[];
  /** Other than 5353 in tests. */
  readonly port?: number;
}

/** `_nvstream._tcp` */
const serviceType = 'nvstream';
/** Between questions: doubled from the first to the last (RFC 6762 §5.2). */
const firstAskMs = 1_000;
const lastAskMs = 60_000;
/** A host that says goodbye and comes back at once was only restarted; and what ran out may only be late. */
const lostAfterMs = 3_000;
const addressWaitMs = 1_500;
/** Nobody has more; somebody who floods the network does. */
const mostHosts = 256;
const mostAddresses = 16;
const mostQuestions = 32;

export class MdnsDiscovery implements HostDiscovery {
  constructor(private readonly parts: DiscoveryParts) {}

  start(news: DiscoveryNews): Disposable {
    return new Search(this.parts, news);
  }
}

class Search implements Disposable {
  readonly #open = new Map<string, Multicast>();
  /** What was announced last, by name. */
  readonly #hosts = new Map<string, AnnouncedHost>();
  readonly #going = new Map<string, Disposable>();
  /** Addresses by lower-case host name, from any packet while somebody asks for them. */
  readonly #asked = new Map<string, Set<string>>();
  /** Tried again each time, and told once. */
  readonly #troubled = new Set<string>();
  #timer: Disposable | null = null;
  #isOver = false;

  constructor(
    private readonly parts: DiscoveryParts,
    private readonly news: DiscoveryNews,
  ) {
    this.#ask(firstAskMs);
  }

  dispose(): void {
    this.#isOver = true;
    this.#timer?.dispose();
    for (const going of this.#going.values()) going.dispose();
    for (const multicast of this.#open.values()) multicast.close();
    this.#open.clear();
  }

  /** Also takes up interfaces that have come since the last time, and lets go of those that went. */
  #ask(nextMs: number): void {
    const addresses = new Set((this.parts.interfaceAddresses ?? ownAddresses)());
    for (const address of this.#open.keys()) if (!addresses.has(address)) this.#close(address);
    for (const address of addresses) {
      const multicast = this.#open.get(address);
      if (!multicast) this.#listen(address);
      else {
        multicast.browser.expire();
        multicast.browser.update();
      }
    }
    this.#timer = this.parts.clock.after(nextMs, () => this.#ask(Math.min(nextMs * 2, lastAskMs)));
  }

  #listen(interfaceAddress: string): void {
    const { log, port } = this.parts;
    const multicast = openMulticast({
      interfaceAddress,
      serviceType,
      ...(port !== undefined && { port }),
      onRecords: (records, from) => {
        this.#noteAddresses(records);
        if (!this.#isOver && records.some(offersService)) this.news.heard?.(from);
      },
      onTrouble: (error) => {
        if (!this.#troubled.has(interfaceAddress)) log.warn('hosts cannot be looked for on a network interface', { interfaceAddress, error });
        this.#troubled.add(interfaceAddress);
        this.#close(interfaceAddress);
      },
    });
    this.#open.set(interfaceAddress, multicast);
    const seen = (service: Service): void => void this.#seen(service);
    multicast.browser.on('up', seen);
    multicast.browser.on('srv-update', seen);
    multicast.browser.on('down', (service) => this.#leaving(nameOf(service)));
  }

  #close(interfaceAddress: string): void {
    const multicast = this.#open.get(interfaceAddress);
    this.#open.delete(interfaceAddress);
    multicast?.close();
  }

  async #seen(service: Service): Promise<void> {
    const name = nameOf(service);
    const { port } = service;
    if (name === '' || !Number.isInteger(port) || port < 1 || port > 65_535) return;
    this.#going.get(name)?.dispose();
    this.#going.delete(name);
    if (!this.#hosts.has(name) && this.#hosts.size >= mostHosts) return;
    const addresses = best(service.addresses ?? []);
    const host = { name, addresses: addresses.length > 0 ? addresses : await this.#resolve(service), httpPort: port };
    if (this.#isOver || host.addresses.length === 0) return;
    const before = this.#hosts.get(name);
    this.#hosts.set(name, host);
    // Each interface tells the same.
    if (JSON.stringify(before) !== JSON.stringify(host)) this.news.found?.(host);
  }

  /** Announcements may come without addresses: they are asked for, here and at the system, and else the sender's own is taken. */
  async #resolve({ host, referer }: Service): Promise<readonly string[]> {
    const fallback = best(referer ? [referer.address] : []);
    if (this.#asked.size >= mostQuestions) return fallback;
    const key = host.toLowerCase();
    const heard = this.#asked.get(key) ?? new Set<string>();
    this.#asked.set(key, heard);
    for (const multicast of this.#open.values()) multicast.askAddresses(host);
    await new Promise<void>((resolve) => this.parts.clock.after(addressWaitMs, resolve));
    this.#asked.delete(key);
    if (heard.size > 0) return best([...heard]);
    try {
      const found = await lookup(host, { all: true });
      if (found.length > 0) return best(found.map(({ address }) => address));
    } catch (error) {
      this.parts.log.debug('the name of an announced host is not known', { host: cleanLine(host, 253), error });
    }
    return fallback;
  }

  #noteAddresses(records: readonly AddressRecord[]): void {
    if (this.#asked.size === 0) return;
    for (const { name, type, data } of records) {
      if ((type === 'A' || type === 'AAAA') && typeof data === 'string') this.#asked.get(name.toLowerCase())?.add(data);
    }
  }

  #leaving(name: string): void {
    if (this.#isOver || this.#going.has(name)) return;
    for (const multicast of this.#open.values()) multicast.browser.update();
    const timer = this.parts.clock.after(lostAfterMs, () => {
      this.#going.delete(name);
      if (this.#hosts.delete(name)) this.news.lost?.(name);
    });
    this.#going.set(name, timer);
  }
}

/** Every host answers each question again, which bonjour-service tells only the first time. */
function offersService({ name, type, ttl }: AddressRecord): boolean {
  return type === 'PTR' && ttl !== 0 && name.toLowerCase() === `_${serviceType}._tcp.local`;
}

function nameOf({ name }: Service): string {
  return cleanLine(name, 63);
}

/** IPv4 first, then IPv6 of more than the link; the link's own need their interface to be told, so only if there is nothing else. */
function best(addresses: readonly string[]): readonly string[] {
  const usable = [...new Set(addresses)].filter((address) => isIP(address) !== 0 && !/^(0\.0\.0\.0|::)$/.test(address));
  const v4 = usable.filter((address) => isIPv4(address));
  const v6 = usable.filter((address) => isIPv6(address));
  const wide = v6.filter((address) => !/^fe[89ab]/i.test(address));
  const sorted = [...v4, ...wide];
  return (sorted.length > 0 ? sorted : v6).slice(0, mostAddresses);
}

function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((infos = []) =>
    infos.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
  );
}
