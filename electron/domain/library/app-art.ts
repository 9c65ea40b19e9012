// Where the cover of an entry is to be had from: its host's record knows the app's present id, the entry only its name.
import { artUrl } from '../../common/art';
import type { Entry } from '../../common/entry';
import type { HostId } from '../../common/ids';
import type { GameStreamRecord } from '../hosts/gamestream-record';

/** An entry's cover, as the page's own protocol serves it; null: its host has no such app, or is not paired. */
export type ArtFinder = (entry: Entry) => string | null;

/** @param records the very same array means that nothing has changed since the last question */
export function artFinder(records: () => readonly GameStreamRecord[]): ArtFinder {
  let known: readonly GameStreamRecord[] | null = null;
  let appIds = new Map<HostId, ReadonlyMap<string, number>>();
  return ({ host, app, protocol }) => {
    if (protocol !== 'gamestream' || app === undefined) return null;
    const present = records();
    if (present !== known) {
      known = present;
      const paired = present.filter(({ certificatePem }) => certificatePem !== null);
      appIds = new Map(paired.map(({ hostId, apps }) => [hostId, firstIds(apps)]));
    }
    const id = appIds.get(host)?.get(app);
    return id === undefined ? null : artUrl(host, id);
  };
}

/** Of two apps of one name, the first: it is the one that a launch by name starts. */
function firstIds(apps: GameStreamRecord['apps']): ReadonlyMap<string, number> {
  return new Map([...apps].reverse().map(({ id, name }) => [name, id]));
}
