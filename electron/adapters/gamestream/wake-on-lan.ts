// Wakes a host by magic packets, to every place where one might be heard: its addresses, and all of every network we are in.
import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIP, isIPv4 } from 'node:net';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import { failure, success, type Result } from '../../common/result';
import type { Clock, Disposable } from '../../domain/clock';
import type { SleepingHost, WakeRun, WakeSignal } from '../../domain/hosts/wake-signal';
import type { Log } from '../../domain/log';

export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

export interface WakeOnLanParts {
  readonly clock: Clock;
  readonly log: Log;
  /** By default those of this machine. */
  readonly interfaces?: () => Interfaces;
}

/** The first is "discard", where nearly every network card listens; the second is what routers of GameStream hosts forward. */
const fixedPorts = [9, 47_009];
/** As Moonlight sends them for a host at the usual HTTP port; they move with it. */
const movingPorts = [47_998, 47_999, 48_000, 48_002, 48_010];
const usualHttpPort = 47_989;
/** A network card may miss one while its link comes up. */
const rounds = 10;
const betweenRoundsMs = 2_000;

/** Six bytes of ones, and the MAC sixteen times. @returns null for no MAC */
export function magicPacket(mac: string): Buffer | null {
  if (!/^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(mac)) return null;
  const bytes = Buffer.from(mac.replace(/[:-]/g, ''), 'hex');
  return Buffer.concat([Buffer.alloc(6, 0xff), ...Array.from({ length: 16 }, () => bytes)]);
}

export function wakePorts(httpPorts: readonly number[]): number[] {
  const moved = httpPorts.flatMap((httpPort) => movingPorts.map((port) => port + httpPort - usualHttpPort));
  return [...new Set([...fixedPorts, ...moved])].filter((port) => port >= 1 && port <= 65_535);
}

export function broadcastAddress({ address, netmask }: Pick<NetworkInterfaceInfo, 'address' | 'netmask'>): string {
  const mask = netmask.split('.').map(Number);
  return address
    .split('.')
    .map((part, index) => Number(part) | (~(mask[index] ?? 255) & 255))
    .join('.');
}

/** Where one socket, bound to one interface or to none, sends to. */
interface Sender {
  readonly type: 'udp4' | 'udp6';
  readonly bindTo: string | null;
  readonly addresses: readonly string[];
}

/** A socket for each interface: without it the general broadcast would leave by the default route alone. */
function networkSenders(interfaces: Interfaces): Sender[] {
  return Object.entries(interfaces).flatMap(([name, infos = []]) =>
    infos
      .filter(({ internal }) => !internal)
      .flatMap((info): Sender[] => {
        if (info.family === 'IPv4') return [{ type: 'udp4', bindTo: info.address, addresses: ['255.255.255.255', broadcastAddress(info)] }];
        if (!info.address.toLowerCase().startsWith('fe80')) return [];
        // All nodes of the link (RFC 4291 §2.7.1); Windows knows interfaces by number.
        const zone = process.platform === 'win32' ? String(info.scopeid) : name;
        return [{ type: 'udp6', bindTo: `${info.address}%${zone}`, addresses: [`ff02::1%${zone}`] }];
      }),
  );
}

async function hostSenders(addresses: readonly string[]): Promise<Sender[]> {
  const found = await Promise.all(
    addresses.map(async (address) => {
      if (isIP(address.replace(/%.*$/, '')) !== 0) return [address];
      try {
        return (await lookup(address, { all: true })).map((one) => one.address);
      } catch {
        return []; // a sleeping host often has no name any more; the broadcasts reach it
      }
    }),
  );
  const all = [...new Set(found.flat())];
  return [
    { type: 'udp4', bindTo: null, addresses: all.filter((address) => isIPv4(address)) },
    { type: 'udp6', bindTo: null, addresses: all.filter((address) => !isIPv4(address)) },
  ];
}

export class WakeOnLan implements WakeSignal {
  constructor(private readonly parts: WakeOnLanParts) {}

  send({ mac, addresses, httpPorts }: SleepingHost): WakeRun {
    const packet = magicPacket(mac);
    if (packet === null) {
      const refused = failure('bad-input', `"${mac}" is no hardware address.`, 'Pair with the host while it is on: then it tells its own.');
      return { firstRound: Promise.resolve(refused), dispose: () => undefined };
    }
    const ports = wakePorts(httpPorts);
    let timer: Disposable | null = null;
    let isOver = false;
    const round = async (number: number): Promise<number> => {
      const sent = await this.#round(packet, addresses, ports);
      if (!isOver && number < rounds) timer = this.parts.clock.after(betweenRoundsMs, () => void round(number + 1));
      return sent;
    };
    return {
      firstRound: round(1).then(answerFor),
      dispose: () => {
        isOver = true;
        timer?.dispose();
      },
    };
  }

  async #round(packet: Buffer, addresses: readonly string[], ports: readonly number[]): Promise<number> {
    const interfaces = (this.parts.interfaces ?? networkInterfaces)();
    const senders = [...networkSenders(interfaces), ...(await hostSenders(addresses))].filter((sender) => sender.addresses.length > 0);
    const sent = await Promise.all(senders.map((sender) => this.#sendFrom(sender, packet, ports)));
    return sent.reduce((sum, count) => sum + count, 0);
  }

  /** A network that takes nothing is passed over: one that works is enough. */
  async #sendFrom({ type, bindTo, addresses }: Sender, packet: Buffer, ports: readonly number[]): Promise<number> {
    const socket = createSocket(type);
    const problems: string[] = [];
    socket.on('error', (error) => problems.push(error.message));
    try {
      if (!(await bound(socket, bindTo))) return 0;
      if (type === 'udp4') socket.setBroadcast(true);
      const targets = addresses.flatMap((address) => ports.map((port) => ({ address, port })));
      const sent = await Promise.all(targets.map(({ address, port }) => sendOne(socket, packet, port, address, problems)));
      return sent.filter(Boolean).length;
    } finally {
      if (problems.length > 0) this.parts.log.debug('wake-up datagrams were not taken', { from: bindTo, problem: problems[0], count: problems.length });
      socket.close();
    }
  }
}

function answerFor(sent: number): Result<number> {
  if (sent > 0) return success(sent);
  return failure('host-unreachable', 'No network of this computer took the wake-up signal.', 'Connect to the network of the host, then try again.');
}

function bound(socket: Socket, address: string | null): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once('error', () => resolve(false));
    socket.bind({ port: 0, ...(address !== null && { address }) }, () => resolve(true));
  });
}

function sendOne(socket: Socket, packet: Buffer, port: number, address: string, problems: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    socket.send(packet, port, address, (error) => {
      if (error) problems.push(error.message);
      resolve(error === null);
    });
  });
}
