// Decides what is measured: the hosts, and beside them this machine, the gateway and a peer, so that a cause can be told.
import type { HostRecord } from '../../common/host';
import { gatewayVantage, hostVantage, peerVantage, selfVantage, vmHostVantage, type VantagePoint } from '../../common/vantage';
import type { Clock, Disposable } from '../clock';
import type { Log } from '../log';
import { choosePeer, type Taken } from './choose-peer';
import type { LatencyBook } from './latency-book';
import type { LiveObservations } from './live-observations';
import type { Neighbour, Neighbourhood } from './neighbourhood';
import type { ProbeTarget } from './probe';

export interface VantageWatchParts {
  readonly latency: Pick<LatencyBook, 'watch' | 'summaries'>;
  readonly observations: Pick<LiveObservations, 'setVantagePoints'>;
  readonly neighbourhood: Neighbourhood;
  readonly hosts: () => readonly HostRecord[];
  /** Echo questions a second, for every vantage point. */
  readonly perSecond: () => number;
  /** What hosts were seen at, as far as it is known. */
  readonly seenAt: () => Taken;
  readonly clock: Clock;
  readonly log: Log;
}

/** A laptop that moves to another network is there within seconds. */
const lookEveryMs = 5_000;
const choosePeerEveryMs = 60_000;
/** A peer that misses more than this, while the gateway misses less, is no measure any more. */
const peerLossLimit = 0.1;
const gatewayLossLimit = 0.02;
/** Of echo at 5 Hz, half a minute. */
const fewestToJudge = 150;

export class VantageWatch implements Disposable {
  private hostTargets: readonly ProbeTarget[] = [];
  private gateway: Neighbour | null = null;
  private peer: Neighbour | null = null;
  private choseAt = Number.NEGATIVE_INFINITY;
  private timer: Disposable | null = null;
  private isOver = false;
  private told = '';

  constructor(private readonly parts: VantageWatchParts) {}

  /** Begins to look for a gateway and a peer; before, only hosts are measured: a command asks and ends. */
  start(): void {
    if (this.timer === null && !this.isOver) this.look();
  }

  dispose(): void {
    this.isOver = true;
    this.timer?.dispose();
  }

  /** @param targets of the hosts; all of them */
  setHosts(targets: readonly ProbeTarget[]): void {
    this.hostTargets = targets;
    this.apply();
  }

  private look(): void {
    this.timer = this.parts.clock.after(lookEveryMs, () => this.look());
    this.lookAround().catch((error: unknown) => this.parts.log.error('looking for vantage points failed', { error }));
  }

  private async lookAround(): Promise<void> {
    const gateway = await this.parts.neighbourhood.gateway();
    if (this.isOver) return;
    // Without a way out the old one is still what is asked: that nobody answers there is what a cause is told by.
    if (gateway !== null && gateway.address !== this.gateway?.address) {
      this.peer = null;
      this.choseAt = Number.NEGATIVE_INFINITY;
    }
    this.gateway = gateway ?? this.gateway;
    if (this.peer !== null && this.isPeerUseless()) this.peer = null;
    this.apply();
    await this.findPeer();
  }

  private async findPeer(): Promise<void> {
    const { clock, neighbourhood } = this.parts;
    if (this.peer !== null || this.gateway === null || this.hostTargets.length === 0) return;
    if (clock.monotonicMs() - this.choseAt < choosePeerEveryMs) return;
    this.choseAt = clock.monotonicMs();
    const peer = await choosePeer(neighbourhood, this.taken());
    if (this.isOver || peer === null) return;
    this.peer = peer;
    this.apply();
  }

  private isPeerUseless(): boolean {
    const { peer } = this;
    if (peer === null) return true;
    const taken = this.taken();
    if (taken.addresses.has(peer.address) || (peer.mac !== null && taken.macs.has(peer.mac))) return true;
    const summaries = this.parts.latency.summaries();
    const lossOf = (vantage: string): number | null => {
      const summary = summaries.find((one) => one.vantage === vantage && one.probe === 'icmp');
      return summary && summary.sent >= fewestToJudge ? summary.lossRatio : null;
    };
    return (lossOf(peerVantage(peer.address)) ?? 0) > peerLossLimit && (lossOf(gatewayVantage) ?? 1) < gatewayLossLimit;
  }

  private taken(): Taken {
    const seen = this.parts.seenAt();
    const targets = [...this.hostTargets, ...this.vmHostTargets()].map(({ address }) => address);
    return {
      addresses: new Set([...seen.addresses, ...targets, ...(this.gateway ? [this.gateway.address] : [])]),
      macs: new Set([...seen.macs, ...(this.gateway?.mac ? [this.gateway.mac] : [])]),
    };
  }

  private vmHostTargets(): ProbeTarget[] {
    const present = new Set(this.hostTargets.map(({ vantage }) => vantage));
    return this.parts.hosts().flatMap(({ id, vmHost }) =>
      vmHost && present.has(hostVantage(id)) ? [{ vantage: vmHostVantage(id), address: vmHost.address, port: null }] : [],
    );
  }

  /** Nothing but hosts before the start, and nothing at all without a host. */
  private around(): ProbeTarget[] {
    if (this.timer === null || this.hostTargets.length === 0) return [];
    return [
      { vantage: selfVantage, address: '127.0.0.1', port: null },
      ...(this.gateway ? [{ vantage: gatewayVantage, address: this.gateway.address, port: null }] : []),
      ...(this.peer ? [{ vantage: peerVantage(this.peer.address), address: this.peer.address, port: null }] : []),
    ];
  }

  private apply(): void {
    if (this.isOver) return;
    const intervalMs = Math.round(1_000 / this.parts.perSecond());
    const targets = [...this.around(), ...this.hostTargets, ...this.vmHostTargets()].map((target) => ({ ...target, intervalMs }));
    const text = JSON.stringify(targets);
    if (text === this.told) return;
    this.told = text;
    this.parts.latency.watch(targets);
    this.parts.observations.setVantagePoints(targets.map((target) => this.pointOf(target)));
  }

  private pointOf({ vantage, address }: ProbeTarget): VantagePoint {
    const host = this.parts.hosts().find(({ id }) => vantage === hostVantage(id) || vantage === vmHostVantage(id));
    if (host) {
      const isHost = vantage === hostVantage(host.id);
      return { id: vantage, kind: isHost ? 'host' : 'vmhost', name: isHost ? host.name : `${host.name}’s VM host`, address, hostId: host.id };
    }
    if (vantage === selfVantage) return { id: vantage, kind: 'self', name: 'This machine', address: null, hostId: null };
    if (vantage === gatewayVantage) return { id: vantage, kind: 'gateway', name: 'Gateway', address, hostId: null };
    return { id: vantage, kind: 'peer', name: address, address, hostId: null };
  }
}
