// How fast this machine's end of the way to a host is: which interface leads there, what it is, and its speed.
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { LinkSense } from '../../domain/profiles/surroundings';
import type { Link } from '../../domain/session/bitrate-advice';
import type { Machine } from '../clients/machine';

export interface LocalLinkParts {
  readonly machine: Machine;
  /** Others for tests. */
  readonly classNet?: string;
  readonly interfaceTowards?: (address: string) => Promise<string | null>;
}

/** Where `iw` lies when it is not in the path: Debian keeps it among the administrator's programs. */
const iwPlaces = ['iw', '/usr/sbin/iw', '/sbin/iw'];

export class LocalLink implements LinkSense {
  constructor(private readonly parts: LocalLinkParts) {}

  /** Linux only: elsewhere no interface tells its speed without more rights or slow programs. */
  async towards(address: string): Promise<Link | null> {
    if (this.parts.machine.platform !== 'linux') return null;
    const name = await (this.parts.interfaceTowards ?? interfaceTowards)(address);
    return name === null ? null : this.linkOf(name);
  }

  private async linkOf(name: string): Promise<Link | null> {
    const directory = join(this.parts.classNet ?? '/sys/class/net', name);
    const files = await this.parts.machine.listDirectory(directory);
    if (files.includes('wireless') || files.includes('phy80211')) {
      const speedMbps = await this.wirelessSpeed(name);
      return speedMbps === null ? null : { speedMbps, medium: 'wireless' };
    }
    // Tunnels and the machine's own loop show made-up speeds (10 Mbit/s for a tun); bridges and bonds sum up real ones.
    if (!['device', 'bridge', 'bonding'].some((sign) => files.includes(sign))) return null;
    const speedMbps = Number((await this.parts.machine.readText(join(directory, 'speed'))) ?? NaN);
    return speedMbps > 0 ? { speedMbps, medium: 'wired' } : null; // −1: no cable, or a virtual card that does not say
  }

  /** The better of both directions: the one that rests shows the rate of its last small packet. */
  private async wirelessSpeed(name: string): Promise<number | null> {
    for (const iw of iwPlaces) {
      const answer = await this.parts.machine.run(iw, ['dev', name, 'link']);
      if (answer === null) continue;
      const rates = [...answer.text.matchAll(/^\s*[rt]x bitrate:\s*([\d.]+)\s*MBit\/s/gim)].map(([, rate]) => Number(rate));
      return rates.length > 0 ? Math.max(...rates) : null;
    }
    return null;
  }
}

/** Asks the system for the way by connecting a datagram socket, which sends nothing: every rule of routing counts. */
async function interfaceTowards(host: string): Promise<string | null> {
  const address = await resolved(host);
  if (address === null) return null;
  const own = await ownAddressTowards(address);
  const [name] = Object.entries(networkInterfaces()).find(([, addresses]) => addresses?.some((candidate) => candidate.address === own)) ?? [];
  return name ?? null;
}

async function resolved(host: string): Promise<string | null> {
  if (isIP(host) !== 0) return host;
  try {
    return (await lookup(host)).address;
  } catch {
    return null; // a name that nobody knows now: then there is no way to it
  }
}

function ownAddressTowards(address: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');
    const answer = (own: string | null): void => {
      socket.removeAllListeners();
      socket.on('error', () => undefined); // it is closed anyway
      socket.close();
      resolve(own);
    };
    socket.once('error', () => answer(null)); // no way there
    socket.once('connect', () => answer(socket.address().address));
    socket.connect(9, address);
  });
}
