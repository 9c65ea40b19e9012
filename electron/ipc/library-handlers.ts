// The library's channels.
import type { EntryForm } from '../common/library';
import type { EntryId } from '../common/ids';
import type { Services } from '../domain/services';
import type { Handlers } from './serve';

type LibraryChannel = Extract<keyof Handlers, `library:${string}`>;

export function libraryHandlers(services: Services): Pick<Handlers, LibraryChannel> {
  const { library, passwords, pauseSecrets, log } = services;
  /** The entry is saved by now: a keyring that refuses is no reason to call that a failure. It is asked for when needed. */
  const keepPassword = async (entry: EntryId, password: string): Promise<void> => {
    try {
      if (password === '') await passwords.forget(entry);
      else await passwords.give(entry, password, true);
    } catch (error) {
      log.warn('password could not be remembered', { entry, error });
    }
  };
  const keepPauseSecret = async (entryId: EntryId, secret: string | undefined): Promise<void> => {
    const entry = library.entry(entryId);
    const host = entry && library.host(entry.host);
    if (secret === undefined || !host || !entry.pause) return;
    try {
      await pauseSecrets.give(host, entry.pause, secret);
    } catch (error) {
      log.warn('a secret for pausing could not be remembered', { entry: entryId, error });
    }
  };
  return {
    'library:read': () => services.libraryView(),
    'library:add': async (form: EntryForm) => {
      const added = await library.add(form);
      // An id may have belonged to another entry once: its password must not go to the new one's host.
      if (added.ok) await keepPassword(added.value, form.password ?? '');
      if (added.ok) await keepPauseSecret(added.value, form.pauseSecret);
      return added;
    },
    'library:edit': async ({ entryId, form }) => {
      const edited = await library.edit(entryId, form);
      if (edited.ok && form.password !== undefined) await keepPassword(edited.value, form.password);
      if (edited.ok) await keepPauseSecret(edited.value, form.pauseSecret);
      return edited;
    },
    'library:set-pause': async ({ entryId, form }) => {
      const set = await library.setPause(entryId, form);
      if (set.ok) await keepPauseSecret(entryId, form.pauseSecret);
      return set;
    },
    'library:remove': ({ entryId }) => library.remove(entryId),
    'library:restore': ({ entryId }) => library.restore(entryId),
    'library:set-favourite': ({ entryId, favourite }) => library.setFavourite(entryId, favourite),
    'library:set-hidden': ({ entryId, hidden }) => library.setHidden(entryId, hidden),
  };
}
