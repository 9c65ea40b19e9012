// Whether the window stands full screen for the couch, as main tells it.
import { create } from 'zustand';
import { request } from './request';

export const useCouch = create<{ readonly isCouch: boolean }>()(() => ({ isCouch: false }));

export function putCouch(isCouch: boolean): void {
  useCouch.setState({ isCouch });
}

export async function setCouch(couch: boolean): Promise<void> {
  await request('window:set-couch', { couch });
}
