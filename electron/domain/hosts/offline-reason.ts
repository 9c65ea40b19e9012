// Why a host is offline, step by step: name, addresses, neighbour, port, identity, certificate; the first bad step is the reason.
import type { OfflineReason } from '../../common/gamestream';
import { assertNever } from '../../common/result';

/** What was found out; each fact may be missing, because it was not asked or can't be asked here. */
export interface OfflineFacts {
  /** As the user wrote it. */
  readonly name: string;
  readonly lookup:
    | { readonly kind: 'literal' }
    | { readonly kind: 'resolved'; readonly addresses: readonly string[] }
    | { readonly kind: 'not-found' }
    /** The name service itself did not answer. */
    | { readonly kind: 'failed' }
    | { readonly kind: 'not-asked' };
  /** Addresses it answered at before. */
  readonly knownAddresses: readonly string[];
  readonly neighbour:
    /** Lower-case hex pairs joined by colons. */
    | { readonly kind: 'mac'; readonly mac: string }
    /** Asked on the local network, and nobody answered. */
    | { readonly kind: 'nobody' }
    /** The address is behind a router: nobody can ask. */
    | { readonly kind: 'not-local' }
    | { readonly kind: 'not-asked' };
  /** The host's own, from pairing; null: never told. */
  readonly knownMac: string | null;
  readonly pingAnswered: boolean | null;
  readonly port: number;
  readonly service:
    | { readonly kind: 'answered' }
    /** The port accepts, but no answer comes: a service that died may have left its sockets to the app it started. */
    | { readonly kind: 'silent' }
    | { readonly kind: 'refused' }
    | { readonly kind: 'timed-out' }
    | { readonly kind: 'no-route' }
    /** Something else answers there. */
    | { readonly kind: 'no-gamestream' }
    | { readonly kind: 'not-asked' };
  readonly identity: { readonly expected: string; readonly got: string | null };
  readonly certificate: 'same' | 'changed' | 'refused-us' | 'not-paired' | 'not-asked';
}

type OfflineStep = OfflineReason['steps'][number];
type OfflineStepName = OfflineStep['step'];

interface Finding extends OfflineStep {
  readonly message?: string;
  readonly advice?: string;
}

export function offlineReason(facts: OfflineFacts): OfflineReason {
  const findings: readonly Finding[] = [nameStep(facts), addressStep(facts), neighbourStep(facts), portStep(facts), identityStep(facts), certificateStep(facts)];
  const steps = findings.map(({ step, state, text }) => ({ step, state, text }));
  const failed = findings.find(({ state }) => state === 'bad');
  if (!failed) {
    return { steps, failedAt: null, message: 'Nothing was found that keeps this host offline.', advice: 'Look again: it may just have started.' };
  }
  return { steps, failedAt: failed.step, message: failed.message ?? failed.text, advice: failed.advice ?? 'Look again in a moment.' };
}

function good(step: OfflineStepName, text: string): Finding {
  return { step, state: 'good', text };
}

function unknown(step: OfflineStepName, text: string): Finding {
  return { step, state: 'unknown', text };
}

function bad(step: OfflineStepName, text: string, advice: string): Finding {
  return { step, state: 'bad', text, advice };
}

function nameStep({ name, lookup, knownAddresses }: OfflineFacts): Finding {
  switch (lookup.kind) {
    case 'literal':
      return good('name', `${name} is an address: there is no name to look up.`);
    case 'resolved':
      return good('name', `${name} is known to the network.`);
    case 'not-found':
      // The host may still be found where it was before.
      return knownAddresses.length > 0
        ? unknown('name', `${name} is not known to the network; the addresses it had before are tried.`)
        : bad('name', `${name} is not known to the network.`, 'Check the spelling, or give the host’s address: names ending in .local need the host to be on.');
    case 'failed':
      return knownAddresses.length > 0
        ? unknown('name', 'The name service did not answer; the addresses it had before are tried.')
        : bad('name', 'The name service did not answer.', 'Check this machine’s own network connection.');
    case 'not-asked':
      return unknown('name', 'The name was not looked up.');
    default:
      return assertNever(lookup);
  }
}

function addressStep({ lookup, knownAddresses }: OfflineFacts): Finding {
  if (lookup.kind !== 'resolved') {
    if (lookup.kind === 'literal') return good('address', 'It is tried at this address.');
    return knownAddresses.length > 0 ? good('address', `It is tried at ${listed(knownAddresses)}.`) : unknown('address', 'There is no address to try.');
  }
  if (lookup.addresses.length === 0) return bad('address', 'The name has no address.', 'Look into the router’s or the name server’s entry for this host.');
  const moved = knownAddresses.length > 0 && !lookup.addresses.some((address) => knownAddresses.includes(address));
  const now = `It is at ${listed(lookup.addresses)}`;
  return good('address', moved ? `${now}; before, it was at ${listed(knownAddresses)}.` : `${now}.`);
}

function neighbourStep({ neighbour, knownMac, pingAnswered, service }: OfflineFacts): Finding {
  // Whoever accepts or refuses a connection is there, whatever the table of neighbours says.
  const isThere = pingAnswered === true || ['answered', 'silent', 'refused', 'no-gamestream'].includes(service.kind);
  switch (neighbour.kind) {
    case 'mac':
      if (knownMac !== null && neighbour.mac !== knownMac) {
        return bad(
          'neighbour',
          `Another machine (${neighbour.mac}) has this address; the host’s own is ${knownMac}.`,
          'Give the host a fixed address in the router. If its network card was replaced, or it uses Wi-Fi instead of a cable now, pair it again.',
        );
      }
      return good('neighbour', knownMac === null ? `A machine (${neighbour.mac}) answers at this address.` : 'The host’s own network card answers at this address.');
    case 'nobody':
      if (isThere) return good('neighbour', 'A machine answers at this address.');
      return bad('neighbour', 'No machine answers at this address: the host sleeps, is off, or is not on this network.', wakeAdvice(knownMac));
    case 'not-local':
      if (isThere) return good('neighbour', 'A machine answers at this address, behind a router.');
      return unknown('neighbour', 'The address is behind a router: who has it can’t be seen from here.');
    case 'not-asked':
      return isThere ? good('neighbour', 'A machine answers at this address.') : unknown('neighbour', 'Who has this address was not asked.');
    default:
      return assertNever(neighbour);
  }
}

function wakeAdvice(mac: string | null): string {
  return mac === null
    ? 'Turn it on by hand: Athena learns how to wake it when it is paired and has answered once.'
    : 'Wake it, or turn it on; waking needs Wake-on-LAN turned on in its firmware and its system.';
}

function portStep({ port, service, pingAnswered, neighbour, knownMac }: OfflineFacts): Finding {
  const machineIsThere = pingAnswered === true || neighbour.kind === 'mac';
  switch (service.kind) {
    case 'answered':
      return good('port', `The streaming host answers at port ${port}.`);
    case 'silent':
      return bad('port', `Port ${port} accepts connections, but nothing answers there.`, 'The streaming host hangs, or died and left its port to the app it had started: end that app, then restart the streaming host.');
    case 'refused':
      return bad('port', `The machine is on, but nothing listens at port ${port}.`, 'Start Sunshine (or the host’s other streaming service) there, and check the port in its settings.');
    case 'timed-out':
      return machineIsThere
        ? bad('port', `The machine is there, but port ${port} does not answer.`, 'A firewall on the host probably drops the packets: let the streaming host through it.')
        : bad('port', `Nothing answers at port ${port}.`, wakeAdvice(knownMac));
    case 'no-route':
      return bad('port', 'There is no way to this address from here.', 'Check this machine’s network, and whether the host is in a network that a VPN would lead to.');
    case 'no-gamestream':
      return bad('port', `Something answers at port ${port}, but it is no GameStream host.`, 'Check the port: a GameStream host’s plain port is 47989 unless its settings say otherwise.');
    case 'not-asked':
      return unknown('port', `Port ${port} was not asked.`);
    default:
      return assertNever(service);
  }
}

function identityStep({ identity: { expected, got } }: OfflineFacts): Finding {
  if (got === null) return unknown('identity', 'It has not said who it is.');
  if (got === expected) return good('identity', 'It is the host that was added.');
  return bad('identity', 'Another GameStream host answers at this address.', 'Give the host a fixed address in the router, or add the other one by itself. A host that was installed anew is another one: remove it and add it again.');
}

function certificateStep({ certificate }: OfflineFacts): Finding {
  switch (certificate) {
    case 'same':
      return good('certificate', 'It shows the certificate from pairing.');
    case 'changed':
      return bad('certificate', 'It shows another certificate than the one from pairing.', 'If the host was installed anew, pair it again. If not, somebody may be between you and the host: don’t.');
    case 'refused-us':
      return bad('certificate', 'The host does not know Athena any more.', 'It was unpaired or disabled in the host’s web page: enable it there, or pair again.');
    case 'not-paired':
      return unknown('certificate', 'It is not paired: there is no certificate to compare.');
    case 'not-asked':
      return unknown('certificate', 'Its certificate was not asked for.');
    default:
      return assertNever(certificate);
  }
}

function listed(addresses: readonly string[]): string {
  return addresses.length <= 3 ? addresses.join(', ') : `${addresses.slice(0, 3).join(', ')} and ${addresses.length - 3} more`;
}
