// The library's channels.
import { success } from '../common/result';
import type { EntryForm } from '../common/library';
import type { EntryId } from '../common/ids';
import type { Services } from '../domain/services';
import type { Handlers } from './serve';

type LibraryChannel = Extract<keyof Handlers, `library:${string}`>;

export function libraryHandlers({ library, passwords }: Services): Pick<Handlers, LibraryChannel> {
  const keepPassword = async (id: EntryId, { password }: EntryForm): Promise<void> => {
    if (password === undefined) return;
    if (password === '') await passwords.forget(id);
    else await passwords.give(id, password, true);
  };
  return {
    'library:add': async (form) => {
      const added = await library.add(form);
      if (added.ok) await keepPassword(added.value, form);
      return added;
    },
    'library:edit': async ({ entryId, form }) => {
      const edited = await library.edit(entryId, form);
      if (edited.ok) await keepPassword(edited.value, form);
      return edited;
    },
    'library:remove': ({ entryId }) => library.remove(entryId),
    'library:restore': ({ entryId }) => library.restore(entryId),
    'library:set-favourite': async ({ entryId, favourite }) => {
      const changed = await library.setFavourite(entryId, favourite);
      return changed.ok ? success(undefined) : changed;
    },
  };
}
