// Asks a known GameStream host at each of its addresses, and tells its own answer from another's.
import type { Failure } from '../../common/result';
import type { GameStreamAccess, GameStreamHost, ServerInfo } from './gamestream-host';
import type { GameStreamRecord } from './gamestream-record';

/** What came of asking: its own answer, or the best explanation why there is none. */
export type Sighting =
  | { readonly kind: 'here'; readonly address: string; readonly info: ServerInfo }
  /** The identity is right, the certificate is not the one from pairing. */
  | { readonly kind: 'certificate-changed'; readonly address: string; readonly failure: Failure }
  | { readonly kind: 'other-host'; readonly address: string; readonly otherId: string; readonly failure: Failure }
  | { readonly kind: 'no-answer'; readonly failure: Failure };

/** The better explanation wins, whichever address it came from. */
const worth: Record<Sighting['kind'], number> = { here: 3, 'certificate-changed': 2, 'other-host': 1, 'no-answer': 0 };

/**
 * The last good address first; if that fails, all others at once, so that several dead ones don't add up. Never fails:
 * no answer is a sighting, too.
 */
export async function sightHost(port: Pick<GameStreamHost, 'serverInfo'>, record: GameStreamRecord): Promise<Sighting> {
  const [first = '', ...others] = record.addresses;
  const usual = await sightAt(port, record, first);
  if (usual.kind === 'here' || others.length === 0) return usual;
  const rest = await Promise.all(others.map((address) => sightAt(port, record, address)));
  return rest.reduce((best, one) => (worth[one.kind] > worth[best.kind] ? one : best), usual);
}

/** @param address one of the host's, or one at which it may be now */
export async function sightAt(port: Pick<GameStreamHost, 'serverInfo'>, record: GameStreamRecord, address: string): Promise<Sighting> {
  const asked = await port.serverInfo(accessTo(record, address));
  if (asked.ok) return own(record, address, asked.value);
  if (asked.failure.kind !== 'certificate-changed') return { kind: 'no-answer', failure: asked.failure };
  // Nothing was asked over TLS. Who it says it is, it says to everybody: another identity is another host, not a swindle.
  const plain = await port.serverInfo({ ...accessTo(record, address), certificatePem: null });
  const other = plain.ok ? own(record, address, plain.value) : null;
  return other?.kind === 'other-host' ? other : { kind: 'certificate-changed', address, failure: asked.failure };
}

function own(record: GameStreamRecord, address: string, info: ServerInfo): Extract<Sighting, { kind: 'here' | 'other-host' }> {
  if (info.uniqueId === record.uniqueId) return { kind: 'here', address, info };
  const failure: Failure = {
    kind: 'host-unreachable',
    message: `${address} answers, but as another host (${info.name}).`,
    advice: 'The address was given to another machine: look at DHCP and DNS.',
  };
  return { kind: 'other-host', address, otherId: info.uniqueId, failure };
}

/** @param address one of the host's; by default the last good one */
export function accessTo(record: GameStreamRecord, address = record.addresses[0] ?? ''): GameStreamAccess {
  return { address, httpPort: record.httpPort, certificatePem: record.certificatePem };
}
