// Remembers for a moment that the way to a host may be open again: a link, a neighbour, an announcement, a wake-up.
import { assertNever } from '../../common/result';
import type { HostId } from '../../common/ids';
import { tell, type Told } from '../../common/told';
import type { Clock, Disposable } from '../clock';
import type { NetworkEvent } from './network-events';

export interface GateHint {
  /** A half sentence, for the journey: "the link eth0 came up". */
  readonly text: Told;
  /** Epoch milliseconds. */
  readonly atMs: number;
  /** It needs no answer of the host: somebody on the way to it has just answered, and the host itself can't. */
  readonly isProof: boolean;
}

/** From a link that comes up to the first answer: joining a Wi-Fi, DHCP, and address resolution; milliseconds. */
export const hintLastsMs = 15_000;

export class GateHints {
  private everyHost: GateHint | null = null;
  private readonly hosts = new Map<HostId, GateHint>();
  private readonly listeners = new Set<(hostId: HostId | null) => void>();

  /** @param hostsAt the hosts that are known by this address */
  constructor(
    private readonly clock: Clock,
    private readonly hostsAt: (address: string) => readonly HostId[],
  ) {}

  /** @param listener told which host may be reached again; null: any of them */
  onHint(listener: (hostId: HostId | null) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  noteNetwork(event: NetworkEvent): void {
    switch (event.kind) {
      case 'link-up':
        this.noteEveryHost(tell`the link ${event.interfaceName} came up`);
        return;
      case 'address-gained':
        this.noteEveryHost(tell`${event.interfaceName} has an address again`);
        return;
      case 'neighbour-back':
        for (const hostId of this.hostsAt(event.address)) this.noteHost(hostId, tell`the host answers on its network again`);
        return;
      default:
        assertNever(event);
    }
  }

  noteEveryHost(text: Told): void {
    this.everyHost = { text, atMs: this.clock.nowMs(), isProof: false };
    this.tell(null);
  }

  /** @param isProof true for a host that Athena keeps from answering itself: its virtual machine is suspended */
  noteHost(hostId: HostId, text: Told, isProof = false): void {
    this.hosts.set(hostId, { text, atMs: this.clock.nowMs(), isProof });
    this.tell(hostId);
  }

  /** The newest that still counts for this host; null: none. */
  newest(hostId: HostId): GateHint | null {
    const nowMs = this.clock.nowMs();
    const counting = [this.everyHost, this.hosts.get(hostId) ?? null].filter(
      // Later than now: the clock was set back since.
      (hint): hint is GateHint => hint !== null && hint.atMs <= nowMs && nowMs - hint.atMs < hintLastsMs,
    );
    return counting.reduce<GateHint | null>((newest, hint) => (newest === null || hint.atMs > newest.atMs ? hint : newest), null);
  }

  private tell(hostId: HostId | null): void {
    for (const listener of [...this.listeners]) listener(hostId);
  }
}
