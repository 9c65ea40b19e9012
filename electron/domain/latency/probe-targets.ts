// What to measure: every host of the library, and the first service port on it that bears being asked.
import { portOf, type Entry } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { HostId } from '../../common/ids';
import { hostVantage } from '../../common/vantage';
import type { ProbeTarget } from './probe';
import type { AskablePlace } from '../hosts/askable-place';
import { tcpProbePort } from './probe-port';

/** What is known of GameStream hosts; null: this host is none. */
export type GameStreamPlace = (hostId: HostId) => AskablePlace | null;

export function probeTargets(hosts: readonly HostRecord[], entries: readonly Entry[], gameStream: GameStreamPlace = () => null): ProbeTarget[] {
  return hosts.map((host) => {
    const place = gameStream(host.id);
    const ports = entries
      .filter((entry) => entry.host === host.id)
      .map((entry) => tcpProbePort(entry.protocol, entry.protocol === 'gamestream' && place ? place.httpPort : portOf(entry)));
    const port = ports.find((one) => one !== null) ?? null;
    return { vantage: hostVantage(host.id), address: host.address, port, ...(place && { httpPort: place.httpPort }), ...(place?.quiet && { quiet: true }) };
  });
}
