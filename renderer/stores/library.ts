// The library as main tells it, and what a person does to it.
import { create } from 'zustand';
import type { EntryId, HostId } from '../../electron/common/ids';
import type { EntryFormInput, LibraryEntry, LibraryHost, LibraryView, PauseFormInput } from '../../electron/common/library';
import type { Result } from '../../electron/common/result';
import { wordsOf } from '../language/language';
import { ask, request } from './request';
import { useToasts } from './toasts';

const words = wordsOf('stores');

interface LibraryState {
  /** null until the first snapshot. */
  readonly view: LibraryView | null;
  readonly search: string;
  /** Also what a person has put out of sight. */
  readonly withHidden: boolean;
  /** The tile that had the focus last, by its focus key: the page scrolls back to it. */
  readonly lastTile: string | null;
}

export const useLibrary = create<LibraryState>()(() => ({ view: null, search: '', withHidden: false, lastTile: null }));

export function setSearch(search: string): void {
  useLibrary.setState({ search });
}

export function showHidden(withHidden: boolean): void {
  useLibrary.setState({ withHidden });
}

export function rememberTile(lastTile: string | null): void {
  useLibrary.setState({ lastTile });
}

export function entryById(view: LibraryView | null, entryId: EntryId): LibraryEntry | undefined {
  return view?.entries.find(({ entry }) => entry.id === entryId);
}

export function hostById(view: LibraryView | null, hostId: HostId): LibraryHost | undefined {
  return view?.hosts.find(({ record }) => record.id === hostId);
}

/** Failures stand beside the form, so they are handed back instead of shown. */
export async function saveEntry(entryId: EntryId | null, form: EntryFormInput): Promise<Result<EntryId>> {
  return entryId === null ? ask('library:add', form) : ask('library:edit', { entryId, form });
}

/** As `saveEntry`, for how the app of an entry is paused. */
export async function setPause(entryId: EntryId, form: PauseFormInput): Promise<Result<undefined>> {
  return ask('library:set-pause', { entryId, form });
}

export async function removeEntry(entryId: EntryId, name: string): Promise<boolean> {
  const removed = await request('library:remove', { entryId });
  if (!removed.ok) return false;
  useToasts.getState().show({
    tone: 'neutral',
    title: words('removed', { name }),
    advice: words('removedAdvice'),
    action: { label: words('undo'), run: () => void request('library:restore', { entryId }) },
  });
  return true;
}

export async function setFavourite(entryId: EntryId, favourite: boolean): Promise<void> {
  await request('library:set-favourite', { entryId, favourite });
}

/** @param name as it may stand in a sentence */
export async function setHidden(entryId: EntryId, name: string, hidden: boolean): Promise<void> {
  const done = await request('library:set-hidden', { entryId, hidden });
  if (!done.ok || !hidden) return;
  useToasts.getState().show({
    tone: 'neutral',
    title: words('hidden', { name }),
    advice: words('hiddenAdvice'),
    action: { label: words('undo'), run: () => void request('library:set-hidden', { entryId, hidden: false }) },
  });
}
