// Writes a recorded stretch as a trace file: what `athena diagnose` and anybody else reads.
import { sampleFlags } from '../../common/latency';
import type { HostId } from '../../common/ids';
import type { TraceLine, TraceSample, TraceTelemetry } from '../../common/trace';
import { traceTargetOf, vantageKind, type VantageId } from '../../common/vantage';
import type { HostMoment, RawLane, SpikeMoment, Stretch } from './recorded-item';

export interface TraceAbout {
  /** The host's name or address, as its address lines name it; null: no host of its own. */
  readonly hostName: string | null;
  readonly hostId: HostId | null;
  /** The stream client, as people know it; null: none ran. */
  readonly client: string | null;
  /** Where its first trouble lies, for which the earlier ones are the history; epoch milliseconds. */
  readonly beganAtMs: number;
}

/** Spikes of one trouble follow each other: the history counts troubles. */
const oneTroubleMs = 30_000;
/** Samples of echo come at this distance unless they say otherwise. */
const usualIntervalMs = 200;

/** In the order in which the trace's reader wants them: by time, the head first. */
export function traceLines(stretch: Stretch, about: TraceAbout): TraceLine[] {
  const at = (ms: number): number => Math.max(0, Math.round((ms - stretch.fromMs) * 10) / 10);
  const lanes = tracedLanes(stretch.lanes, about.hostId);
  const lines: TraceLine[] = [
    ...lanes.flatMap((lane) => sampleLines(lane, at)),
    ...telemetryLines(stretch, about.hostId, at),
    ...stretch.addresses.map(({ atMs, name, ip, mac, uniqueId, certSha256 }): TraceLine => ({ kind: 'address', tMs: at(atMs), name, ip, mac, uniqueId, certSha256 })),
    ...stretch.clients
      .filter(({ hostId }) => about.hostId === null || hostId === about.hostId)
      .map(({ atMs, event, text, code, signal }): TraceLine => ({
        kind: 'client',
        tMs: at(atMs),
        event,
        ...(text !== null && { text: text.slice(0, 4_000) }),
        ...(code !== null && { code }),
        ...(signal !== null && { signal }),
      })),
    ...hostMoments(stretch, about.hostId).map(({ atMs, state, app, uptimeS }): TraceLine => ({ kind: 'host', tMs: at(atMs), state, ...(app !== null && { app: app.slice(0, 4_000) }), ...(uptimeS !== null && { uptimeS }) })),
  ];
  return [metaLine(stretch, about, lanes), ...lines.sort((one, other) => timeOf(one) - timeOf(other))];
}

export function traceText(lines: readonly TraceLine[]): string {
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}

function timeOf(line: TraceLine): number {
  return line.kind === 'meta' ? 0 : line.tMs;
}

function metaLine(stretch: Stretch, about: TraceAbout, lanes: readonly RawLane[]): TraceLine {
  const own = stretch.telemetry.filter(({ source }) => source.kind === 'self').map(({ figures }) => figures);
  const linkBps = own.filter(({ linkBps: rate }) => (rate ?? 0) > 0).at(-1)?.linkBps;
  const history = historyOf(stretch.earlierSpikes, about, lanes);
  return {
    kind: 'meta',
    version: 1,
    ...(about.hostName !== null && { host: about.hostName }),
    ...(about.client !== null && { client: about.client }),
    intervalMs: usualIntervalMs,
    ...(linkBps !== undefined && linkBps > 0 && { linkBps }),
    ...(own.some(({ wifiSignalDbm, wifiAccessPoint }) => wifiSignalDbm !== undefined || wifiAccessPoint !== undefined) && { wifi: true }),
    ...(history.length > 0 && { history }),
    startedAt: stretch.fromMs,
  };
}

/** Beginnings of the earlier troubles of the vantage points that are in the trace. */
function historyOf(spikes: readonly SpikeMoment[], { beganAtMs }: TraceAbout, lanes: readonly RawLane[]): number[] {
  const told = new Set<VantageId>(lanes.map(({ vantage }) => vantage.id));
  const begins: number[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const { atMs, vantage } of spikes) {
    if (!told.has(vantage) || atMs >= beganAtMs) continue;
    if (atMs - lastMs > oneTroubleMs) begins.push(atMs);
    lastMs = atMs;
  }
  return begins;
}

/** With how long the host runs, where its own figures tell it: at first, and when it has begun anew. */
function hostMoments({ hosts, telemetry }: Stretch, hostId: HostId | null): HostMoment[] {
  const moments = hosts.filter((moment) => moment.hostId === hostId);
  const extra: HostMoment[] = [];
  let lastS: number | null = null;
  for (const { source, atMs, figures } of telemetry) {
    if (source.kind !== 'host' || source.hostId !== hostId || figures.uptimeS === undefined) continue;
    const isNews = lastS === null || figures.uptimeS < lastS;
    lastS = figures.uptimeS;
    if (!isNews) continue;
    const before = moments.filter((moment) => moment.atMs <= atMs).at(-1);
    // A host whose state nobody told stays in one: only a change would say something.
    extra.push({ atMs, hostId: source.hostId, state: before?.state ?? 'busy', app: before?.app ?? null, uptimeS: figures.uptimeS });
  }
  return [...moments, ...extra].sort((one, other) => one.atMs - other.atMs);
}

/**
 * A trace has one host, one VM host and one peer. Where no peer is measured, another host that answers stands in for one: it tells the
 * router's troubles from the network's as well.
 */
function tracedLanes(lanes: readonly RawLane[], hostId: HostId | null): RawLane[] {
  const own = hostId ?? lanes.find(({ vantage }) => vantage.kind === 'host')?.vantage.hostId ?? null;
  const direct = lanes.filter(({ vantage: { kind, hostId: of } }) => kind === 'self' || kind === 'gateway' || ((kind === 'host' || kind === 'vmhost') && of === own));
  const answers = (lane: RawLane): number => lane.rttMs.filter((rtt) => rtt !== null).length;
  const stands = lanes.filter((lane) => lane.probe === 'icmp' && answers(lane) > 0 && (lane.vantage.kind === 'peer' || (lane.vantage.kind === 'host' && lane.vantage.hostId !== own)));
  const [peer] = stands.sort((one, other) => Number(other.vantage.kind === 'peer') - Number(one.vantage.kind === 'peer') || answers(other) - answers(one));
  return peer ? [...direct, peer] : direct;
}

function sampleLines({ vantage, probe, atMs, rttMs, flags }: RawLane, at: (ms: number) => number): TraceSample[] {
  const isOwn = vantage.kind !== 'host' && vantage.kind !== 'peer';
  const target = vantage.kind === 'peer' || isOwn ? vantageKind(vantage.id) : traceTargetOf(vantage.id, probe);
  const lines: TraceSample[] = [];
  /** A late answer takes the place of the loss that was told before. */
  const lostAt = new Map<number, number>();
  atMs.forEach((sentMs, index) => {
    const flag = flags[index] ?? 0;
    const rtt = rttMs[index] ?? null;
    const isLate = (flag & sampleFlags.late) !== 0;
    const line: TraceSample = {
      kind: 'sample',
      tMs: at(sentMs),
      target,
      probe,
      seq: index,
      rttMs: rtt === null ? null : Math.round(rtt * 1_000) / 1_000,
      ...(isLate && { late: true }),
      ...((flag & sampleFlags.reordered) !== 0 && { reordered: true }),
      ...((flag & sampleFlags.duplicate) !== 0 && { duplicate: true }),
    };
    const lost = isLate ? lostAt.get(sentMs) : undefined;
    const before = lost === undefined ? undefined : lines[lost];
    if (lost !== undefined && before) lines[lost] = { ...line, ...(before.seq !== undefined && { seq: before.seq }) };
    else {
      if (rtt === null) lostAt.set(sentMs, lines.length);
      lines.push(line);
    }
  });
  return lines;
}

const tracedFigures = ['psiCpu', 'psiIo', 'psiMemory', 'stealPct', 'rxBps', 'txBps', 'rxDrops', 'txDrops', 'linkUp', 'udpRcvErrors'] as const;

function telemetryLines({ telemetry }: Stretch, hostId: HostId | null, at: (ms: number) => number): TraceTelemetry[] {
  return telemetry.flatMap(({ source, atMs, figures }) => {
    if (source.kind !== 'self' && source.hostId !== hostId) return [];
    const told = Object.fromEntries(tracedFigures.flatMap((name) => (figures[name] === undefined ? [] : [[name, figures[name]]])));
    return Object.keys(told).length === 0 ? [] : [{ kind: 'telemetry', tMs: at(atMs), source: source.kind, ...told }];
  });
}
