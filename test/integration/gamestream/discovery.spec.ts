// Finding hosts by multicast DNS: real packets on loopback, at a port of the test's own.
import { createSocket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bonjour } from 'bonjour-service';
import { MdnsDiscovery } from '../../../electron/adapters/gamestream/discovery';
import { SystemClock } from '../../../electron/adapters/system-clock';
import type { AnnouncedHost } from '../../../electron/domain/hosts/host-discovery';
import type { Disposable } from '../../../electron/domain/clock';
import { findFreePort } from '../../peers/loopback-port';
import { SilentLog } from '../../fakes/silent-log';

interface AnyRecord {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly data: unknown;
}

interface RawMdns {
  on(event: 'query', listener: (packet: { questions: { name: string; type: string }[] }) => void): void;
  on(event: 'error' | 'warning', listener: (error: Error) => void): void;
  respond(response: { answers: readonly AnyRecord[]; additionals: readonly AnyRecord[] }, done?: () => void): void;
}

interface Announcement {
  readonly httpPort: number;
  /** Null: sent only to who asks for them by name, or to nobody. */
  readonly addresses: readonly string[] | null;
  readonly addressesWhenAsked?: readonly string[];
  readonly type?: string;
}

/** What Avahi does for a host: answers for it, and says goodbye. */
class Announcer {
  readonly #bonjour: Bonjour;
  readonly #mdns: RawMdns;
  readonly #hosts = new Map<string, Announcement>();

  constructor(port: number) {
    const options = { interface: '127.0.0.1', bind: '0.0.0.0', port };
    this.#bonjour = new Bonjour(options);
    this.#mdns = (this.#bonjour as unknown as { server: { mdns: RawMdns } }).server.mdns;
    this.#mdns.on('warning', () => undefined);
    this.#mdns.on('query', ({ questions }) => {
      for (const { name, type } of questions) {
        for (const [host, announcement] of this.#hosts) {
          if (type === 'PTR' && name === `_${announcement.type ?? 'nvstream'}._tcp.local`) this.#say(host, announcement);
          if (type === 'A' && name === `${host}.local`) this.#mdns.respond({ answers: addressRecords(host, announcement.addressesWhenAsked), additionals: [] });
        }
      }
    });
  }

  announce(name: string, announcement: Announcement): void {
    this.#hosts.set(name, announcement);
    this.#say(name, announcement);
  }

  goodbye(name: string): void {
    const announcement = this.#hosts.get(name);
    this.#hosts.delete(name);
    if (announcement) this.#say(name, announcement, 0);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#bonjour.destroy(() => resolve()));
  }

  #say(host: string, { httpPort, addresses, type = 'nvstream' }: Announcement, ttl = 4_500): void {
    const service = `_${type}._tcp.local`;
    const answers = [{ name: service, type: 'PTR', ttl, data: `${host}.${service}` }];
    const server = { name: `${host}.${service}`, type: 'SRV', ttl: 120, data: { port: httpPort, target: `${host}.local` } };
    this.#mdns.respond({ answers, additionals: [server, ...addressRecords(host, addresses ?? [])] });
  }
}

function addressRecords(host: string, addresses: readonly string[] = []): AnyRecord[] {
  return addresses.map((data) => ({ name: `${host}.local`, type: data.includes(':') ? 'AAAA' : 'A', ttl: 120, data }));
}

const here: { port: number; announcer: Announcer | null; search: Disposable | null } = { port: 0, announcer: null, search: null };
const found: AnnouncedHost[] = [];
const lost: string[] = [];

beforeEach(async () => {
  here.port = await findFreePort();
  here.announcer = new Announcer(here.port);
  found.length = 0;
  lost.length = 0;
});

afterEach(async () => {
  here.search?.dispose();
  here.search = null;
  await here.announcer?.close();
});

function start(log = new SilentLog()): SilentLog {
  const discovery = new MdnsDiscovery({ clock: new SystemClock(), log, interfaceAddresses: () => ['127.0.0.1'], port: here.port });
  here.search = discovery.start({ found: (host) => found.push(host), lost: (name) => lost.push(name) });
  return log;
}

function announce(name: string, httpPort: number, change: Partial<Announcement> = {}): void {
  here.announcer?.announce(name, { httpPort, addresses: ['127.0.0.1'], ...change });
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a host that announces itself', () => {
  it('is found, with its addresses in the order they are worth trying', async () => {
    announce('Desk', 47_989, { addresses: ['fe80::1', 'fd00::5', '127.0.0.1', '::', 'fd00::5'] });
    start();
    await expect.poll(() => found, { timeout: 10_000 }).toEqual([{ name: 'Desk', addresses: ['127.0.0.1', 'fd00::5'], httpPort: 47_989 }]);
  });

  it('is found when it comes later', async () => {
    start();
    await wait(300);
    announce('Desk', 48_989);
    await expect.poll(() => found, { timeout: 10_000 }).toMatchObject([{ name: 'Desk', httpPort: 48_989 }]);
  });

  it('is no printer', async () => {
    announce('Printer', 631, { type: 'ipp' });
    announce('Desk', 47_989);
    start();
    await expect.poll(() => found.length, { timeout: 10_000 }).toBe(1);
    expect(found[0]?.name).toBe('Desk');
  });

  it('is lost when it says goodbye', async () => {
    announce('Desk', 47_989);
    start();
    await expect.poll(() => found.length, { timeout: 10_000 }).toBe(1);
    here.announcer?.goodbye('Desk');
    await expect.poll(() => lost, { timeout: 10_000 }).toEqual(['Desk']);
  });

  it('is not lost when it only starts anew, and its new port is told', async () => {
    announce('Desk', 47_989);
    start();
    await expect.poll(() => found.length, { timeout: 10_000 }).toBe(1);
    here.announcer?.goodbye('Desk');
    await wait(100);
    announce('Desk', 48_989);
    await expect.poll(() => found.at(-1)?.httpPort, { timeout: 10_000 }).toBe(48_989);
    await wait(3_500);
    expect(lost).toEqual([]);
  });

  it('is heard again with every answer, until its end', async () => {
    const heard: string[] = [];
    announce('Desk', 47_989);
    announce('Printer', 631, { type: 'ipp' });
    const discovery = new MdnsDiscovery({ clock: new SystemClock(), log: new SilentLog(), interfaceAddresses: () => ['127.0.0.1'], port: here.port });
    here.search = discovery.start({ heard: (from) => heard.push(from) });
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
    expect(new Set(heard)).toEqual(new Set(['127.0.0.1']));
    here.announcer?.goodbye('Desk');
    await wait(300);
    const before = heard.length;
    await wait(3_000);
    expect(heard).toHaveLength(before);
  }, 20_000);

  it('without addresses is asked for them', async () => {
    announce('Desk', 47_989, { addresses: null, addressesWhenAsked: ['192.0.2.9', 'fd00::9'] });
    start();
    await expect.poll(() => found, { timeout: 10_000 }).toEqual([{ name: 'Desk', addresses: ['192.0.2.9', 'fd00::9'], httpPort: 47_989 }]);
  });

  it('without addresses for anybody is found where its packets come from', async () => {
    announce('Desk', 47_989, { addresses: null });
    start();
    await expect.poll(() => found, { timeout: 10_000 }).toEqual([{ name: 'Desk', addresses: ['127.0.0.1'], httpPort: 47_989 }]);
  });

  it('may have a strange name, or a useless port', async () => {
    announce('Two\nlines\u001b[2J', 47_989);
    announce('No-port', 0);
    start();
    await expect.poll(() => found.length, { timeout: 10_000 }).toBe(1);
    expect(found[0]?.name).toBe('Two lines [2J');
  });
});

describe('the search', () => {
  it('tells nothing after its end', async () => {
    start();
    here.search?.dispose();
    announce('Desk', 47_989);
    await wait(1_000);
    expect(found).toEqual([]);
  });

  it('survives packets that are none', async () => {
    start();
    const socket = createSocket('udp4');
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(600, 0xff), Buffer.from('000084000000ffff00000000c00c', 'hex')]) {
      await new Promise<void>((resolve) => socket.send(bytes, here.port, '127.0.0.1', () => resolve()));
    }
    socket.close();
    announce('Desk', 47_989);
    await expect.poll(() => found.length, { timeout: 10_000 }).toBe(1);
  });

  it('says once in the log that its port is taken, and lives', async () => {
    const taken = createSocket('udp4');
    const takenPort = await findFreePort();
    await new Promise<void>((resolve) => taken.bind({ port: takenPort, address: '0.0.0.0', exclusive: true }, resolve));
    const log = new SilentLog();
    const discovery = new MdnsDiscovery({ clock: new SystemClock(), log, interfaceAddresses: () => ['127.0.0.1'], port: takenPort });
    here.search = discovery.start({ found: (host) => found.push(host) });
    await wait(1_500);
    expect(log.heard.filter(({ level }) => level === 'warn')).toMatchObject([{ message: expect.stringContaining('network interface') as string }]);
    await new Promise<void>((resolve) => taken.close(resolve));
  });
});
