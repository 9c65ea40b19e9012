// What a probe aims at: this machine, the gateway, a host, a host's VM host or a peer on the network.
import { z } from 'zod';
import { hostIdSchema, type HostId } from './ids';
import type { TraceTarget } from './trace';

/** `self`, `gateway`, `host/ID`, `vmhost/ID` (of the host with that id) or `peer/ADDRESS`. */
export const vantageIdSchema = z
  .string()
  .max(300)
  .regex(/^(?:self|gateway|(?:host|vmhost)\/[a-z0-9-]+|peer\/[0-9A-Za-z.:_%-]+)$/, 'not a vantage point')
  .brand<'VantageId'>();
export type VantageId = z.infer<typeof vantageIdSchema>;

export const vantageKindSchema = z.enum(['self', 'gateway', 'host', 'vmhost', 'peer']);
export type VantageKind = z.infer<typeof vantageKindSchema>;

/** A vantage point as it is shown; the answers of a host's service port belong to its host. */
export const vantagePointSchema = z.object({
  id: vantageIdSchema,
  kind: vantageKindSchema,
  /** For people: "Gateway", "RIG". */
  name: z.string(),
  /** Where it is asked; null: nothing known yet. */
  address: z.string().nullable(),
  /** Whose it is; null for those of the whole network. */
  hostId: hostIdSchema.nullable(),
});
export type VantagePoint = z.infer<typeof vantagePointSchema>;

export const selfVantage = 'self' as VantageId;
export const gatewayVantage = 'gateway' as VantageId;

export function hostVantage(hostId: HostId): VantageId {
  return `host/${hostId}` as VantageId;
}

export function vmHostVantage(hostId: HostId): VantageId {
  return `vmhost/${hostId}` as VantageId;
}

export function peerVantage(address: string): VantageId {
  return `peer/${address}` as VantageId;
}

export function vantageKind(id: VantageId): VantageKind {
  return vantageKindSchema.parse(id.split('/', 1)[0]);
}

/** The host an id speaks of; null for those of the whole network. */
export function vantageHost(id: VantageId): HostId | null {
  const [kind, hostId] = id.split('/', 2);
  return (kind === 'host' || kind === 'vmhost') && hostId ? (hostId as HostId) : null;
}

/** The word of trace files: there, a host's service port is a target of its own. */
export function traceTargetOf(id: VantageId, probe: 'icmp' | 'tcp' | 'http' | 'loop'): TraceTarget {
  const kind = vantageKind(id);
  return kind === 'host' && probe !== 'icmp' ? 'port' : kind;
}
