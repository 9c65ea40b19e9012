// The apps of paired GameStream hosts as entries of the library.
import { entrySchema, type Entry } from '../../common/entry';
import type { EntryId, HostId } from '../../common/ids';
import type { GameStreamRecord } from '../hosts/gamestream-record';
import { crc32 } from './crc32';
import { FreeIds, longestBase, wordsOf } from './free-id';

/** What one paired host offers. */
export interface HostApps {
  readonly hostId: HostId;
  readonly apps: readonly { readonly id: number; readonly name: string }[];
}

const sample = entrySchema.parse({ id: 'sample', host: 'sample', name: 'sample', protocol: 'gamestream' });
const plainWords = /^[a-z0-9]+(?:[ -][a-z0-9]+)*$/;

/** Of hosts that are not paired, nothing is shown. */
export function hostApps(records: readonly GameStreamRecord[]): HostApps[] {
  return records.filter(({ certificatePem }) => certificatePem !== null).map(({ hostId, apps }) => ({ hostId, apps }));
}

/** Hosts are looked at every few seconds, and mostly nothing has changed. */
export function sameApps(before: readonly HostApps[], after: readonly HostApps[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ hostId, apps }, index) => {
      const other = after[index];
      if (hostId !== other?.hostId) return false;
      return apps === other.apps || (apps.length === other.apps.length && apps.every(({ id, name }, at) => name === other.apps[at]?.name && id === other.apps[at].id));
    })
  );
}

/** An app with all that can be said of it once, whatever is saved. */
interface CataloguedApp {
  readonly hostId: HostId;
  readonly name: string;
  readonly key: string;
  readonly shown: string;
  readonly idBase: string;
}
export type AppCatalogue = readonly CataloguedApp[];

/** Apps without a name are left out: nobody could start them. */
export function catalogueOf(hosts: readonly HostApps[]): AppCatalogue {
  return hosts.flatMap(({ hostId, apps }) =>
    apps.flatMap(({ name }) => {
      const shown = shownName(name);
      return shown === '' ? [] : [{ hostId, name, key: `${hostId}/${name}`, shown, idBase: idBaseOf(hostId, name) }];
    }),
  );
}

/**
 * Apps for which nothing is saved yet. Of two apps of one name on one host there is one entry: clients start apps by name,
 * and would start the first.
 * @param saved entries of the library; their ids are theirs, and an app among them is not made again
 */
export function appEntries(catalogue: AppCatalogue, saved: readonly Entry[]): Entry[] {
  const free = new FreeIds(saved.map(({ id }) => id));
  const known = new Set(saved.map(({ host, app }) => `${host}/${app ?? ''}`));
  return catalogue.flatMap(({ hostId, name, key, shown, idBase }) => {
    if (known.has(key)) return [];
    known.add(key);
    return [{ ...sample, id: free.takeBase(idBase) as EntryId, host: hostId, name: shown, app: name }];
  });
}

/** On one line and short enough, whatever the host says. */
export function shownName(name: string): string {
  return name.replace(/\s+/g, ' ').trim().slice(0, 120).trim();
}

/**
 * An app's id depends on its host and its name and on nothing else, so that favourites and history outlive another cover
 * and other apps that come and go. Names of plain words are their own id; of any other (`Desk!`, `משחק`, a very long one)
 * a part would be lost, so a mark made of all of it is added.
 */
function idBaseOf(hostId: HostId, name: string): string {
  const plain = `${hostId} ${name}`;
  if (plain.length <= longestBase && plainWords.test(name.toLowerCase())) return wordsOf(plain);
  const mark = crc32(`${hostId}/${name}`).toString(16).padStart(8, '0');
  return `${wordsOf(plain).slice(0, longestBase - mark.length - 1)}-${mark}`;
}
