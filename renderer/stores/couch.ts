// Whether the window stands full screen for the couch, as main tells it.
import { create } from 'zustand';
import { request } from './request';
import { setRoot } from './route';

export const useCouch = create<{ readonly isCouch: boolean }>()(() => ({ isCouch: false }));

export function putCouch(isCouch: boolean): void {
  useCouch.setState({ isCouch });
  setRoot(isCouch ? 'home' : 'library');
}

export async function setCouch(couch: boolean): Promise<void> {
  await request('window:set-couch', { couch });
}

export async function quitAthena(): Promise<void> {
  await request('window:quit', undefined);
}
