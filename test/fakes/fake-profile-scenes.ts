// Ready-made stream settings: plain, with hostile names, over a link that is too slow, over a bad path, and where neither network nor link is known.
import type { LibraryView } from '../../electron/common/library';
import type { MeasuredPath } from '../../electron/domain/session/bitrate-advice';
import { hostileAppName, hostileHostName } from './fake-host-scenes';
import type { FakeProfilesStart } from './fake-profiles';

const goodPath: MeasuredPath = { lossRatio: 0, jitterMs: 0.4, p50Ms: 1.4, p95Ms: 2.2, reordering: false };

const usual: FakeProfilesStart = {
  global: { fps: 120, hdr: true, audio: '5.1' },
  host: { codec: 'hevc', widthPx: 2560, heightPx: 1440 },
  entry: { vsync: false, displayMode: 'borderless' },
  inNetwork: {},
  network: { id: '9c:5c:8e:00:11:22', name: 'Home' },
  link: { speedMbps: 1_000, medium: 'wired' },
  path: goodPath,
};

const starts: Readonly<Record<string, FakeProfilesStart>> = {
  profile: usual,
  'profile-network': { ...usual, inNetwork: { fps: 30, bitrateKbps: 8_000 } },
  'profile-tight': { ...usual, link: { speedMbps: 173, medium: 'wireless' } },
  'profile-no': {
    ...usual,
    entry: { widthPx: 3840, heightPx: 2160, yuv444: true, codec: 'h264' },
    link: { speedMbps: 72.2, medium: 'wireless' },
    path: { lossRatio: 0.021, jitterMs: 6.8, p50Ms: 4.1, p95Ms: 31, reordering: true },
  },
  'profile-unknown': { ...usual, network: null, link: null, path: { lossRatio: null, jitterMs: null, p50Ms: null, p95Ms: null, reordering: false } },
  'profile-hostile': { ...usual, network: { id: '9c:5c:8e:00:11:22', name: 'Wireless \u202enetwork\n<b>of</b> the house at the end of the long road, upper floor' } },
};

/** The host and the entry (`rig-app-1`, "Desktop" on "Rig") that the levels of these scenes belong to. */
export const profileHostScene = 'host-online';
const hostId = 'rig';
const entryId = 'rig-app-1';

export function profilesOf(scene: string): FakeProfilesStart {
  return starts[scene] ?? usual;
}

/** The library with the levels that a profile scene sets for its host and its entry, which was used last and so comes first. */
export function withProfiles(scene: string, library: LibraryView, nowMs: number): LibraryView {
  const start = starts[scene];
  if (start === undefined) return library;
  const isHostile = scene === 'profile-hostile';
  return {
    ...library,
    hosts: library.hosts.map((host) => (host.record.id === hostId ? { ...host, record: { ...host.record, ...(isHostile ? { name: hostileHostName } : {}), profile: start.host } } : host)),
    entries: library.entries.map((item) =>
      item.entry.id === entryId ? { ...item, lastUsedAtMs: nowMs, entry: { ...item.entry, ...(isHostile ? { name: hostileAppName.slice(0, 120) } : {}), profile: start.entry } } : item,
    ),
  };
}
