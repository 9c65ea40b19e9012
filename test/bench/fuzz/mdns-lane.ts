// Broken multicast DNS packets at the discovery of hosts, on loopback and at a port of their own.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIP } from 'node:net';
import { MdnsDiscovery } from '../../../electron/adapters/gamestream/discovery';
import type { Clock, Disposable } from '../../../electron/domain/clock';
import type { Log } from '../../../electron/domain/log';
import type { AnnouncedHost } from '../../../electron/domain/hosts/host-discovery';
import { announceOnLoopback } from '../../../electron/practice/gamestream/announcement';
import { mutate } from './mutate';
import { check } from './parser-targets';
import type { Random } from './random';

const group = '224.0.0.251';
/** A question for the service: header with one question, its name, PTR, IN (RFC 1035, §4.1). */
const question = Buffer.from('000000000001000000000000095f6e7673747265616d045f746370056c6f63616c00000c0001', 'hex');

export class MdnsLane {
  #search: Disposable | null = null;
  #problem: Error | null = null;

  private constructor(
    private readonly socket: Socket,
    private readonly port: number,
    private readonly packets: readonly Buffer[],
    private readonly discovery: MdnsDiscovery,
    private readonly close: () => Promise<void>,
  ) {}

  static async start(clock: Clock, log: Log): Promise<MdnsLane> {
    const announcement = await announceOnLoopback('Rig "1"', 47_989, () => undefined);
    const socket = createSocket({ type: 'udp4', reuseAddr: true });
    socket.bind(announcement.port, '0.0.0.0');
    await once(socket, 'listening');
    socket.addMembership(group, '127.0.0.1');
    socket.setMulticastInterface('127.0.0.1');
    const packets: Buffer[] = [question];
    const heard = new Promise<void>((resolve) => {
      socket.on('message', (packet) => {
        if (packets.length > 1 || packet.equals(question)) return;
        packets.push(packet);
        resolve();
      });
    });
    socket.send(question, announcement.port, group);
    await heard;
    await announcement.stop();
    const discovery = new MdnsDiscovery({ clock, log, interfaceAddresses: () => ['127.0.0.1'], port: announcement.port });
    return new MdnsLane(socket, announcement.port, packets, discovery, async () => void socket.close());
  }

  /** Twenty packets, then a moment to take them in. */
  async feed(random: Random): Promise<void> {
    // Now and then from the beginning: a flood of names fills it up.
    if (this.#search === null || random.chance(0.05)) this.#restart();
    for (let left = 20; left > 0; left--) {
      const packet = random.chance(0.1) ? random.bytes(random.int(600)) : mutate(random.pick(this.packets), random, this.packets);
      this.socket.send(packet.subarray(0, 9_000), this.port, group, () => undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
    const problem = this.#problem;
    this.#problem = null;
    if (problem) throw problem;
  }

  async stop(): Promise<void> {
    this.#search?.dispose();
    await this.close();
  }

  #restart(): void {
    this.#search?.dispose();
    this.#search = this.discovery.start({
      found: (host) => {
        try {
          this.#look(host);
        } catch (error) {
          this.#problem = error instanceof Error ? error : new Error(String(error));
        }
      },
    });
  }

  #look({ name, addresses, httpPort }: AnnouncedHost): void {
    check(name.length > 0 && name.length <= 63 && !/[\p{Cc}\u202e]/u.test(name), 'a found host has a clean name');
    check(addresses.length > 0 && addresses.every((address) => isIP(address) !== 0), 'a found host has addresses that are some');
    check(httpPort >= 1 && httpPort <= 65_535, 'a found host has a port');
  }
}
