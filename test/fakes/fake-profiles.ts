// Stream settings as main keeps them: a level with each host and entry of the library, one for all, one a network; resolved and budgeted by the domain.
import type { EntryId, HostId } from '../../electron/common/ids';
import type { LibraryView } from '../../electron/common/library';
import type { Network, Profile, ProfilePlace, ProfileView } from '../../electron/common/profile';
import { failure, success, type Result } from '../../electron/common/result';
import { streamBudgetView } from '../../electron/domain/profiles/stream-budget-view';
import type { Link, MeasuredPath } from '../../electron/domain/session/bitrate-advice';
import { resolveProfile } from '../../electron/domain/session/profile-resolution';

export interface FakeProfilesStart {
  readonly global: Profile;
  readonly host: Profile;
  readonly entry: Profile;
  readonly inNetwork: Profile;
  /** null: the router is not seen. */
  readonly network: Network | null;
  readonly link: Link | null;
  readonly path: MeasuredPath;
}

interface Surroundings {
  readonly library: () => LibraryView;
  readonly changeLibrary: (part: Partial<LibraryView>) => void;
}

export class FakeProfiles {
  #global: Profile;
  readonly #byNetwork = new Map<string, Profile>();
  #start: FakeProfilesStart;

  constructor(
    start: FakeProfilesStart,
    private readonly surroundings: Surroundings,
  ) {
    this.#start = start;
    this.#global = start.global;
    if (start.network !== null) this.#byNetwork.set(start.network.id, start.inNetwork);
  }

  /** Other surroundings from now on: another network, a slower link, a worse path. */
  change(part: Partial<Pick<FakeProfilesStart, 'network' | 'link' | 'path'>>): void {
    this.#start = { ...this.#start, ...part };
  }

  read(entryId: EntryId): Result<ProfileView> {
    const { entries, hosts } = this.surroundings.library();
    const entry = entries.find((item) => item.entry.id === entryId)?.entry;
    if (entry === undefined) return failure('not-found', 'This entry is not in the library.', 'It may have been removed.');
    if (entry.protocol !== 'gamestream') return failure('not-supported', `${entry.name} is not streamed by Moonlight.`, 'Only entries of GameStream hosts have stream settings.');
    const { network, link, path } = this.#start;
    const levels = {
      global: this.#global,
      host: hosts.find(({ record }) => record.id === entry.host)?.record.profile ?? {},
      entry: entry.profile ?? {},
      network: network === null ? {} : (this.#byNetwork.get(network.id) ?? {}),
    };
    const resolved = resolveProfile(levels);
    return success({ levels, network, resolved, budget: streamBudgetView(resolved.values, { path, link }) });
  }

  set(place: ProfilePlace, profile: Profile): Result<undefined> {
    switch (place.level) {
      case 'global':
        this.#global = profile;
        return success(undefined);
      case 'network':
        this.#byNetwork.set(place.network.id, profile);
        if (place.network.id === this.#start.network?.id) this.change({ network: place.network });
        return success(undefined);
      case 'host':
        return this.#setHost(place.hostId, profile);
      case 'entry':
        return this.#setEntry(place.entryId, profile);
    }
  }

  #setHost(hostId: HostId, profile: Profile): Result<undefined> {
    const { hosts } = this.surroundings.library();
    if (!hosts.some(({ record }) => record.id === hostId)) return failure('not-found', 'This host is not known any more.', 'Add it again.');
    this.surroundings.changeLibrary({ hosts: hosts.map((host) => (host.record.id === hostId ? { ...host, record: { ...host.record, profile } } : host)) });
    return success(undefined);
  }

  #setEntry(entryId: EntryId, profile: Profile): Result<undefined> {
    const { entries } = this.surroundings.library();
    if (!entries.some(({ entry }) => entry.id === entryId)) return failure('not-found', 'This entry is not in the library.', 'It may have been removed.');
    this.surroundings.changeLibrary({ entries: entries.map((item) => (item.entry.id === entryId ? { ...item, entry: { ...item.entry, profile } } : item)) });
    return success(undefined);
  }
}
