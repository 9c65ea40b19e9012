// What is measured beside the hosts, and when that changes.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { hostRecordSchema, type HostRecord } from '../../../../electron/common/host';
import { gatewayVantage, hostVantage, type VantagePoint } from '../../../../electron/common/vantage';
import { LatencyBook } from '../../../../electron/domain/latency/latency-book';
import { LiveObservations } from '../../../../electron/domain/latency/live-observations';
import type { Answering, Neighbour, Neighbourhood } from '../../../../electron/domain/latency/neighbourhood';
import type { ProbeTarget } from '../../../../electron/domain/latency/probe';
import { VantageWatch } from '../../../../electron/domain/latency/vantage-watch';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeProbe } from '../../../fakes/fake-probe';
import { SilentLog } from '../../../fakes/silent-log';

const rig = hostRecordSchema.parse({ id: 'rig', name: 'RIG', address: 'rig.lan', vmHost: { address: '192.168.1.5' } });
const rigTarget: ProbeTarget = { vantage: hostVantage(rig.id), address: 'rig.lan', port: 47_989 };
const neighbour = (last: number): Neighbour => ({ address: `192.168.1.${last}`, mac: `02:00:00:00:00:${String(last).padStart(2, '0')}` });

class FakeNeighbourhood implements Neighbourhood {
  way: Neighbour | null = neighbour(1);
  around: readonly Neighbour[] = [neighbour(1), neighbour(30), neighbour(31)];
  readonly asked: string[] = [];

  gateway = async (): Promise<Neighbour | null> => this.way;
  neighbours = async (): Promise<readonly Neighbour[]> => this.around;
  ask = async (address: string): Promise<Answering> => {
    this.asked.push(address);
    return { asked: 5, answered: 5, slowestMs: 0.4 };
  };
}

class Around {
  readonly clock = new FakeClock();
  readonly probe = new FakeProbe();
  readonly latency = new LatencyBook(this.probe, this.clock);
  readonly observations = new LiveObservations();
  readonly neighbourhood = new FakeNeighbourhood();
  hosts: readonly HostRecord[] = [rig];
  perSecond = 5;
  readonly seen = { addresses: new Set<string>(), macs: new Set<string>() };
  readonly watch = new VantageWatch({
    latency: this.latency,
    observations: this.observations,
    neighbourhood: this.neighbourhood,
    hosts: () => this.hosts,
    perSecond: () => this.perSecond,
    seenAt: () => this.seen,
    clock: this.clock,
    log: new SilentLog(),
  });
  told: (readonly VantagePoint[])[] = [];

  constructor() {
    this.observations.onVantagesChanged((points) => this.told.push(points));
  }

  get targets(): string[] {
    return this.probe.targets.map(({ vantage, address }) => `${vantage} ${address}`);
  }

  /** Everything that was asked for has been answered. */
  async settled(): Promise<void> {
    await vi.waitFor(() => Promise.resolve());
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  }

  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 5_000) {
      this.clock.advance(5_000);
      await this.settled();
    }
  }

  async begun(): Promise<void> {
    this.watch.setHosts([rigTarget]);
    this.watch.start();
    await this.settled();
  }
}

const place = { around: new Around() };
beforeEach(() => {
  place.around = new Around();
});

describe('VantageWatch', () => {
  it('measures hosts alone until it is started', () => {
    const { around } = place;
    around.watch.setHosts([rigTarget]);
    expect(around.targets).toEqual(['host/rig rig.lan', 'vmhost/rig 192.168.1.5']);
    expect(around.probe.targets[0]).toMatchObject({ port: 47_989, intervalMs: 200 });
  });

  it('measures this machine, the gateway and a peer beside them, and says what each is', async () => {
    const { around } = place;
    await around.begun();
    expect(around.targets).toEqual(['self 127.0.0.1', 'gateway 192.168.1.1', 'peer/192.168.1.30 192.168.1.30', 'host/rig rig.lan', 'vmhost/rig 192.168.1.5']);
    expect(around.observations.vantagePoints()).toMatchObject([
      { id: 'self', kind: 'self', hostId: null },
      { id: 'gateway', kind: 'gateway', address: '192.168.1.1' },
      { id: 'peer/192.168.1.30', kind: 'peer' },
      { id: 'host/rig', kind: 'host', name: 'RIG', hostId: 'rig' },
      { id: 'vmhost/rig', kind: 'vmhost', name: 'RIG’s VM host', address: '192.168.1.5', hostId: 'rig' },
    ]);
    const before = around.told.length;
    await around.pass(20_000);
    expect(around.told).toHaveLength(before);
  });

  it('measures nothing where there is no host', async () => {
    const { around } = place;
    around.hosts = [];
    around.watch.setHosts([]);
    around.watch.start();
    await around.pass(10_000);
    expect(around.targets).toEqual([]);
    expect(around.neighbourhood.asked).toEqual([]);
  });

  it('follows a change of the gateway, and chooses another peer there', async () => {
    const { around } = place;
    await around.begun();
    around.neighbourhood.way = neighbour(2);
    around.neighbourhood.around = [neighbour(2), neighbour(77)];
    await around.pass(5_000);
    expect(around.targets).toContain('gateway 192.168.1.2');
    expect(around.targets).toContain('peer/192.168.1.77 192.168.1.77');
  });

  it('goes on asking the gateway when the way to it is gone', async () => {
    const { around } = place;
    await around.begun();
    around.neighbourhood.way = null;
    await around.pass(5_000);
    expect(around.targets).toContain('gateway 192.168.1.1');
  });

  it('leaves a peer that is gone while the gateway is there, and one that turns out to be a host', async () => {
    const { around } = place;
    await around.begun();
    const asking = async (peerMs: number | null): Promise<void> => {
      const { clock, probe } = around;
      const peer = probe.targets.find(({ vantage }) => vantage.startsWith('peer/'));
      for (let sample = 0; sample < 160; sample += 1) {
        clock.advance(200);
        probe.sample(gatewayVantage, 'icmp', clock.nowMs(), 0.5);
        if (peer) probe.sample(peer.vantage, 'icmp', clock.nowMs(), peerMs);
      }
      await around.settled();
    };
    await asking(0.5);
    expect(around.targets.join()).toContain('peer/192.168.1.30');
    around.neighbourhood.around = [neighbour(31)];
    await asking(null);
    await around.pass(65_000);
    expect(around.targets.join()).toContain('peer/192.168.1.31');
    expect(around.targets.join()).not.toContain('peer/192.168.1.30');
    around.seen.macs.add('02:00:00:00:00:31');
    await around.pass(65_000);
    expect(around.targets.join()).not.toContain('peer/');
  });

  it('keeps a peer while nobody answers: that is the network, not the peer', async () => {
    const { around } = place;
    await around.begun();
    for (let sample = 0; sample < 400; sample += 1) {
      around.clock.advance(200);
      for (const { vantage } of around.probe.targets) around.probe.sample(vantage, 'icmp', around.clock.nowMs(), null);
      if (sample % 20 === 0) await around.settled();
    }
    expect(around.targets.join()).toContain('peer/192.168.1.30');
  });

  it('asks as often as it is told to', async () => {
    const { around } = place;
    await around.begun();
    around.perSecond = 20;
    await around.pass(5_000);
    expect(around.probe.targets.every(({ intervalMs }) => intervalMs === 50)).toBe(true);
  });

  it('rests after its end', async () => {
    const { around } = place;
    await around.begun();
    around.watch.dispose();
    const before = around.probe.targets;
    around.neighbourhood.way = neighbour(9);
    await around.pass(10_000);
    expect(around.probe.targets).toBe(before);
  });
});
