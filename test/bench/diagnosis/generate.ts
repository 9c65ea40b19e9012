// Makes a trace file from a fault and a seed: the fault happens in a simulated network, and what was seen is written down.
import type { CauseId, TraceAddress, TraceClient, TraceHost, TraceLine, TraceMeta } from '../../../electron/common/trace';
import { seedOf } from '../fuzz/random';
import { chatter } from './client-log';
import { Draw } from './draw';
import { addressStale, duplicateAddress, pathMtu } from './faults/addressing';
import { periodicJob, unrelatedHistory } from './faults/by-the-clock';
import { clientCrash, clientMachineBusy, udpBufferOverrun } from './faults/client-side';
import { hostAppEnded, hostAsleep, hostEncoderStall, hostRebooted, vmHostCpuPressure } from './faults/host-side';
import { linkDown, nicContention, packetReordering, routerFreeze, wifiTrouble } from './faults/lan';
import { nothingWrong, somethingOdd } from './faults/nothing-known';
import { hostAddress, hostLine } from './faults/surroundings';
import { measureMachine, readingFields } from './measure-machines';
import { measureProbe, type ProberHabits } from './measure-probes';
import type { Fault, Story, StreamShare } from './story';
import { drawWorld, macOf, type World } from './world';

export interface TraceCase {
  readonly name: string;
  readonly expected: CauseId;
  readonly fault: Fault;
}

const known = (expected: CauseId, fault: Fault): TraceCase => ({ name: expected, expected, fault });

export const traceCases: readonly TraceCase[] = [
  known('client-crash', clientCrash),
  known('client-machine-busy', clientMachineBusy),
  known('vm-host-cpu-pressure', vmHostCpuPressure),
  known('router-freeze', routerFreeze),
  known('nic-contention', nicContention),
  known('address-stale', addressStale),
  known('duplicate-address', duplicateAddress),
  known('link-down', linkDown),
  known('wifi', wifiTrouble),
  known('packet-reordering', packetReordering),
  known('path-mtu', pathMtu),
  known('udp-buffer-overrun', udpBufferOverrun),
  known('host-app-ended', hostAppEnded),
  known('host-encoder-stall', hostEncoderStall),
  known('host-rebooted', hostRebooted),
  known('host-asleep', hostAsleep),
  known('periodic-job', periodicJob),
  { name: 'nothing-wrong', expected: 'unknown', fault: nothingWrong },
  { name: 'something-odd', expected: 'unknown', fault: somethingOdd },
];

/** The lines of the trace of one case: the same for the same seed, in the order in which they were written down. */
export function generateTrace({ name, fault }: TraceCase, seed: number): TraceLine[] {
  const draw = new Draw(seedOf(hashOf(name), seed));
  const world = drawWorld(draw, fault.wish(draw));
  const story = fault.happen(world, draw);
  const absent = drawAbsent(world, story, draw);
  const written = [...probeLines(world, story, absent, draw), ...otherLines(world, story, absent, draw)];
  return [metaOf(world, story, draw), ...written.sort((one, other) => one.atMs - other.atMs).map(({ line }) => line)];
}

function hashOf(name: string): number {
  return [...name].reduce((hash, letter) => (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0, 7);
}

interface Written {
  readonly atMs: number;
  readonly line: TraceLine;
}

/** A recorder that didn't look there: vantage points never named, figures never read. */
function drawAbsent(world: World, { needs }: Story, draw: Draw): ReadonlySet<string> {
  const targets = [...new Set(world.probes.map(({ target }) => target))];
  const absent = new Set<string>();
  for (const target of targets) if (draw.chance(target === 'host' || target === 'gateway' ? 0.15 : 0.35)) absent.add(`probe:${target}`);
  for (const source of ['self', 'host', 'vmhost'] as const) {
    const isBlind = !world.sources.includes(source) || draw.chance(source === 'self' ? 0.15 : 0.4);
    for (const field of readingFields) if (isBlind || draw.chance(0.15)) absent.add(`reading:${source}.${field}`);
  }
  const exists = (sight: string): boolean => (sight.startsWith('probe:') ? targets.some((target) => sight === `probe:${target}`) : world.sources.some((source) => sight.startsWith(`reading:${source}.`)));
  for (const group of needs) {
    const possible = group.filter(exists);
    if (possible.length > 0 && possible.every((sight) => absent.has(sight))) absent.delete(draw.pick(possible));
  }
  return absent;
}

function probeLines(world: World, story: Story, absent: ReadonlySet<string>, draw: Draw): Written[] {
  const byArrival = draw.chance(0.3);
  const habits: ProberHabits = { lateAfterMs: draw.pick([null, world.intervalMs, 1_000, 1_000]), writesSeq: draw.chance(0.85), firstSeq: draw.chance(0.5) ? 1 : draw.whole(1, 60_000), doubledRatio: draw.chance(0.08) ? draw.byRatio(0.001, 0.01) : 0 };
  return world.probes
    .filter(({ target }) => !absent.has(`probe:${target}`))
    .flatMap((line) => measureProbe(line, world, story.effects, habits, draw))
    .map(({ sample, arrivedMs }) => ({ atMs: byArrival ? (arrivedMs ?? sample.tMs + 2_000) : sample.tMs, line: sample }));
}

function otherLines(world: World, story: Story, absent: ReadonlySet<string>, draw: Draw): Written[] {
  const reader = { averages: draw.chance(0.5), absent };
  const client = livingClient([...chatter(world, draw), ...story.client]).filter(({ tMs }) => tMs < world.durationMs);
  const stream = [...story.stream, ...withoutClient(world, client, draw)];
  const telemetry = world.sources.flatMap((source) => measureMachine(source, world, { ...story, stream }, reader, draw));
  return [...telemetry, ...addressLines(world, story, draw), ...client, ...hostLines(world, story, draw)]
    .filter(({ tMs }) => tMs >= 0 && tMs < world.durationMs)
    .map((line) => ({ atMs: line.tMs, line }));
}

/** Who has been told to end says little more, who has ended says nothing, until it is started anew. */
function livingClient(events: readonly TraceClient[]): TraceClient[] {
  let endedMs: number | null = null;
  let isGone = false;
  return [...events]
    .sort((one, other) => one.tMs - other.tMs)
    .filter(({ tMs, event }) => {
      if (event === 'stage') {
        endedMs = null;
        isGone = false;
        return true;
      }
      if (isGone || (endedMs !== null && event !== 'exit' && !(event === 'line' && tMs < endedMs + 1_000))) return false;
      if (event === 'terminated') endedMs = tMs;
      if (event === 'exit') isGone = true;
      return true;
    });
}

/** A client that has gone receives nothing; the host sends on until it has noticed. */
function withoutClient({ durationMs }: World, client: readonly TraceClient[], draw: Draw): StreamShare[] {
  return client
    .filter(({ event }) => event === 'exit')
    .flatMap(({ tMs }): StreamShare[] => {
      const againMs = client.find(({ event, tMs: stageMs }) => event === 'stage' && stageMs > tMs)?.tMs ?? durationMs;
      const noticedMs = Math.min(againMs, tMs + draw.between(200, 5_500));
      return [{ side: 'self', span: { fromMs: tMs, toMs: againMs }, share: 0 }, { side: 'host', span: { fromMs: noticedMs, toMs: againMs }, share: 0 }];
    });
}

/** Where no fault speaks of addresses, what was true at the start; and other machines' lines, which may well change. */
function addressLines(world: World, { addresses }: Story, draw: Draw): TraceAddress[] {
  const own = addresses.length > 0 ? addresses : draw.chance(0.5) ? [sparse(hostAddress(world, draw.between(0, 400)), draw)] : [];
  const names = ['nas.lan', 'printer', 'fritz.box', 'tv-livingroom', 'pi.lan'].filter(() => draw.chance(0.25));
  const others = names.map((name, number): TraceAddress[] => {
    const ip = `192.168.1.${2 + number * 3}`;
    const first: TraceAddress = { kind: 'address', tMs: Math.round(draw.between(0, 900)), name, ip, mac: macOf(draw) };
    return draw.chance(0.2) ? [first, { ...first, tMs: Math.round(draw.between(2_000, world.durationMs)), ip: `192.168.1.${3 + number * 3}` }] : [first];
  });
  return [...own, ...others.flat()];
}

/** Not every link of the chain can be read everywhere. */
function sparse(line: TraceAddress, draw: Draw): TraceAddress {
  const { uniqueId, certSha256, ...rest } = line;
  return { ...rest, ...(draw.chance(0.6) ? { uniqueId } : {}), ...(draw.chance(0.4) ? { certSha256 } : {}) };
}

function hostLines(world: World, { host }: Story, draw: Draw): TraceHost[] {
  const firstMs = host.reduce((least, { tMs }) => Math.min(least, tMs), Infinity);
  const usual = draw.chance(0.6) ? Array.from({ length: draw.whole(1, 3) }, () => hostLine(world, draw.between(0, world.durationMs), 'busy', draw)) : [];
  return [...host, ...usual.filter(({ tMs }) => tMs < firstMs)];
}

function metaOf(world: World, story: Story, draw: Draw): TraceMeta {
  const { history, needsHistory, needsStartedAt, needsWifi } = story;
  const spikes = history ?? (draw.chance(0.4) ? unrelatedHistory(world, draw) : null);
  return {
    kind: 'meta',
    version: 1,
    ...(draw.chance(0.85) ? { host: world.hostName } : {}),
    ...(draw.chance(0.85) ? { client: world.clientVersion } : {}),
    ...(draw.chance(0.85) ? { intervalMs: world.intervalMs } : {}),
    ...(draw.chance(0.75) ? { linkBps: world.linkBps } : {}),
    ...(world.wifi ? (needsWifi === true || draw.chance(0.8) ? { wifi: true } : {}) : draw.chance(0.3) ? { wifi: false } : {}),
    ...(spikes !== null && (needsHistory === true || draw.chance(0.7)) ? { history: [...spikes] } : {}),
    ...(needsStartedAt === true || draw.chance(0.7) ? { startedAt: world.startedAt } : {}),
  };
}

/** As a trace file: JSON Lines. */
export function traceText(lines: readonly TraceLine[]): string {
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}
