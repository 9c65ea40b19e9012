// Finds the router in what operating systems print of their routes and neighbours.

export interface Gateway {
  readonly address: string;
  /** Null: the table does not say. */
  readonly device: string | null;
}

/** Flags of /proc/net/route (linux/route.h) and /proc/net/arp (linux/if_arp.h). */
const routeUp = 0x1;
const routeByGateway = 0x2;
const arpComplete = 0x2;

/** The default gateway in /proc/net/route: IPv4 addresses as hexadecimal in the machine's order, which is little-endian. */
export function gatewayOfProcRoute(text: string): Gateway | null {
  const routes = text.split('\n').slice(1).flatMap((line) => {
    const [device, destination, gateway, flags, , , metric, mask] = line.trim().split(/\s+/);
    if (!device || !gateway || destination !== '00000000' || mask !== '00000000') return [];
    const flagBits = Number.parseInt(flags ?? '', 16);
    if ((flagBits & routeUp) === 0 || (flagBits & routeByGateway) === 0) return [];
    return [{ device, gateway, metric: Number(metric) }];
  });
  const [best] = routes.sort((one, other) => one.metric - other.metric);
  return best ? { address: littleEndianAddress(best.gateway), device: best.device } : null;
}

/** A neighbour's hardware address in /proc/net/arp. */
export function macOfProcArp(text: string, { address, device }: Gateway): string | null {
  for (const line of text.split('\n').slice(1)) {
    const [ip, , flags, mac, , dev] = line.trim().split(/\s+/);
    if (ip === address && (device === null || dev === device) && (Number.parseInt(flags ?? '', 16) & arpComplete) !== 0) return tidyMac(mac);
  }
  return null;
}

/** The default gateway of `ip -j -6 route show default` (iproute2). */
export function gatewayOfIpRoute(json: string): Gateway | null {
  const routes = objectsIn(json).flatMap(({ gateway, dev, metric }) =>
    typeof gateway === 'string' && typeof dev === 'string' ? [{ address: gateway, device: dev, metric: typeof metric === 'number' ? metric : 0 }] : [],
  );
  const [best] = routes.sort((one, other) => one.metric - other.metric);
  return best ? { address: best.address, device: best.device } : null;
}

/** A neighbour's hardware address in `ip -j neigh show` (iproute2). */
export function macOfIpNeigh(json: string, { address, device }: Gateway): string | null {
  const found = objectsIn(json).find(({ dst, dev, lladdr }) => dst === address && (device === null || dev === device) && typeof lladdr === 'string');
  return tidyMac(found?.['lladdr']);
}

/** The gateway of macOS's `route -n get default`. */
export function gatewayOfMacRoute(text: string): Gateway | null {
  const address = /^\s*gateway:\s*([0-9a-f.:]+)/im.exec(text)?.[1];
  return address === undefined ? null : { address, device: /^\s*interface:\s*(\S+)/im.exec(text)?.[1] ?? null };
}

/** The IPv4 default gateway in Windows' `netstat -rn`, whatever language its words are in: network, mask, gateway, interface, metric. */
export function gatewayOfNetstat(text: string): Gateway | null {
  const routes = [...text.matchAll(/^\s*0\.0\.0\.0\s+0\.0\.0\.0\s+(\d+\.\d+\.\d+\.\d+)\s+\d+\.\d+\.\d+\.\d+\s+(\d+)\s*$/gm)];
  const [best] = routes.sort((one, other) => Number(one[2]) - Number(other[2]));
  return best?.[1] === undefined ? null : { address: best[1], device: null };
}

/** A neighbour's hardware address as `arp` prints it on macOS (`at 9c:5c:8e:0:11:22`) and Windows (`9c-5c-8e-00-11-22`). */
export function macOfArp(text: string, { address }: Gateway): string | null {
  const line = text.split('\n').find((candidate) => candidate.split(/[\s()]+/).includes(address));
  return tidyMac(/\b[0-9a-f]{1,2}(?:[:-][0-9a-f]{1,2}){5}\b/i.exec(line ?? '')?.[0]);
}

/** @returns lower-case pairs joined by colons; null for what is none, and for addresses that many routers share */
export function tidyMac(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const pairs = text.toLowerCase().split(/[:-]/);
  if (pairs.length !== 6 || pairs.some((pair) => !/^[0-9a-f]{1,2}$/.test(pair))) return null;
  const mac = pairs.map((pair) => pair.padStart(2, '0')).join(':');
  return mac === '00:00:00:00:00:00' || mac === 'ff:ff:ff:ff:ff:ff' ? null : mac;
}

function littleEndianAddress(hex: string): string {
  return (hex.match(/../g) ?? [])
    .reverse()
    .map((pair) => Number.parseInt(pair, 16))
    .join('.');
}

export function objectsIn(json: string): Readonly<Record<string, unknown>>[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null) : [];
  } catch {
    return []; // an `ip` that knows no JSON prints text: then this way tells nothing
  }
}
