// Reads single pieces of stall evidence out of what was seen: each side speaks for itself, and none is believed alone.
import { assertNever } from '../../common/result';
import type { ProbeKind } from '../../common/latency';
import type { ClientLook, ProbeLook, SocketLook, StallLook } from './stall-evidence';
import type { FlowTrack } from './stall-flow';

export interface Side {
  /** Two pieces of one kind are one side: they fail together. */
  readonly kind: 'echo' | 'connect' | 'service' | 'receive' | 'socket' | 'client' | 'lines';
  readonly text: string;
}

/** Three open questions at five a second, and a bit: known 0.7 s after the last answer. */
const echoSilentMs = 700;
const echoSilentIntervals = 3.5;
const connectSilentMs = 400;
/** A local answer takes milliseconds: after this a connection request is not slow but unanswered. */
const requestSilentMs = 350;
const timesUsual = 4;
const muteMs = 900;
/** TCP sends again after 0.2 s at the earliest (RFC 6298, Linux), and doubles: three times are more than a lost packet. */
const stuckRetransmits = 3;

/** @param lateMs what of the silence is our own fault */
export function isSilent({ probe, silentMs, intervalMs, usualMs, usable }: ProbeLook, lateMs: number, stretch: number): boolean {
  return usable && silentMs - lateMs - usualMs >= silenceLimitMs(probe, intervalMs) * stretch;
}

function silenceLimitMs(probe: ProbeKind, intervalMs: number): number {
  switch (probe) {
    case 'icmp':
      return Math.max(echoSilentMs, echoSilentIntervals * intervalMs);
    case 'tcp':
    case 'http':
    case 'loop':
      return intervalMs + connectSilentMs;
    default:
      return assertNever(probe);
  }
}

export function probeSide({ probe, silentMs }: ProbeLook): Side {
  return probe === 'icmp'
    ? { kind: 'echo', text: `The host has answered no echo for ${seconds(silentMs)}` }
    : { kind: 'connect', text: `The host's port has accepted no connection for ${seconds(silentMs)}` };
}

/** That the network is fine is evidence too, where a stream can't rest. */
export function answeredEcho(probes: readonly ProbeLook[]): Side | null {
  const echo = probes.find(({ probe, usable, silentMs, usualMs }) => probe === 'icmp' && usable && silentMs - usualMs < echoSilentMs);
  return echo ? { kind: 'echo', text: `The host answers echo as ever, after ${echo.usualMs.toFixed(1)} ms` } : null;
}

export function unansweredRequest({ ask, probes }: StallLook, stretch: number): Side | null {
  const usualMs = Math.max(0, ...probes.map((probe) => probe.usualMs));
  if (ask.kind !== 'connecting' || ask.forMs < Math.max(requestSilentMs * stretch, timesUsual * usualMs)) return null;
  return { kind: 'connect', text: `A new connection to the host is not accepted for ${seconds(ask.forMs)}` };
}

export function muteService({ ask }: StallLook, stretch: number): Side | null {
  if (ask.kind !== 'mute' || ask.forMs < muteMs * stretch) return null;
  return { kind: 'service', text: `The host's system accepts a connection, but its service has said nothing for ${seconds(ask.forMs)}` };
}

/** Nothing at all has come since a service was asked that says nothing itself. */
export function silentSince({ ask, sockets }: StallLook, limitMs: number): Side | null {
  const silentMs = sockets?.silentMs ?? 0;
  if (ask.kind !== 'mute' || ask.forMs < limitMs || silentMs < limitMs) return null;
  return { kind: 'receive', text: `Not a byte has come in for ${seconds(silentMs)}` };
}

export function quietFlow(flow: FlowTrack | null, limitMs: number): Side | null {
  if (!flow?.isSteady || flow.quietMs < Math.max(limitMs, 2 * flow.longestGapMs)) return null;
  const usual = `usual ${(flow.usual / 1_000).toFixed(0)} kB/s, longest pause ${seconds(flow.longestGapMs)}`;
  return { kind: 'receive', text: `Next to nothing has come in for ${seconds(flow.quietMs)} (${usual})` };
}

export function retransmitting(sockets: SocketLook | null, atLeast = 1): Side | null {
  if (!sockets || sockets.unackedBytes === 0 || sockets.retransmits < atLeast) return null;
  const rtt = sockets.rttMs === null ? '' : `, usual round trip ${sockets.rttMs.toFixed(1)} ms`;
  return { kind: 'socket', text: `${sockets.unackedBytes} bytes are not acknowledged after ${sockets.retransmits} retransmissions${rtt}` };
}

export const stuckSocket = (sockets: SocketLook | null): Side | null => retransmitting(sockets, stuckRetransmits);

/** @param unansweredMs since the client began to send and nothing came back */
export function unansweredSends(unansweredMs: number, limitMs: number): Side | null {
  return unansweredMs < limitMs ? null : { kind: 'receive', text: `What the client sends has had no answer for ${seconds(unansweredMs)}` };
}

export function restingClient(work: FlowTrack, pictures: FlowTrack, limitMs: number): Side | null {
  if (pictures.isSteady) {
    if (pictures.quietMs < limitMs) return null;
    return { kind: 'client', text: `The client's picture thread has had nothing to do for ${seconds(pictures.quietMs)} (usual ${pictures.usual.toFixed(0)} times a second)` };
  }
  if (!work.isSteady || work.quietMs < limitMs) return null;
  return { kind: 'client', text: `The client has hardly used the processor for ${seconds(work.quietMs)} (usual ${(work.usual / 10).toFixed(1)} % of a core)` };
}

export function idrLines(waits: readonly number[], tMs: number, { fewest, spanMs }: { readonly fewest: number; readonly spanMs: number }): Side | null {
  const first = waits[0];
  if (waits.length < fewest || first === undefined || tMs - first < spanMs) return null;
  return { kind: 'lines', text: `The client has said ${waits.length} times in ${seconds(tMs - first)} that it waits for a whole picture` };
}

/** What stands beside the evidence, so that a reader can weigh it. */
export function remarks({ others, own }: StallLook): string[] {
  const loop = `Our own loop was at most ${seconds(own.loopDelayMs)} late`;
  const pressure = own.cpuPressure === null ? '' : `, programs of this machine waited for a processor ${(own.cpuPressure * 100).toFixed(0)} % of the time`;
  if (others.watched === 0) return [loop + pressure];
  const told = others.answering === 0 ? `None of ${others.watched} other hosts answers either` : `${others.answering} of ${others.watched} other hosts answer`;
  return [told, loop + pressure];
}

export function stoodStill(client: ClientLook, forMs: number): string {
  const place = client.waitsIn === null ? '' : ` in ${client.waitsIn}`;
  switch (client.state) {
    case 'stopped':
      return `The client's process has been stopped (state T) for ${seconds(forMs)}`;
    case 'blocked':
      return `The client's process has hung in the kernel (state D)${place} for ${seconds(forMs)}`;
    case 'alive':
    case 'gone':
      return `The client's process has not run for ${seconds(forMs)}`;
    default:
      return assertNever(client.state);
  }
}

export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
