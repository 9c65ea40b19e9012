// Latency samples that look like a home network: a calm line, now and then a spike, now and then a loss, and gaps on demand.
import type { HostId } from '../../electron/common/ids';
import type { LatencySummary, ProbeKind, SampleBatch } from '../../electron/common/latency';
import { summarise } from '../../electron/common/latency-statistics';
import { SampleRing } from '../../electron/common/sample-ring';
import { hostVantage } from '../../electron/common/vantage';

export const sampleEveryMs = 200;

/** A period without any answer, in epoch milliseconds. */
export interface Outage {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface FakeNetwork {
  readonly baseMs: number;
  readonly outages: readonly Outage[];
  /** How many of a thousand samples are spikes, and how many are lost. */
  readonly spikes: number;
  readonly losses: number;
}

/** A figure in [0, 1) that depends on nothing but its seed: the same second always looks the same. */
function noise(seed: number): number {
  const value = Math.sin(seed * 12.9898) * 43758.5453;
  return value - Math.floor(value);
}

/** The answer to one question; null: lost. */
export function fakeRtt(network: FakeNetwork, probe: ProbeKind, atMs: number): number | null {
  const tick = Math.floor(atMs / sampleEveryMs) % 1_000_000;
  const seed = tick + (probe === 'tcp' ? 0.5 : 0);
  if (network.outages.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs)) return null;
  if (noise(seed * 3.1) * 1000 < network.losses) return null;
  const sway = Math.sin(tick / 45) * 0.12 + noise(seed) * 0.22;
  const spike = noise(seed * 7.7) * 1000 < network.spikes ? 4 + noise(seed * 1.3) * 14 : 0;
  const port = probe === 'tcp' ? 0.35 : 0;
  return network.baseMs * (1 + sway + port) + spike * Math.max(0.4, network.baseMs / 4);
}

export function fakeBatch(network: FakeNetwork, hostId: HostId, probe: ProbeKind, fromMs: number, toMs: number): SampleBatch {
  const atMs: number[] = [];
  const offsetMs = probe === 'tcp' ? 90 : 0;
  for (let at = Math.ceil(fromMs / sampleEveryMs) * sampleEveryMs; at < toMs; at += sampleEveryMs) atMs.push(at + offsetMs);
  return { vantage: hostVantage(hostId), probe, atMs, rttMs: atMs.map((at) => fakeRtt(network, probe, at)) };
}

export function fakeSummary(batch: SampleBatch, windowMs: number): LatencySummary {
  const ring = new SampleRing(4000);
  ring.append(batch);
  return summarise(ring.window(), { vantage: batch.vantage, probe: batch.probe, windowMs });
}
