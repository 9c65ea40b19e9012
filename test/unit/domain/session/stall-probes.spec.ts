// For how long a host has been silent, by the samples that the probes told.
import { describe, expect, it } from 'vitest';
import { hostIdSchema } from '../../../../electron/common/ids';
import type { ProbeKind } from '../../../../electron/common/latency';
import { gatewayVantage, hostVantage } from '../../../../electron/common/vantage';
import { StallProbes } from '../../../../electron/domain/session/stall-probes';
import { FakeClock } from '../../../fakes/fake-clock';

const host = hostIdSchema.parse('rig');
const other = hostIdSchema.parse('nas');

function start(): { clock: FakeClock; probes: StallProbes; answer: (hostId?: typeof host, rttMs?: number | null, probe?: ProbeKind) => void } {
  const clock = new FakeClock();
  const probes = new StallProbes(clock);
  const answer = (hostId = host, rttMs: number | null = 1, probe: ProbeKind = 'icmp'): void =>
    probes.take([{ vantage: hostVantage(hostId), probe, atMs: [clock.nowMs()], rttMs: [rttMs] }]);
  return { clock, probes, answer };
}

describe('StallProbes', () => {
  it('knows nothing of a host that no probe told of', () => {
    expect(start().probes.looks(host)).toEqual([]);
  });

  it('tells how old the newest answered question is, how far apart they are, and what is usual', () => {
    const { clock, probes, answer } = start();
    for (let round = 0; round < 10; round += 1) {
      clock.advance(200);
      answer(host, round === 4 ? 80 : 2);
    }
    clock.advance(150);
    expect(probes.looks(host)).toEqual([{ probe: 'icmp', intervalMs: 200, silentMs: 150, usable: true, usualMs: 2 }]);
    clock.advance(50);
    answer(host, null);
    expect(probes.looks(host)[0]?.silentMs).toBe(200);
  });

  it('a kind that was hardly ever answered, or not for a minute, says nothing', () => {
    const { clock, probes, answer } = start();
    for (let round = 0; round < 4; round += 1) answer();
    expect(probes.looks(host)[0]?.usable).toBe(false);
    clock.advance(200);
    answer();
    expect(probes.looks(host)[0]?.usable).toBe(true);
    clock.advance(60_001);
    expect(probes.looks(host)[0]?.usable).toBe(false);
  });

  it('a wall clock that was set is no silence', () => {
    const { clock, probes } = start();
    clock.advance(1_000);
    probes.take([{ vantage: hostVantage(host), probe: 'icmp', atMs: [clock.nowMs() - 3_600_000], rttMs: [1] }]);
    expect(probes.looks(host)[0]?.silentMs).toBe(0);
  });

  it('takes late and repeated answers, web servers and gateways for no answer of the host', () => {
    const { clock, probes, answer } = start();
    for (let round = 0; round < 6; round += 1) {
      clock.advance(200);
      answer();
    }
    clock.advance(1_000);
    const at = [clock.nowMs()];
    probes.take([
      { vantage: hostVantage(host), probe: 'icmp', atMs: at, rttMs: [1_500], flags: [1] },
      { vantage: hostVantage(host), probe: 'http', atMs: at, rttMs: [3] },
      { vantage: gatewayVantage, probe: 'icmp', atMs: at, rttMs: [1] },
    ]);
    expect(probes.looks(host)).toEqual([{ probe: 'icmp', intervalMs: 200, silentMs: 1_000, usable: true, usualMs: 1 }]);
    expect(probes.others(host)).toEqual({ answering: 0, watched: 0 });
  });

  it('counts the other hosts that answer', () => {
    const { clock, probes, answer } = start();
    for (let round = 0; round < 6; round += 1) {
      clock.advance(200);
      answer(host);
      answer(other);
    }
    expect(probes.others(host)).toEqual({ answering: 1, watched: 1 });
    clock.advance(900);
    expect(probes.others(host)).toEqual({ answering: 0, watched: 1 });
  });
});
