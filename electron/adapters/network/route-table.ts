// Which network card leads to an address, by the kernel's own table of IPv4 routes.
import { isIPv4 } from 'node:net';

interface Route {
  readonly device: string;
  readonly destination: number;
  readonly mask: number;
  readonly metric: number;
}

/** Flags of /proc/net/route (linux/route.h). */
const routeUp = 0x1;
const routeReject = 0x200;

/**
 * @param text of /proc/net/route
 * @param address an IPv4 address; anything else: where the default route leads
 * @returns null: nowhere. Loopback is not in that table.
 */
export function deviceTowards(text: string, address: string | null): string | null {
  const wanted = address !== null && isIPv4(address) ? numberOf(address) : null;
  const fitting = routesIn(text).filter(({ destination, mask }) => (wanted === null ? mask === 0 : (wanted & mask) >>> 0 === destination));
  // The longest prefix wins, then the least metric.
  const [best] = fitting.sort((one, other) => other.mask - one.mask || one.metric - other.metric);
  return best?.device ?? null;
}

function routesIn(text: string): Route[] {
  return text.split('\n').slice(1).flatMap((line) => {
    const [device, destination, , flags, , , metric, mask] = line.trim().split(/\s+/);
    if (!device || destination === undefined || mask === undefined) return [];
    const bits = Number.parseInt(flags ?? '', 16);
    if ((bits & routeUp) === 0 || (bits & routeReject) !== 0) return [];
    return [{ device, destination: swapped(destination), mask: swapped(mask), metric: Number(metric) }];
  });
}

/** The table writes addresses in the machine's order, which is little-endian. */
function swapped(hex: string): number {
  const value = Number.parseInt(hex, 16);
  return (((value & 0xff) << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)) >>> 0;
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0);
}
