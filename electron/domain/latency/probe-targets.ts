// What to measure: every host of the library, and the first service port on it that bears being asked.
import { portOf, type Entry } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { ProbeTarget } from './probe';
import { tcpProbePort } from './probe-port';

export function probeTargets(hosts: readonly HostRecord[], entries: readonly Entry[]): ProbeTarget[] {
  return hosts.map((host) => {
    const ports = entries.filter((entry) => entry.host === host.id).map((entry) => tcpProbePort(entry.protocol, portOf(entry)));
    return { hostId: host.id, address: host.address, port: ports.find((port) => port !== null) ?? null };
  });
}
