// Which programs show streams on this machine; asked for when a page wants to tell.
import { create } from 'zustand';
import type { ProtocolClient } from '../../electron/common/library';
import { request } from './request';

/** null until main has answered. */
export const useClients = create<{ readonly clients: readonly ProtocolClient[] | null }>()(() => ({ clients: null }));

export async function surveyClients(): Promise<void> {
  const told = await request('client:survey', undefined);
  if (told.ok) useClients.setState({ clients: told.value });
}
