// Finds the entry of the library that somebody names on the command line.
import type { Entry } from '../common/entry';
import { failure, success, type Result } from '../common/result';
import type { Services } from '../domain/services';

const namesShown = 20;

/** By id, by name, or as HOST/APP, where the host is given by its id, its name or its address. */
export function findEntry(text: string, { library }: Pick<Services, 'library'>): Result<Entry> {
  const { entries } = library;
  const found =
    entries.find(({ id }) => id === text) ?? entries.find(({ name }) => name === text) ?? entries.find((entry) => isHostAndApp(entry, text, library));
  if (found) return success(found);
  const names = entries.slice(0, namesShown).map(({ id }) => id);
  const more = entries.length > names.length ? ` and ${entries.length - names.length} more` : '';
  const advice = names.length === 0 ? `Add entries in the window or in ${library.file}.` : `There are: ${names.join(', ')}${more}.`;
  return failure('not-found', `There is no entry "${text}".`, advice);
}

function isHostAndApp({ host, app }: Entry, text: string, library: Services['library']): boolean {
  if (app === undefined || !text.endsWith(`/${app}`)) return false;
  const hostText = text.slice(0, -app.length - 1);
  const record = library.host(host);
  return hostText === host || hostText === record?.name || hostText === record?.address;
}
