// Reads what a Linux machine's own files say of its pressure, its processors and its network card; the same for every machine.
import { tidyMac } from '../network/router-tables';
import type { TelemetryFigures } from '../../common/telemetry';

/** Path → text, as far as they were there and readable. */
export type MachineFiles = ReadonlyMap<string, string>;

/** What only tells by its change. Absent: not to be had on this machine. */
export interface MachineTotals {
  /** Microseconds in which something waited. */
  readonly psiCpuUs?: number | undefined;
  readonly psiIoUs?: number | undefined;
  readonly psiMemoryUs?: number | undefined;
  /** Processor time in ticks, all processors together. */
  readonly cpuTicks?: number | undefined;
  readonly stealTicks?: number | undefined;
  /** Nanoseconds that tasks waited for a processor, all together. */
  readonly runDelayNs?: number | undefined;
  readonly cpus?: number | undefined;
  readonly rxBytes?: number | undefined;
  readonly txBytes?: number | undefined;
}

export interface MachineLook {
  /** Whose bytes these are: of another card they must not be subtracted. */
  readonly card: string | null;
  readonly totals: MachineTotals;
  /** What tells by itself, and what counts since the start of the machine. */
  readonly figures: TelemetryFigures;
}

/** Of every machine; the card's own come from `cardPaths`. */
export const machinePaths = [
  '/proc/pressure/cpu',
  '/proc/pressure/io',
  '/proc/pressure/memory',
  '/proc/stat',
  '/proc/schedstat',
  '/proc/net/snmp',
  '/proc/net/snmp6',
  '/proc/net/wireless',
  '/proc/uptime',
] as const;

/** Documentation/ABI/testing/sysfs-class-net and -net-statistics. */
export const cardFiles = [
  'operstate',
  'carrier_changes',
  'speed',
  'statistics/rx_bytes',
  'statistics/tx_bytes',
  'statistics/rx_dropped',
  'statistics/rx_missed_errors',
  'statistics/tx_dropped',
  'statistics/rx_errors',
] as const;

const bitsPerMegabit = 1_000_000;

/** @param card the network interface whose figures these are to be; null: none */
export function readMachine(files: MachineFiles, card: string | null): MachineLook {
  const text = (path: string): string => files.get(path) ?? '';
  const ofCard = (file: (typeof cardFiles)[number]): string => (card === null ? '' : text(`/sys/class/net/${card}/${file}`));
  const [user, nice, system, idle, iowait, irq, softirq, steal] = numbersOf(/^cpu +(.*)$/m.exec(text('/proc/stat'))?.[1]);
  const delays = [...text('/proc/schedstat').matchAll(/^cpu\d+ (.*)$/gm)].map(([, fields]) => numbersOf(fields)[7] ?? 0);
  const speedMbps = toNumber(ofCard('speed'));
  const state = ofCard('operstate').trim();
  const drops = [toNumber(ofCard('statistics/rx_dropped')), toNumber(ofCard('statistics/rx_missed_errors'))];
  const ticks = [user, nice, system, idle, iowait, irq, softirq, steal];
  return {
    card,
    totals: {
      psiCpuUs: waitedUs(text('/proc/pressure/cpu')),
      psiIoUs: waitedUs(text('/proc/pressure/io')),
      psiMemoryUs: waitedUs(text('/proc/pressure/memory')),
      cpuTicks: user === undefined ? undefined : ticks.reduce<number>((sum, value) => sum + (value ?? 0), 0),
      stealTicks: steal,
      runDelayNs: delays.length === 0 ? undefined : delays.reduce((sum, delay) => sum + delay, 0),
      cpus: delays.length === 0 ? undefined : delays.length,
      rxBytes: toNumber(ofCard('statistics/rx_bytes')),
      txBytes: toNumber(ofCard('statistics/tx_bytes')),
    },
    figures: present({
      rxDrops: drops[0] === undefined ? undefined : drops[0] + (drops[1] ?? 0),
      txDrops: toNumber(ofCard('statistics/tx_dropped')),
      rxErrors: toNumber(ofCard('statistics/rx_errors')),
      // RFC 2863: "dormant" waits for its peer (a log-in to the network, a sleeping radio), "unknown" is what tunnels say.
      linkUp: state === '' || state === 'unknown' ? undefined : state === 'up',
      linkBps: speedMbps !== undefined && speedMbps > 0 ? speedMbps * bitsPerMegabit : undefined,
      carrierChanges: toNumber(ofCard('carrier_changes')),
      wifiSignalDbm: card === null ? undefined : signalOf(text('/proc/net/wireless'), card),
      udpRcvErrors: udpBufferErrors(text('/proc/net/snmp'), text('/proc/net/snmp6')),
      uptimeS: toNumber(text('/proc/uptime').split(' ')[0] ?? ''),
    }),
  };
}

/** @param seconds between the two looks */
export function figuresBetween(before: MachineLook | null, now: MachineLook, seconds: number): TelemetryFigures {
  if (before === null || !(seconds > 0)) return now.figures;
  const grown = (key: keyof MachineTotals): number | undefined => {
    const [from, to] = [before.totals[key], now.totals[key]];
    return from === undefined || to === undefined || to < from ? undefined : to - from;
  };
  const share = (grownUs: number | undefined): number | undefined => (grownUs === undefined ? undefined : percent(grownUs / 1e6 / seconds));
  const rate = (key: 'rxBytes' | 'txBytes'): number | undefined => {
    const bytes = before.card === now.card ? grown(key) : undefined;
    return bytes === undefined ? undefined : Math.round((bytes * 8) / seconds);
  };
  const [ticks, stolen, delayNs] = [grown('cpuTicks'), grown('stealTicks'), grown('runDelayNs')];
  return {
    ...now.figures,
    ...present({
      psiCpu: share(grown('psiCpuUs')),
      psiIo: share(grown('psiIoUs')),
      psiMemory: share(grown('psiMemoryUs')),
      stealPct: ticks === undefined || stolen === undefined ? undefined : ticks === 0 ? 0 : percent(stolen / ticks),
      runDelayPct: delayNs === undefined ? undefined : percent(delayNs / 1e9 / seconds / (now.totals.cpus ?? 1)),
      rxBps: rate('rxBytes'),
      txBps: rate('txBytes'),
    }),
  };
}

/** Drops of the root queue in `tc -s qdisc show dev …` (tc(8)); the root of several queues counts for all of them. */
export function queueDropsOf(text: string): number | undefined {
  const lines = text.split('\n');
  const root = lines.findIndex((line) => line.startsWith('qdisc ') && line.includes(' root'));
  const sent = root < 0 ? undefined : lines.slice(root + 1).find((line) => line.startsWith(' Sent '));
  return toNumber(/\(dropped (\d+),/.exec(sent ?? '')?.[1] ?? '');
}

/** The access point's address in `iw dev … link`; absent: not connected. */
export function accessPointOf(text: string): string | undefined {
  return tidyMac(/^Connected to ([0-9a-f:]{17})/im.exec(text)?.[1]) ?? undefined;
}

/** Documentation/accounting/psi.rst: "some" is the time in which at least one task waited. */
function waitedUs(pressure: string): number | undefined {
  return toNumber(/^some .*total=(\d+)/m.exec(pressure)?.[1] ?? '');
}

/** RFC 4113 knows no such counter; Linux tells datagrams that found the socket's buffer full, for IPv4 and IPv6 apart. */
function udpBufferErrors(snmp: string, snmp6: string): number | undefined {
  const [names, values] = [...snmp.matchAll(/^Udp: (.*)$/gm)].map(([, fields = '']) => fields.split(' '));
  const fourth = toNumber(values?.[names?.indexOf('RcvbufErrors') ?? -1] ?? '');
  const sixth = toNumber(/^Udp6RcvbufErrors\s+(\d+)/m.exec(snmp6)?.[1] ?? '');
  return fourth === undefined && sixth === undefined ? undefined : (fourth ?? 0) + (sixth ?? 0);
}

/** wireless(7): the level, in dBm where it is negative. */
function signalOf(wireless: string, card: string): number | undefined {
  const line = wireless.split('\n').find((candidate) => candidate.trim().startsWith(`${card}:`));
  const level = Number.parseFloat(line?.trim().split(/\s+/)[3] ?? '');
  return level < 0 ? level : undefined;
}

function percent(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100;
}

function numbersOf(fields: string | undefined): number[] {
  return fields === undefined ? [] : fields.trim().split(/\s+/).map(Number);
}

function toNumber(text: string): number | undefined {
  const value = Number(text.trim() === '' ? NaN : text);
  return Number.isFinite(value) ? value : undefined;
}

function present(figures: { readonly [K in keyof TelemetryFigures]: TelemetryFigures[K] | undefined }): TelemetryFigures {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
}
