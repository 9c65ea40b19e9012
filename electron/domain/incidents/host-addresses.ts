// The address chain of the incident's host: which of its links changed, in which order.
import type { TraceAddress } from '../../common/trace';
import type { IncidentFacts } from './incident-facts';

export type AddressKey = 'ip' | 'mac' | 'uniqueId' | 'certSha256';

/** Lines about the host of the trace; those of other names are none of ours. */
export function hostAddresses({ trace }: IncidentFacts): readonly TraceAddress[] {
  const wanted = trace.meta.host?.toLowerCase();
  if (wanted === undefined) {
    const names = new Set(trace.addresses.map(({ name }) => name.toLowerCase()));
    return names.size === 1 ? trace.addresses : [];
  }
  return trace.addresses.filter(({ name, ip }) => {
    const text = name.toLowerCase();
    return text === wanted || text.startsWith(`${wanted}.`) || wanted.startsWith(`${text}.`) || ip === wanted;
  });
}

export interface AddressChange {
  readonly tMs: number;
  readonly from: string;
  readonly to: string;
}

/** Every change of one link of the chain; a line that leaves it out changes nothing. */
export function changesOf(lines: readonly TraceAddress[], key: AddressKey): AddressChange[] {
  const changes: AddressChange[] = [];
  let last: string | null = null;
  for (const line of lines) {
    const value = line[key]?.toLowerCase();
    if (value === undefined || value === '') continue;
    if (last !== null && value !== last) changes.push({ tMs: line.tMs, from: last, to: value });
    last = value;
  }
  return changes;
}

/** Changes that lead back to a value that was there before: two machines, taking turns. */
export function flips(changes: readonly AddressChange[]): number {
  return changes.filter(({ to }, index) => changes.slice(0, index + 1).some(({ from }) => from === to)).length;
}
