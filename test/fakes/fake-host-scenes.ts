// Ready-made GameStream hosts in every state, with their apps: by the name of the scene.
import type { FoundHost, GameStreamHostView, HostStateKind, PairingState } from '../../electron/common/gamestream';
import type { EntryId, HostId } from '../../electron/common/ids';
import type { LibraryEntry, LibraryHost } from '../../electron/common/library';
import { failure } from '../../electron/common/result';
import { fakePin, olderHostId, type FakeHostsStart } from './fake-hosts';

export interface HostScene extends FakeHostsStart {
  readonly libraryHosts: readonly LibraryHost[];
  readonly libraryEntries: readonly LibraryEntry[];
}

const rig = 'rig' as HostId;
const mac = '9c:5c:8e:00:11:22';

/** Quotes, a newline, a right-to-left override, markup, and no end. */
export const hostileHostName = 'Evil "rig" \u202egnp.exe\n<b>bold</b> \u0627\u0644\u0645\u0636\u064a\u0641 and it goes on and on and on';
export const hostileAppName = `"; DROP \u202eTABLE\u2066 apps;\n\n<img src=x onerror=alert(1)> Z\u0351\u036b\u0343\u036a\u0302a\u0300\u0301lgo \u0644\u0639\u0628\u0629 ${'endless '.repeat(40)}`;

const apps = [
  ...['Cyberpunk 2077', 'Desktop', 'Steam Big Picture', 'Baldur’s Gate 3', 'Elden Ring', 'Factorio: Space Age', 'Hades II', 'Hollow Knight: Silksong'],
  ...['No Man’s Sky', 'Outer Wilds', 'Portal 2', 'Satisfactory', 'Stardew Valley', 'The Witcher 3: Wild Hunt', 'Civilization VII'],
];

function viewOf(hostId: HostId, state: HostStateKind, nowMs: number, part: Partial<GameStreamHostView> = {}): GameStreamHostView {
  return {
    hostId,
    uniqueId: '0123456789ABCDEF',
    addresses: ['192.168.1.30', 'fe80::9e5c:8eff:fe00:1122%eth0', '10.8.0.30'],
    httpPort: 47989,
    paired: true,
    mac,
    state,
    sinceMs: nowMs - 12 * 60_000,
    runningApp: null,
    ...part,
  };
}

function libraryHost(id: HostId, name: string, address: string, reach: LibraryHost['reach']): LibraryHost {
  return { record: { id, name, address }, reach };
}

function entriesOf(host: HostId, names: readonly string[]): LibraryEntry[] {
  return names.map((name, index) => ({
    entry: {
      id: `${host}-app-${index}` as EntryId,
      host,
      name: name.slice(0, 120).trim(),
      protocol: 'gamestream',
      app: name,
      fullScreen: false,
      favourite: false,
      hidden: false,
      resumeCountdownS: 3,
    },
    client: { found: true, displayName: 'Moonlight 6.1.0' },
    lastUsedAtMs: null,
    playedMs: 0,
    artUrl: null,
    hasPassword: false,
  }));
}

const found: readonly FoundHost[] = [
  { name: 'LIVING-ROOM', addresses: ['192.168.1.44', 'fe80::1c2d:3eff:fe4f:5a6b%eth0'], httpPort: 47989 },
  { name: 'Büro-PC', addresses: ['192.168.1.45'], httpPort: 48989 },
];
const hostileFound: FoundHost = { name: hostileHostName, addresses: ['192.168.1.66'], httpPort: 47989 };

const none: HostScene = { libraryHosts: [], libraryEntries: [], gameStreamHosts: [], foundHosts: [], pairings: [] };

/** The host "Rig" in the state that the scene is named after, or with the pairing that it is named after. */
function rigScene(what: string, nowMs: number): HostScene {
  const hosts: Readonly<Record<string, GameStreamHostView>> = {
    unknown: viewOf(rig, 'unknown', nowMs),
    asleep: viewOf(rig, 'asleep', nowMs, { sinceMs: nowMs - 9 * 3_600_000 }),
    'asleep-without-mac': viewOf(rig, 'asleep', nowMs, { mac: null }),
    booting: viewOf(rig, 'booting', nowMs, { sinceMs: nowMs - 20_000 }),
    online: viewOf(rig, 'online', nowMs),
    busy: viewOf(rig, 'busy', nowMs, { runningApp: 'Cyberpunk 2077' }),
    paused: viewOf(rig, 'paused', nowMs, { runningApp: 'Cyberpunk 2077' }),
    'address-in-doubt': viewOf(rig, 'address-in-doubt', nowMs),
    'certificate-changed': viewOf(rig, 'certificate-changed', nowMs),
    hostile: viewOf(rig, 'paused', nowMs, { runningApp: hostileAppName }),
  };
  const pairings: Readonly<Record<string, PairingState>> = {
    unpaired: { kind: 'cancelled', hostId: rig },
    'pin-waiting': { kind: 'waiting', hostId: rig, pin: fakePin, byWeb: false },
    'web-waiting': { kind: 'waiting', hostId: rig, pin: fakePin, byWeb: true },
    'pairing-failed': {
      kind: 'failed',
      hostId: rig,
      failure: failure('man-in-the-middle', 'Somebody between this computer and Rig swapped its certificate: its signature does not fit. Nothing was saved.', 'Do not pair over this network; pair where both computers hang on the same switch or router.').failure,
    },
  };
  const pairing = pairings[what];
  const host = hosts[what] ?? viewOf(rig, 'online', nowMs, { paired: false, mac: null });
  const name = what === 'hostile' ? hostileHostName : 'Rig';
  const names = what === 'hostile' ? [hostileAppName, ...apps] : apps;
  return {
    ...none,
    libraryHosts: [libraryHost(rig, name, 'rig.lan', host.state === 'asleep' ? 'offline' : 'online')],
    libraryEntries: host.paired ? entriesOf(rig, names) : [],
    gameStreamHosts: [host],
    pairings: pairing === undefined ? [] : [pairing],
    foundHosts: what === 'hostile' ? [...found, hostileFound] : [],
  };
}

/** @param name `hosts` (several at once), `host-STATE`, `host-older`, `host-hostile`, `host-pin-waiting` and the like, `found`; else there are none */
export function hostScene(name: string, nowMs: number): HostScene {
  if (name === 'found' || name === 'first-run') return { ...none, foundHosts: found };
  if (name === 'host-older') {
    return {
      ...none,
      libraryHosts: [libraryHost(olderHostId, 'Older rig', '192.168.1.31', 'online')],
      libraryEntries: entriesOf(olderHostId, apps.slice(0, 3)),
      gameStreamHosts: [viewOf(olderHostId, 'busy', nowMs, { runningApp: 'Cyberpunk 2077' })],
    };
  }
  if (name.startsWith('host-')) return rigScene(name.slice('host-'.length), nowMs);
  if (name !== 'hosts') return none;
  const [den, loft, nook, lab] = ['den', 'loft', 'nook', 'lab'] as readonly string[] as readonly [HostId, HostId, HostId, HostId];
  return {
    libraryHosts: [
      libraryHost(rig, 'Rig', 'rig.lan', 'online'),
      libraryHost(den, 'Den', 'den.lan', 'online'),
      libraryHost(loft, 'Loft', 'loft.lan', 'offline'),
      libraryHost(nook, 'Reading nook', 'nook.lan', 'online'),
      libraryHost(lab, 'Lab', 'lab.lan', 'online'),
    ],
    libraryEntries: entriesOf(rig, apps),
    gameStreamHosts: [
      viewOf(rig, 'paused', nowMs, { runningApp: 'Cyberpunk 2077' }),
      viewOf(den, 'online', nowMs, { paired: false }),
      viewOf(loft, 'asleep', nowMs),
      viewOf(nook, 'busy', nowMs, { runningApp: 'The Witcher 3: Wild Hunt, Game of the Year' }),
      viewOf(lab, 'certificate-changed', nowMs),
    ],
    foundHosts: found,
    pairings: [],
  };
}
