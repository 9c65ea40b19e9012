// The profiles of streams: read with where each value comes from and whether it fits, set at any of four levels.
import type { Entry } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { EntryId, HostId } from '../../common/ids';
import type { LatencySummary } from '../../common/latency';
import { hostVantage } from '../../common/vantage';
import type { Network, Profile, ProfilePlace, ProfileView, ResolvedProfile } from '../../common/profile';
import { failure, success, type Result } from '../../common/result';
import type { SessionView } from '../../common/session';
import { resolveProfile } from '../session/profile-resolution';
import { measuredPath, streamBudgetView } from './stream-budget-view';
import type { LinkSense, NetworkSense } from './surroundings';
import type { Library } from '../library/library';

export interface ProfilesParts {
  readonly library: Pick<Library, 'entry' | 'host' | 'profile' | 'networks' | 'setProfile'>;
  readonly network: NetworkSense;
  readonly link: LinkSense;
  /** Where streams from the host come from by now; null: as the library says. */
  readonly addressOf: (hostId: HostId) => string | null;
  readonly summaries: () => readonly LatencySummary[];
  readonly sessions: () => readonly Pick<SessionView, 'hostId' | 'quality'>[];
}

export class Profiles {
  constructor(private readonly parts: ProfilesParts) {}

  /** How an entry's stream will look if it is launched now. */
  async read(entryId: EntryId): Promise<Result<ProfileView>> {
    const { library, link, addressOf } = this.parts;
    const entry = library.entry(entryId);
    const host = entry && library.host(entry.host);
    if (!entry || !host) return failure('not-found', `There is no entry "${entryId}" in the library.`, 'Look at the library for its present name.');
    if (entry.protocol !== 'gamestream') {
      return failure('not-supported', `"${entry.name}" is no GameStream app: its client knows no profile.`, 'Profiles are for apps of Sunshine and its forks.');
    }
    const [network, way] = await Promise.all([this.network(), link.towards(addressOf(host.id) ?? host.address)]);
    const levels = this.levels(entry, host, network);
    const resolved = resolveProfile(levels);
    return success({ levels, network, resolved, budget: streamBudgetView(resolved.values, { path: this.path(host.id), link: way }) });
  }

  /** Replaces what is set at one level; a value that is absent is inherited. */
  async set(place: ProfilePlace, profile: Profile): Promise<Result<undefined>> {
    if (place.level === 'entry') {
      const entry = this.parts.library.entry(place.entryId);
      if (entry && entry.protocol !== 'gamestream') {
        return failure('not-supported', `"${entry.name}" is no GameStream app: its client knows no profile.`, 'Profiles are for apps of Sunshine and its forks.');
      }
    }
    return this.parts.library.setProfile(place, profile);
  }

  /** What a stream is launched with. */
  async resolvedFor(entry: Entry, host: HostRecord): Promise<ResolvedProfile> {
    return resolveProfile(this.levels(entry, host, await this.network()));
  }

  /** Under the name it was given; else under one that says where it is. */
  private async network(): Promise<Network | null> {
    const place = await this.parts.network.current();
    if (place === null) return null;
    const known = this.parts.library.networks.find(({ id }) => id === place.id);
    return { id: place.id, name: known?.name ?? `Network of ${place.gateway}` };
  }

  private levels(entry: Entry, host: HostRecord, network: Network | null): ProfileView['levels'] {
    const { library } = this.parts;
    return {
      global: library.profile,
      host: host.profile ?? {},
      entry: entry.profile ?? {},
      network: library.networks.find(({ id }) => id === network?.id)?.profile ?? {},
    };
  }

  private path(hostId: HostId): ReturnType<typeof measuredPath> {
    const reordering = this.parts.sessions().some((view) => view.hostId === hostId && view.quality.reordering);
    return measuredPath(this.parts.summaries().filter((summary) => summary.vantage === hostVantage(hostId)), reordering);
  }
}
