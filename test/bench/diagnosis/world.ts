// A home network before anything goes wrong: who is asked, how far away it is, and which of it Athena happens to see.
import type { TraceProbe, TraceSource, TraceTarget } from '../../../electron/common/trace';
import type { Draw } from './draw';

/** What a question passes through, each of which may be in trouble by itself. */
export type Part = 'client' | 'client-link' | 'switch' | 'router' | 'peer' | 'host-link' | 'vmhost' | 'guest' | 'service';

export interface ProbeLine {
  readonly target: TraceTarget;
  readonly probe: TraceProbe;
  readonly path: readonly Part[];
  /** Round trip when nothing happens. */
  readonly baseMs: number;
  /** Width of the usual spread. */
  readonly jitterMs: number;
  /** Of a healthy network: rare, but not never. */
  readonly lossRatio: number;
  readonly spikesPerMinute: number;
}

export type ClientKind = 'moonlight-qt' | 'moonlight-embedded' | 'freerdp' | 'tigervnc';

export interface World {
  readonly durationMs: number;
  readonly intervalMs: number;
  readonly startedAt: number;
  readonly client: ClientKind;
  readonly clientVersion: string;
  readonly wifi: boolean;
  /** The host is a guest on a hypervisor. */
  readonly virtual: boolean;
  /** Between client and host stands the router itself. */
  readonly routed: boolean;
  readonly linkBps: number;
  readonly hostLinkBps: number;
  readonly bitrateBps: number;
  readonly hostName: string;
  readonly hostIp: string;
  readonly hostMac: string;
  readonly uniqueId: string;
  readonly certSha256: string;
  readonly app: string;
  readonly uptimeS: number;
  readonly probes: readonly ProbeLine[];
  readonly sources: readonly TraceSource[];
}

/** What a fault asks of the network it happens in; the rest is chance. */
export interface WorldWish {
  readonly client?: readonly ClientKind[];
  readonly wifi?: boolean;
  readonly virtual?: boolean;
  readonly routed?: boolean;
  readonly linkBps?: readonly number[];
  readonly hostLinkBps?: readonly number[];
  readonly atLeastMs?: number;
  readonly mostBitrateBps?: number;
  readonly leastBitrateBps?: number;
  readonly http?: boolean;
}

const versions: Readonly<Record<ClientKind, readonly string[]>> = {
  'moonlight-qt': ['moonlight-qt 6.1.0', 'moonlight-qt 6.0.1', 'Moonlight 5.0.1'],
  'moonlight-embedded': ['moonlight-embedded 2.7.1', 'moonlight-embedded 2.7.0'],
  freerdp: ['FreeRDP 2.11.7', 'xfreerdp 2.11.7'],
  tigervnc: ['TigerVNC 1.12.0', 'xtigervncviewer 1.12'],
};
const usualClients: readonly ClientKind[] = ['moonlight-qt', 'moonlight-qt', 'moonlight-qt', 'moonlight-embedded', 'freerdp', 'tigervnc'];
const apps = ['Cyberpunk 2077', 'Desktop', 'Steam Big Picture', 'Elden Ring', 'Baldur’s Gate 3', 'Blender'];
const hostNames = ['rig', 'gaming-vm', 'tower', 'win11', 'studio.lan', 'rig.lan'];

export function drawWorld(draw: Draw, wish: WorldWish): World {
  const wifi = wish.wifi ?? draw.chance(0.25);
  const virtual = wish.virtual ?? draw.chance(0.6);
  const routed = wish.routed ?? draw.chance(0.2);
  const client = draw.pick<ClientKind>(wish.client ?? usualClients);
  const bitrateBps = draw.byRatio(wish.leastBitrateBps ?? 8e6, wish.mostBitrateBps ?? 120e6);
  const linkBps = draw.pick(wish.linkBps ?? (wifi ? [433e6, 866e6, 1.2e9] : [1e9, 1e9, 1e9, 2.5e9]));
  const world = { wifi, virtual, routed, client, bitrateBps, linkBps };
  return {
    ...world,
    durationMs: Math.round(Math.max(wish.atLeastMs ?? 0, draw.between(60_000, 300_000))),
    intervalMs: draw.weigh([[1, 100], [6, 200], [1, 250], [2, 500], [1, 1000]]),
    startedAt: 1_760_000_000_000 + draw.whole(0, 30_000_000_000),
    clientVersion: draw.pick(versions[client]),
    hostLinkBps: draw.pick(wish.hostLinkBps ?? [1e9, 1e9, 2.5e9, 10e9]),
    hostName: draw.pick(hostNames),
    hostIp: `192.168.${draw.whole(0, 3)}.${draw.whole(20, 240)}`,
    hostMac: macOf(draw),
    uniqueId: hexOf(draw, 16).toUpperCase(),
    certSha256: hexOf(draw, 64),
    app: draw.pick(apps),
    uptimeS: Math.round(draw.byRatio(3_600, 5_000_000)),
    probes: drawProbes(draw, world, wish.http ?? false),
    sources: virtual ? ['self', 'host', 'vmhost'] : ['self', 'host'],
  };
}

export function macOf(draw: Draw): string {
  return Array.from({ length: 6 }, () => draw.whole(0, 255).toString(16).padStart(2, '0')).join(':');
}

export function hexOf(draw: Draw, digits: number): string {
  return Array.from({ length: digits }, () => draw.whole(0, 15).toString(16)).join('');
}

/** Whether this client speaks GameStream: UDP video, its own loss reports, no TCP to fall back on. */
export function isMoonlight({ client }: Pick<World, 'client'>): boolean {
  return client === 'moonlight-qt' || client === 'moonlight-embedded';
}

type Nature = Pick<World, 'wifi' | 'virtual' | 'routed' | 'client'>;

function drawProbes(draw: Draw, { wifi, virtual, routed, client }: Nature, wantsHttp: boolean): ProbeLine[] {
  const airMs = wifi ? draw.byRatio(1, 5) : 0;
  const airJitterMs = wifi ? draw.between(0.3, 2.5) : 0;
  const near: readonly Part[] = ['client', 'client-link', 'switch'];
  const toHost: readonly Part[] = [...near, ...(routed ? (['router'] as const) : []), 'host-link'];
  const toGuest: readonly Part[] = virtual ? [...toHost, 'vmhost', 'guest'] : [...toHost, 'guest'];
  const line = (target: TraceTarget, probe: TraceProbe, path: readonly Part[], [low, high]: readonly [number, number]): ProbeLine => {
    const ownMs = draw.byRatio(low, high);
    const outside = target !== 'self';
    return {
      target,
      probe,
      path,
      baseMs: ownMs + (outside ? airMs : 0),
      jitterMs: ownMs * draw.between(0.04, 0.25) + (outside ? airJitterMs : 0),
      lossRatio: outside && draw.chance(0.6) ? draw.byRatio(0.0001, wifi ? 0.006 : 0.002) : 0,
      spikesPerMinute: draw.byRatio(0.05, wifi ? 3 : 1),
    };
  };
  // A web server that answers costs more than a connect, and both more than an echo.
  const service: TraceProbe = client === 'freerdp' || client === 'tigervnc' ? 'tcp' : wantsHttp || draw.chance(0.4) ? 'http' : 'tcp';
  const lines = [
    line('self', draw.chance(0.6) ? 'loop' : 'icmp', ['client'], [0.02, 0.4]),
    line('gateway', 'icmp', [...near, 'router'], [0.2, 1.5]),
    line('peer', 'icmp', [...near, 'peer'], [0.15, 1.2]),
    ...(virtual ? [line('vmhost', 'icmp', [...toHost, 'vmhost'], [0.15, 0.8])] : []),
    line('host', 'icmp', toGuest, [0.2, 1.5]),
    line('port', service, [...toGuest, 'service'], service === 'http' ? [1, 8] : [0.3, 2.5]),
  ];
  return service === 'http' && draw.chance(0.3) ? [...lines, line('port', 'tcp', [...toGuest, 'service'], [0.3, 2.5])] : lines;
}
