// Ready-made states of the whole window, by name: an empty library, a full one, and every state a session can be in.
import type { HostId, EntryId, SessionId } from '../../electron/common/ids';
import type { Snapshot } from '../../electron/common/ipc-contract';
import type { LibraryEntry, LibraryHost, LibraryView } from '../../electron/common/library';
import type { PracticeEvent, PracticeState } from '../../electron/common/practice';
import type { AppState, HostKeyQuestion, LinkState, Mark, SessionView } from '../../electron/common/session';
import { tell } from '../../electron/common/told';
import type { FakeScene } from './fake-bridge';
import { fakeBatch, fakeSummary, type FakeNetwork, type Outage } from './fake-samples';
import { fakeOutput } from './fake-output';
import { hostScene } from './fake-host-scenes';
import { incidentScene } from './fake-incident-scenes';
import { largeScene } from './fake-large-library';
import { settingsOf } from './fake-settings';
import { profileHostScene, profilesOf, withProfiles } from './fake-profile-scenes';
import { appStates, crash, linkStates } from './fake-states';
import { freshQuality } from '../../electron/domain/session/stream-quality';

const hosts: readonly LibraryHost[] = [
  { record: { id: 'workshop' as HostId, name: 'Workshop', address: '192.168.1.20', ssh: { user: 'mira', port: 22 } }, reach: 'online' },
  { record: { id: 'attic' as HostId, name: 'Attic PC', address: 'attic.lan', ssh: { user: 'mira', port: 2222, keyFile: '/home/mira/.ssh/attic' } }, reach: 'online' },
  { record: { id: 'office' as HostId, name: 'Office', address: '10.8.0.12' }, reach: 'offline' },
  { record: { id: 'render' as HostId, name: 'render-node-7.studio.example.org', address: 'render-node-7.studio.example.org' }, reach: 'unknown' },
];

const networks: Readonly<Record<string, Omit<FakeNetwork, 'outages'>>> = {
  workshop: { baseMs: 1.4, spikes: 14, losses: 5 },
  attic: { baseMs: 3.8, spikes: 30, losses: 12 },
  office: { baseMs: 24, spikes: 10, losses: 1000 },
  render: { baseMs: 11, spikes: 20, losses: 2 },
};

interface EntrySketch {
  readonly id: string;
  readonly host: string;
  readonly name: string;
  readonly protocol: 'vnc' | 'rdp';
  readonly favourite?: true;
  readonly usedHoursAgo?: number;
  readonly missing?: true;
}

const sketches: readonly EntrySketch[] = [
  { id: 'factorio', host: 'workshop', name: 'Factorio', protocol: 'vnc', favourite: true, usedHoursAgo: 0.2 },
  { id: 'blender', host: 'workshop', name: 'Blender', protocol: 'vnc', favourite: true, usedHoursAgo: 3 },
  { id: 'windows-desktop', host: 'attic', name: 'Windows desktop', protocol: 'rdp', usedHoursAgo: 26 },
  { id: 'super-tux', host: 'attic', name: 'SuperTux', protocol: 'vnc', favourite: true, usedHoursAgo: 50 },
  { id: 'books', host: 'office', name: 'Bookkeeping', protocol: 'rdp' },
  { id: 'render-farm', host: 'render', name: 'Render farm overview with a name that goes on and on', protocol: 'rdp', missing: true },
  { id: 'rtl', host: 'attic', name: 'سطح المكتب', protocol: 'vnc' },
  { id: 'openttd', host: 'workshop', name: 'OpenTTD', protocol: 'vnc' },
  { id: 'darktable', host: 'workshop', name: 'darktable', protocol: 'vnc', usedHoursAgo: 90 },
];

function entryOf(sketch: EntrySketch, nowMs: number): LibraryEntry {
  return {
    entry: {
      id: sketch.id as EntryId,
      host: sketch.host as HostId,
      name: sketch.name,
      protocol: sketch.protocol,
      fullScreen: false,
      favourite: sketch.favourite ?? false,
      hidden: false,
      resumeCountdownS: 3,
      pause: { by: 'command', pattern: sketch.id },
    },
    client:
      sketch.missing === true
        ? { found: false, displayName: 'FreeRDP', advice: 'Install it with “sudo apt install freerdp2-x11”.' }
        : { found: true, displayName: sketch.protocol === 'vnc' ? 'TigerVNC 1.12.0' : 'FreeRDP 2.11.7' },
    lastUsedAtMs: sketch.usedHoursAgo === undefined ? null : nowMs - sketch.usedHoursAgo * 3_600_000,
    playedMs: 0,
    artUrl: null,
    hasPassword: sketch.id === 'factorio',
  };
}

const emptyLibrary: LibraryView = { file: '/home/mira/.config/athena/library.json', hosts: [], entries: [], troubles: [] };

export function fullLibrary(nowMs: number): LibraryView {
  return { ...emptyLibrary, hosts: [...hosts], entries: sketches.map((sketch) => entryOf(sketch, nowMs)) };
}

/** A session that streamed, lost its client 14 s ago, and went as far as the two states say. */
export function fakeSession(link: LinkState, app: AppState, nowMs: number): SessionView {
  const lostMs = nowMs - 14_000;
  const marks: Mark[] = [
    { kind: 'launched', atMs: lostMs - 262_000, text: tell`TigerVNC 1.12.0 started` },
    { kind: 'streaming', atMs: lostMs - 261_180, text: tell`Streaming` },
  ];
  const wasLost = link.kind !== 'connecting' && app.kind !== 'unmanaged' && !(link.kind === 'streaming' && app.kind === 'running');
  if (wasLost) marks.push({ kind: 'interrupted', atMs: lostMs, text: tell`The client crashed (SIGSEGV)` });
  if (wasLost && app.kind !== 'running') marks.push({ kind: 'paused', atMs: lostMs + 11.4, text: tell`App paused: 3 processes` });
  if (wasLost && link.kind !== 'waiting') {
    marks.push({ kind: 'gate-open', atMs: lostMs + 6_420, text: tell`The host answers again` });
    marks.push({ kind: 'client-started', atMs: lostMs + 6_438, text: tell`TigerVNC 1.12.0 started again` });
  }
  if (wasLost && link.kind === 'streaming') marks.push({ kind: 'reconnected', atMs: lostMs + 7_105, text: tell`Streaming again` });
  return {
    id: 'session-1' as SessionId,
    entryId: 'factorio' as EntryId,
    hostId: 'workshop' as HostId,
    name: 'Factorio',
    clientName: 'TigerVNC 1.12.0',
    startedAtMs: lostMs - 262_000,
    link,
    app,
    quality: freshQuality,
    ...gateOf(link, nowMs),
    marks: link.kind === 'connecting' ? marks.slice(0, 1) : marks,
  };
}

/** How the network stands while a session is brought back. */
function gateOf(link: LinkState, nowMs: number): Pick<SessionView, 'gate'> {
  switch (link.kind) {
    case 'stalled':
    case 'waiting':
      return { gate: { fitness: 'unfit', reasons: [tell`echo: 10 of 10 questions of the last 2 s lost`], limitMs: 5, forcedAtMs: null } };
    case 'gating':
      return { gate: { fitness: 'unfit', reasons: [tell`echo: 4 of 10 questions of the last 2 s lost`], limitMs: 5, forcedAtMs: nowMs + 24_000 } };
    case 'reconnecting':
      return { gate: { fitness: 'fit', reasons: [], limitMs: 5, forcedAtMs: null } };
    default:
      return {};
  }
}

export const keyQuestion: HostKeyQuestion = {
  hostId: 'attic' as HostId,
  address: 'attic.lan',
  keyType: 'ssh-ed25519',
  fingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BrFx4zUIKJQpKzGPbGNQh1hI',
};

const practiceEvents: readonly PracticeEvent[] = [
  { event: 'host-ready', atMs: 0, tookMs: null, text: tell`Practice host is up: GameStream, a game and an SSH server, on this machine only` },
  { event: 'discovered', atMs: 40, tookMs: 40.1, text: tell`Found by mDNS as "Athena-practice-host" at 127.0.0.1:28998` },
  { event: 'paired', atMs: 840, tookMs: 802.9, text: tell`Paired: PIN 3172 went in through the host's web interface, nobody typed it` },
  { event: 'listed', atMs: 860, tookMs: 19.1, text: tell`Apps listed: 3, "Practice game" among them` },
  { event: 'launched', atMs: 1000, tookMs: 144.3, text: tell`Practice Moonlight 6.1.0 started (process 3333)` },
  { event: 'streaming', atMs: 1320, tookMs: 316, text: tell`Streaming` },
  { event: 'cut', atMs: 4320, tookMs: null, text: tell`Killing Moonlight on purpose (SIGKILL to process 3333)` },
  { event: 'lost', atMs: 4323, tookMs: 2.9, text: tell`The client crashed (SIGKILL)` },
  { event: 'paused', atMs: 4334, tookMs: 11.2, text: tell`App paused: 2 processes stopped, verified` },
  { event: 'gate-open', atMs: 4340, tookMs: 6.1, text: tell`Network is fit` },
  { event: 'reconnected', atMs: 4630, tookMs: 307, text: tell`Streaming again` },
  { event: 'resumed', atMs: 7642, tookMs: 9.8, text: tell`App runs on: 2 processes, verified` },
  { event: 'ended', atMs: 8000, tookMs: null, text: tell`Ended: Moonlight is gone, and the host says that nothing runs any more` },
];

const practiceStates: Readonly<Record<string, PracticeState>> = {
  'practice-running': { kind: 'running', events: practiceEvents.slice(0, 9) },
  'practice-finished': {
    kind: 'finished',
    events: [...practiceEvents],
    summary: { ok: true, loss: 'kill', discoveredBy: 'mdns', detectMs: 2.9, pauseMs: 11.2, reconnectMs: 307, resumeMs: 9.8 },
  },
};

/** The outage that a lost session went through, so that the graph shows what the words say. */
function outagesOf(name: string, nowMs: number): Outage[] {
  if (name.startsWith('session-waiting') || name.startsWith('session-gating')) return [{ fromMs: nowMs - 14_400, toMs: nowMs + 600_000 }];
  return name.startsWith('session-') ? [{ fromMs: nowMs - 14_400, toMs: nowMs - 7_800 }] : [];
}

/**
 * @param name `empty`, `full`, `first-run`, `imports`, `trouble`, `questions`, `practice-running`, `practice-finished`, one of fake-host-scenes.ts, fake-incident-scenes.ts, fake-large-library.ts or fake-profile-scenes.ts,
 * or `session-LINK-APP` with a link and an app state from fake-states.ts; each of them with `couch-` before it stands on the couch
 */
export function fakeScene(name: string, nowMs: number): ReturnType<typeof deskScene> {
  const [, couch, rest] = /^(couch-)?(.*)$/.exec(name) ?? [];
  const scene = deskScene(rest ?? name, nowMs);
  return couch === undefined ? scene : { ...scene, snapshot: { ...scene.snapshot, couch: true } };
}

function deskScene(name: string, nowMs: number): FakeScene & { readonly networkOf: (hostId: HostId) => FakeNetwork } {
  const { libraryHosts, libraryEntries, ...gameStream } = hostScene(name.startsWith('profile') ? profileHostScene : name, nowMs);
  const silent = new Set(libraryHosts.filter(({ reach }) => reach === 'offline').map(({ record }) => record.id));
  const outages = outagesOf(name, nowMs);
  const networkOf = (hostId: HostId): FakeNetwork => ({
    ...(networks[hostId] ?? { baseMs: 2.1, spikes: 10, losses: silent.has(hostId) ? 1000 : 10 }),
    outages: hostId === 'workshop' ? outages : [],
  });
  const history = (hostId: HostId): ReturnType<FakeScene['history']> =>
    (['icmp', 'tcp'] as const).map((probe) => fakeBatch(networkOf(hostId), hostId, probe, nowMs - 120_000, nowMs));
  const own = ['empty', 'found', 'first-run'].includes(name) ? emptyLibrary : fullLibrary(nowMs);
  const large = largeScene(name, nowMs);
  const library = withProfiles(
    name,
    large ? { ...emptyLibrary, hosts: [...large.hosts], entries: [...large.entries] } : { ...own, hosts: [...own.hosts, ...libraryHosts], entries: [...own.entries, ...libraryEntries] },
    nowMs,
  );
  const [, linkName = '', appName = ''] = /^session-([a-z]+(?:-q[a-z]+)*)-?([a-z]*)$/.exec(name) ?? [];
  const snapshot: Snapshot = {
    version: '0.1.0',
    library: name === 'trouble' ? { ...library, troubles: [libraryTrouble] } : library,
    sessions: sessionsOf(name, linkName, appName, nowMs),
    summaries: library.hosts.flatMap(({ record }) => history(record.id).map((batch) => fakeSummary(batch, 60_000))),
    probeTroubles: [],
    hostKeyQuestions: name === 'questions' ? [keyQuestion] : [],
    gameStreamHosts: [...(large?.gameStreamHosts ?? gameStream.gameStreamHosts)],
    leftSessions: name === 'left' ? [leftSession] : [],
    couch: false,
    settings: settingsOf(name),
    foundHosts: [...gameStream.foundHosts],
    pairings: [...gameStream.pairings],
    practice: practiceStates[name] ?? { kind: 'off' },
  };
  return { snapshot, history, output: fakeOutput, hasImports: name === 'first-run' || name === 'imports', profiles: profilesOf(name), isBareDesktop: name === 'settings-changed', networkOf, ...incidentScene(name, nowMs) };
}

const leftSession = {
  entryId: 'factorio' as EntryId,
  hostId: 'workshop' as HostId,
  name: 'Factorio',
  streamedAtMs: Date.UTC(2026, 10, 22, 20, 14),
};

const libraryTrouble = {
  file: '/home/mira/.config/athena/library.json',
  line: 17,
  message: 'entries[3].port must be a whole number from 1 to 65535, not "fast"',
  keptAs: '/home/mira/.config/athena/library.json.broken-2026-11-22',
};

function sessionsOf(name: string, linkName: string, appName: string, nowMs: number): SessionView[] {
  const link = linkStates(nowMs)[linkName];
  const app = appStates(nowMs)[appName === '' ? 'running' : appName];
  if (link !== undefined && app !== undefined) return [fakeSession(link, app, nowMs)];
  const streaming = fakeSession({ kind: 'streaming', sinceMs: nowMs - 300_000 }, { kind: 'running' }, nowMs);
  if (name === 'session-poor') return [{ ...streaming, quality: { ...freshQuality, poor: true, lostFrames: 118, reordering: true, controlRttMs: 212 } }];
  if (name !== 'full') return [];
  const lost = fakeSession(
    { kind: 'waiting', interruption: crash(nowMs), attempt: 3, nextAtMs: nowMs + 2400 },
    { kind: 'paused', by: 'interruption', method: 'cgroup-freeze', processes: 3, atMs: nowMs },
    nowMs,
  );
  return [
    { ...lost, id: 'session-2' as SessionId, entryId: 'super-tux' as EntryId, hostId: 'attic' as HostId, name: 'SuperTux' },
    streaming,
  ];
}
