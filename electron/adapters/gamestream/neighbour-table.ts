// Who answers for an address in the local network, from the system's own table of neighbours (ARP, NDP).
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { OfflineFacts } from '../../domain/hosts/offline-reason';

export type Neighbour = OfflineFacts['neighbour'];
export type Interfaces = ReturnType<typeof networkInterfaces>;

const askLimitMs = 3_000;
const nobody: Neighbour = { kind: 'nobody' };
const notAsked: Neighbour = { kind: 'not-asked' };

/** own: one of this machine's. local: in a network that this machine is in. */
export function placeOf(address: string, interfaces: Interfaces): 'own' | 'local' | 'beyond' {
  const bare = withoutZone(address);
  const family = isIPv6(bare) ? 'ipv6' : 'ipv4';
  const infos = Object.values(interfaces).flatMap((list = []) => list);
  const own = new BlockList();
  const local = new BlockList();
  own.addSubnet('127.0.0.0', 8, 'ipv4');
  own.addAddress('::1', 'ipv6');
  for (const { address: ours, cidr, family: kind, internal } of infos) {
    const ourFamily = kind === 'IPv6' ? 'ipv6' : 'ipv4';
    own.addAddress(withoutZone(ours), ourFamily);
    const prefix = Number(cidr?.split('/')[1] ?? Number.NaN);
    if (!internal && Number.isInteger(prefix)) local.addSubnet(withoutZone(ours), prefix, ourFamily);
  }
  if (own.check(bare, family)) return 'own';
  return local.check(bare, family) ? 'local' : 'beyond';
}

/** The lines of /proc/net/arp, IPv4 alone; flag 2 marks what was answered (proc(5)). @returns null when the address is not in it */
export function readProcArp(text: string, address: string): Neighbour | null {
  for (const line of text.split('\n').slice(1)) {
    const [ip, , flags, mac] = line.trim().split(/\s+/);
    if (ip !== address || flags === undefined || mac === undefined) continue;
    return (Number(flags) & 2) !== 0 ? withMac(mac) : nobody;
  }
  return null;
}

/** What `ip neigh show` prints for one address: "fe80::1 dev eth0 lladdr 52:54:00:12:34:56 REACHABLE" (ip-neighbour(8)). */
export function readIpNeigh(text: string): Neighbour | null {
  const lines = text.split('\n').filter((line) => / dev /.test(line));
  const [mac] = lines.flatMap((line) => (/\b(FAILED|INCOMPLETE)\b/.test(line) ? [] : (/\blladdr ([0-9a-f:]{17})\b/i.exec(line)?.[1] ?? [])));
  if (mac !== undefined) return withMac(mac);
  return lines.length > 0 ? nobody : null;
}

/**
 * What `arp -a` prints on macOS ("? (192.168.1.1) at 0:11:22:33:44:55 on en0") and on Windows
 * ("  192.168.1.1    00-11-22-33-44-55    dynamic", its last word in the language of the system). IPv4 alone.
 */
export function readArpA(text: string, address: string): Neighbour | null {
  for (const line of text.split(/\r?\n/)) {
    const words = line.trim().split(/\s+/);
    const at = words.findIndex((word) => word === address || word === `(${address})`);
    // Windows names its own interfaces in headings: "Interface: 192.168.1.20 --- 0x5".
    if (at < 0 || words.includes('---')) continue;
    const mac = words.slice(at + 1).find((word) => /^[0-9a-f]{1,2}([:-][0-9a-f]{1,2}){5}$/i.test(word));
    return mac === undefined ? nobody : withMac(mac);
  }
  return null;
}

/**
 * The neighbour at a numeric address. The table only knows what was asked: connect or ping first.
 * On Linux alone this was run; the other systems' tables are read by samples written after their format, not captured there.
 */
export async function neighbourAt(address: string, interfaces: Interfaces = networkInterfaces()): Promise<Neighbour> {
  const bare = withoutZone(address);
  if (isIP(bare) === 0) return notAsked;
  const place = placeOf(address, interfaces);
  if (place === 'own') return notAsked;
  if (place === 'beyond') return { kind: 'not-local' };
  if (process.platform !== 'linux') return isIPv6(bare) ? notAsked : (readArpA(await run('arp', ['-a']), bare) ?? notAsked);
  if (isIPv6(bare)) return readIpNeigh(await run('ip', ['neigh', 'show', bare])) ?? notAsked;
  return readProcArp(await arpText(), bare) ?? notAsked;
}

async function arpText(): Promise<string> {
  try {
    return await readFile('/proc/net/arp', 'utf8');
  } catch {
    return ''; // not mounted in this container: then nothing is known
  }
}

/** @returns what it printed; nothing when it can't be started or fails */
function run(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(file, args, { timeout: askLimitMs, windowsHide: true, encoding: 'utf8' }, (_error, stdout) => resolve(stdout));
  });
}

function withMac(text: string): Neighbour {
  const mac = text
    .toLowerCase()
    .split(/[:-]/)
    .map((pair) => pair.padStart(2, '0'))
    .join(':');
  return mac === '00:00:00:00:00:00' ? nobody : { kind: 'mac', mac };
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/, '');
}
