// What happens beside a fault: innocent backups, what Athena's questions to the host bring, who is behind an address.
import type { TraceAddress, TraceHost } from '../../../../electron/common/trace';
import type { Draw, Span } from '../draw';
import { emptyStory, type Story } from '../story';
import type { World } from '../world';

/** A backup that runs at the same time, well within what the link and the disks can do. */
export function innocentBackup(world: World, draw: Draw): Story {
  const source = world.virtual && draw.chance(0.7) ? 'vmhost' : 'host';
  const span = draw.trouble(world.durationMs, 20_000, 200_000);
  const field = draw.chance(0.5) ? 'rxBps' : 'txBps';
  const bps = Math.min(world.linkBps, world.hostLinkBps) * draw.between(0.12, 0.6) - world.bitrateBps;
  return {
    ...emptyStory,
    readings: [
      { source, field, span, how: 'add', value: (_tMs, by) => Math.max(0, bps) * by.normal(1, 0.06) },
      { source, field: 'psiIo', span, how: 'add', value: (_tMs, by) => by.between(2, 22) },
      { source, field: 'psiCpu', span, how: 'add', value: (_tMs, by) => by.between(0, 6) },
    ],
    effects: [{ part: 'host-link', span, delayMs: (_tMs, by) => by.heavyTail(0.08, 0.8) }],
  };
}

export function maybeBackup(world: World, draw: Draw, chance: number): Story {
  return draw.chance(chance) ? innocentBackup(world, draw) : emptyStory;
}

export function hostLine(world: World, tMs: number, state: TraceHost['state'], draw: Draw): TraceHost {
  const tellsMore = state === 'busy' || state === 'free';
  return {
    kind: 'host',
    tMs: Math.round(Math.max(0, tMs)),
    state,
    ...(state === 'busy' && draw.chance(0.8) ? { app: world.app } : {}),
    ...(tellsMore && draw.chance(0.7) ? { uptimeS: Math.round(world.uptimeS + tMs / 1_000) } : {}),
  };
}

/** Two unanswered questions make a host unreachable; an answered one brings it back. */
export function goneAndBack(world: World, span: Span, draw: Draw): TraceHost[] {
  const goneMs = span.fromMs + draw.between(3_000, 8_000);
  if (goneMs > span.toMs || goneMs > world.durationMs || draw.chance(0.15)) return [];
  const backMs = span.toMs + draw.between(300, 4_000);
  return [hostLine(world, goneMs, 'unreachable', draw), ...(backMs < world.durationMs ? [hostLine(world, backMs, 'busy', draw)] : [])];
}

/** The host as its chain of addresses says; what isn't given is as usual. */
export function hostAddress(world: World, tMs: number, changed: Partial<TraceAddress> = {}): TraceAddress {
  const usual = { name: world.hostName, ip: world.hostIp, mac: world.hostMac, uniqueId: world.uniqueId, certSha256: world.certSha256 };
  return { kind: 'address', tMs: Math.round(tMs), ...usual, ...changed };
}
