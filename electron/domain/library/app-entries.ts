// The apps of paired GameStream hosts as entries of the library.
import { entrySchema, type Entry } from '../../common/entry';
import { entryIdSchema } from '../../common/ids';
import type { GameStreamRecord } from '../hosts/gamestream-record';
import { freeId } from './free-id';

/** An app's id is made from its host and its name, so that history and favourites outlive another cover. */
export function appEntries(records: readonly GameStreamRecord[]): Entry[] {
  const taken: string[] = [];
  return records
    .filter(({ certificatePem }) => certificatePem !== null)
    .flatMap(({ hostId, apps }) =>
      apps
        .filter(({ name }) => name.trim() !== '')
        .map(({ name }) => {
          const id = freeId(`${hostId}-${name}`, taken);
          taken.push(id);
          const shown = name.replace(/\s+/g, ' ').trim().slice(0, 120);
          return entrySchema.parse({ id: entryIdSchema.parse(id), host: hostId, name: shown, protocol: 'gamestream', app: name });
        }),
    );
}
