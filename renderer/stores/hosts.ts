// GameStream hosts as main tells them: what each is doing, who announces itself, who is being paired; and what a person does to them.
import { create } from 'zustand';
import type { FoundHost, GameStreamHostView, OfflineReason, PairingState } from '../../electron/common/gamestream';
import type { HostId } from '../../electron/common/ids';
import type { InvokeArgs } from '../../electron/common/ipc-contract';
import type { Result } from '../../electron/common/result';
import { wordsOf } from '../language/language';
import { hostById, useLibrary } from './library';
import { ask, request } from './request';
import { openRoute, useRoute } from './route';
import { useToasts } from './toasts';

const words = wordsOf('stores');

interface HostsState {
  readonly hosts: readonly GameStreamHostView[];
  readonly found: readonly FoundHost[];
  /** At most one a host: the one under way, or how the last one ended. */
  readonly pairings: readonly PairingState[];
}

/** Of a host's web page. Goes into one question to main and is kept nowhere. */
export type WebLogIn = NonNullable<InvokeArgs<'host:pair'>['web']>;

export const useHosts = create<HostsState>()(() => ({ hosts: [], found: [], pairings: [] }));

/** Two announcements of one address are one host to add, whatever they call themselves. */
export function putFound(found: readonly FoundHost[]): void {
  const byPlace = new Map(found.map((host) => [`${host.addresses[0] ?? ''}/${host.httpPort}`, host]));
  useHosts.setState({ found: [...byPlace.values()] });
}

export function putPairing(pairing: PairingState): void {
  useHosts.setState(({ pairings }) => ({ pairings: [...pairings.filter(({ hostId }) => hostId !== pairing.hostId), pairing] }));
}

/** A pairing that ends while another page is shown is told at the edge of the window. */
export function tellPairingElsewhere(pairing: PairingState): void {
  const { route } = useRoute.getState();
  if (route.page === 'host' && route.hostId === pairing.hostId) return;
  const name = hostById(useLibrary.getState().view, pairing.hostId)?.record.name ?? words('someHost');
  const action = { label: words('lookAtHost'), run: () => openRoute({ page: 'host', hostId: pairing.hostId }) };
  if (pairing.kind === 'paired') useToasts.getState().show({ tone: 'neutral', title: words('isPaired', { name }), advice: words('pairedAdvice'), action });
  if (pairing.kind === 'failed') useToasts.getState().show({ tone: 'bad', title: pairing.failure.message, advice: pairing.failure.advice, action });
}

/** undefined: not a GameStream host. */
export function useGameStreamHost(hostId: HostId): GameStreamHostView | undefined {
  return useHosts(({ hosts }) => hosts.find((host) => host.hostId === hostId));
}

export function usePairing(hostId: HostId): PairingState | undefined {
  return useHosts(({ pairings }) => pairings.find((pairing) => pairing.hostId === hostId));
}

/** Failures stand beside what was typed, so they are handed back. */
export async function addHost(address: string, httpPort: number): Promise<Result<HostId>> {
  return ask('host:add', { address, httpPort });
}

/** The addresses one after the other, best first, until one answers; a failure is the first one's, which was the likeliest to work. */
export async function addFoundHost({ addresses, httpPort }: FoundHost): Promise<Result<HostId>> {
  const [first, ...others] = addresses;
  if (first === undefined) throw new Error('a found host without an address');
  const asked = await addHost(first, httpPort);
  if (asked.ok) return asked;
  for (const address of others) {
    const next = await addHost(address, httpPort);
    if (next.ok) return next;
  }
  return asked;
}

/** How it goes on is pushed; only a pairing that can't even begin is handed back. */
export async function beginPairing(hostId: HostId, web: WebLogIn | null): Promise<Result<{ readonly pin: string }>> {
  return ask('host:pair', web === null ? { hostId } : { hostId, web });
}

export async function cancelPairing(hostId: HostId): Promise<void> {
  await request('host:cancel-pairing', { hostId });
}

export async function refreshHost(hostId: HostId): Promise<void> {
  await request('host:refresh', { hostId });
}

export async function wakeHost(hostId: HostId): Promise<void> {
  await request('host:wake', { hostId });
}

export async function quitHostApp(hostId: HostId, web: WebLogIn | null): Promise<Result<undefined>> {
  return ask('host:quit-app', web === null ? { hostId } : { hostId, web });
}

export async function explainHost(hostId: HostId): Promise<Result<OfflineReason>> {
  return ask('host:explain', { hostId });
}

export async function forgetHost(hostId: HostId): Promise<boolean> {
  return (await request('host:forget', { hostId })).ok;
}
