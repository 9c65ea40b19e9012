// This machine, measured by itself: real datagrams over loopback.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EchoSample } from '../../../../electron/adapters/probes/echo-tracker';
import { LoopEcho } from '../../../../electron/adapters/probes/loop-echo';
import { SystemClock } from '../../../../electron/adapters/system-clock';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function begin() {
  const samples: EchoSample[] = [];
  const troubles: (string | null)[] = [];
  const sink = { sample: (sample: EchoSample) => void samples.push(sample), trouble: (message: string | null) => void troubles.push(message) };
  const probe = new LoopEcho({ clock: new SystemClock(), sink, intervalMs: 60, beatMs: 20 });
  const beat = setInterval(() => probe.tick(), 20);
  ends.push(() => probe.stop(), () => clearInterval(beat));
  return { probe, samples, troubles };
}

function hold(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('LoopEcho', () => {
  it('tells how long a datagram takes to ourselves and back', async () => {
    const { samples, troubles } = begin();
    await vi.waitFor(() => expect(samples.length).toBeGreaterThanOrEqual(5), { timeout: 5_000 });
    const rtts = samples.flatMap(({ rttMs }) => rttMs ?? []).sort((one, other) => one - other);
    expect(rtts[0]).toBeGreaterThan(0);
    expect(rtts[0]).toBeLessThan(20);
    expect(troubles).toEqual([null]);
  });

  it('shows when its thread was held up', async () => {
    const { samples } = begin();
    await vi.waitFor(() => expect(samples.length).toBeGreaterThanOrEqual(3), { timeout: 5_000 });
    const before = samples.length;
    hold(250);
    await vi.waitFor(() => expect(samples.length).toBeGreaterThanOrEqual(before + 2), { timeout: 5_000 });
    expect(Math.max(...samples.slice(before).map(({ rttMs }) => rttMs ?? 0))).toBeGreaterThan(150);
  });

  it('tells nothing after its end', async () => {
    const { probe, samples } = begin();
    await vi.waitFor(() => expect(samples).not.toEqual([]), { timeout: 5_000 });
    await probe.stop();
    const before = samples.length;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(samples).toHaveLength(before);
  });
});
