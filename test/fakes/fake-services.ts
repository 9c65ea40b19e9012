// The services that compose() makes, with the real domain inside and fakes where it meets the world.
import { entrySchema, type Protocol } from '../../electron/common/entry';
import { hostRecordSchema } from '../../electron/common/host';
import type { HostId } from '../../electron/common/ids';
import type { PracticeEvent, PracticeState, PracticeSummary } from '../../electron/common/practice';
import { failure, success } from '../../electron/common/result';
import type { Disposable } from '../../electron/domain/clock';
import { explainHost } from '../../electron/domain/hosts/explain-host';
import { FoundHosts } from '../../electron/domain/hosts/found-hosts';
import { GameStreamHosts } from '../../electron/domain/hosts/gamestream-hosts';
import { HostKeys } from '../../electron/domain/hosts/host-keys';
import { askHost } from '../../electron/domain/hosts/ask-host';
import { endStreams, tellStreams } from '../../electron/domain/hosts/host-streams';
import { HostWatch } from '../../electron/domain/hosts/host-watch';
import { Pairings } from '../../electron/domain/hosts/pairings';
import { quitAppOnHost } from '../../electron/domain/hosts/quit-app-on-host';
import { Wake } from '../../electron/domain/hosts/wake';
import { Imports } from '../../electron/domain/imports/imports';
import type { FileDialogs } from '../../electron/ipc/handlers';
import { FakeDesktop } from './fake-desktop';
import { FakeWindowView } from './fake-window-view';
import type { SaveFile } from '../../electron/domain/incidents/save-file';
import { LatencyBook } from '../../electron/domain/latency/latency-book';
import { LiveObservations } from '../../electron/domain/latency/live-observations';
import { probeTargets } from '../../electron/domain/latency/probe-targets';
import { Library } from '../../electron/domain/library/library';
import type { CertificateStore } from '../../electron/domain/library/library-store';
import { libraryView } from '../../electron/domain/library/library-view';
import { hostApps } from '../../electron/domain/library/app-entries';
import { Passwords } from '../../electron/domain/library/passwords';
import { PauseSecrets } from '../../electron/domain/pause/pause-secrets';
import { Profiles } from '../../electron/domain/profiles/profiles';
import type { PracticeRunner } from '../../electron/domain/practice';
import type { Services } from '../../electron/domain/services';
import { ClientChoice } from '../../electron/domain/session/client-choice';
import { SettingsKeeper } from '../../electron/domain/settings/settings-keeper';
import { Journal } from '../../electron/domain/session/journal';
import { Sessions } from '../../electron/domain/session/sessions';
import type { FoundClient, StreamClient } from '../../electron/domain/session/stream-client';
import { FakeClientKeeper } from './fake-client-keeper';
import { FakeClock } from './fake-clock';
import { FakeConnectionFiles } from './fake-connection-files';
import { FakeGameStreamHost } from './fake-gamestream-host';
import { FakeGameStreamStore } from './fake-gamestream-store';
import { FakeHostControl } from './fake-host-control';
import { FakeJournalStore } from './fake-journal-store';
import { FakeHistoryStore, FakeLibraryStore } from './fake-library-store';
import { FakeDiscovery, FakeInquiry, FakePing, FakeWakeSignal } from './fake-host-network';
import { FakeProbe } from './fake-probe';
import { FakeRecorder } from './fake-recorder';
import { FakeSecretStore } from './fake-secret-store';
import { FakeSettingsStore } from './fake-settings-store';
import { FakeSurroundings } from './fake-surroundings';
import { SilentLog } from './silent-log';

const viewer: FoundClient = {
  found: true,
  client: 'tigervnc',
  displayName: 'TigerVNC 1.12.0',
  version: '1.12.0',
  command: ['/usr/bin/xtigervncviewer'],
  origin: 'path',
};

export class FakeCertificates implements CertificateStore {
  readonly trusted = new Map<string, string>();

  async read(hostId: HostId, protocol: Protocol): Promise<string | null> {
    return this.trusted.get(`${hostId}/${protocol}`) ?? null;
  }

  async trust(hostId: HostId, protocol: Protocol, fingerprint: string): Promise<void> {
    this.trusted.set(`${hostId}/${protocol}`, fingerprint);
  }

  async forget(hostId: HostId, protocol: Protocol): Promise<void> {
    this.trusted.delete(`${hostId}/${protocol}`);
  }
}

export class FakePractice implements PracticeRunner {
  state: PracticeState = { kind: 'off' };
  stops = 0;
  /** What the next run comes to. */
  outcome: Promise<PracticeSummary> = new Promise(() => undefined);

  onChange(_listener: (state: PracticeState) => void): Disposable {
    return { dispose: () => undefined };
  }

  onEvent(_listener: (event: PracticeEvent) => void): Disposable {
    return { dispose: () => undefined };
  }

  run(): Promise<PracticeSummary> {
    this.state = { kind: 'running', events: [] };
    return this.outcome;
  }

  async stop(): Promise<void> {
    this.stops += 1;
    this.state = { kind: 'off' };
  }
}

/** A host "rig" with a desktop "desk" over VNC and an "office" over RDP; RDP's client is not installed. Beside it, a GameStream host. */
export class FakeHouse {
  readonly clock = new FakeClock();
  readonly log = new SilentLog();
  readonly rig = hostRecordSchema.parse({ id: 'rig', name: 'Rig', address: '192.168.1.20', ssh: { user: 'me' } });
  readonly desk = entrySchema.parse({ id: 'desk', host: 'rig', name: 'Desk', protocol: 'vnc', pause: { by: 'command', pattern: 'game' } });
  readonly office = entrySchema.parse({ id: 'office', host: 'rig', name: 'Office', protocol: 'rdp', username: 'me' });
  readonly libraryStore = new FakeLibraryStore({ hosts: [this.rig], entries: [this.desk, this.office] });
  readonly secrets = new FakeSecretStore();
  readonly settingsStore = new FakeSettingsStore();
  readonly certificates = new FakeCertificates();
  readonly control = new FakeHostControl(this.clock);
  readonly probe = new FakeProbe();
  readonly observations = new LiveObservations();
  /** Answers at its address; known to the house only once it was added. */
  readonly gameStreamHost = new FakeGameStreamHost();
  readonly gameStreamStore = new FakeGameStreamStore();
  readonly discovery = new FakeDiscovery();
  readonly ping = new FakePing();
  readonly wakeSignal = new FakeWakeSignal();
  readonly surroundings = new FakeSurroundings();
  readonly practice = new FakePractice();
  readonly recorder = new FakeRecorder(() => this.clock.nowMs());
  /** What was exported, by the name that was offered. */
  readonly exports = new Map<string, string>();
  /** Where exports go; null: nobody wants them. */
  exportDirectory: string | null = '/home/me';
  readonly connectionFiles = new FakeConnectionFiles();
  /** What a person chooses when asked for files. */
  chosenFiles: readonly string[] = [];
  readonly keepers: FakeClientKeeper[] = [];
  readonly services: Services;

  constructor() {
    const { clock, log, secrets, certificates, control, probe, practice } = this;
    const library = new Library({ store: this.libraryStore, history: new FakeHistoryStore(), clock, log });
    const passwords = new Passwords(secrets, log);
    const hostKeys = new HostKeys(control);
    const latency = new LatencyBook(probe, clock);
    probe.onSamples((batches) => this.observations.tellSamples(batches));
    const clients = new ClientChoice({
      survey: async () => [viewer],
      choose: async (protocol) =>
        protocol !== 'rdp'
          ? { kind: 'chosen', client: {} as StreamClient, found: viewer }
          : { kind: 'missing', missing: { found: false, client: 'freerdp', displayName: 'FreeRDP', advice: 'Install freerdp2-x11.' } },
    });
    const sessions = new Sessions({
      newId: () => `s${this.keepers.length + 1}`,
      createKeeper: () => {
        const keeper = new FakeClientKeeper();
        this.keepers.push(keeper);
        return keeper;
      },
      look: async (entryId) => {
        const entry = library.entry(entryId);
        const host = entry && library.host(entry.host);
        return entry && host ? success({ entry, host, clientName: 'TigerVNC' }) : failure('not-found', `There is no entry "${entryId}".`, 'Look.');
      },
      partsFor: ({ entry }, keeper) => ({
        clock,
        random: () => 0.5,
        log,
        keeper,
        control,
        prepare: async () => ({
          kind: 'ready',
          client: 'tigervnc',
          clientName: viewer.displayName,
          plan: { file: viewer.command[0], args: [], env: {}, typedPassword: null },
          hasPassword: (await passwords.read(entry.id)) !== null,
        }),
        askHost: null,
        gate: { watch: () => ({ dispose: () => undefined }), look: () => ({ fitness: 'unmeasured', reasons: [], limitMs: null }) },
        onControlFailure: ({ question }) => question && hostKeys.ask(question),
      }),
    });
    const gameStream = new GameStreamHosts({ port: this.gameStreamHost, store: this.gameStreamStore, book: library, log });
    const hostWatch = new HostWatch({ gameStream, ping: this.ping, clock, log });
    const pairings = new Pairings({ gameStream, random: () => 427, clientName: 'Athena in a test', log });
    const inquiry = new FakeInquiry();
    gameStream.onChange(() => void library.setApps(hostApps(gameStream.records)));
    tellStreams(sessions, (id) => library.entry(id), hostWatch);
    const quit = { gameStream, watch: hostWatch, endStreams: (hostId: HostId) => endStreams(sessions, (id) => library.entry(id), clock, hostId) };
    library.onChange(() => latency.watch(probeTargets(library.hosts, library.entries)));
    const journal = new Journal({ store: new FakeJournalStore(), sessions, isKept: () => true, clock, log });
    const profiles = new Profiles({
      library,
      network: this.surroundings,
      link: this.surroundings,
      addressOf: (hostId) => gameStream.record(hostId)?.addresses[0] ?? null,
      summaries: () => latency.summaries(),
      sessions: () => sessions.views(),
    });
    this.services = {
      version: '1.2.3',
      log,
      library,
      sessions,
      latency,
      observations: this.observations,
      probe,
      clients,
      passwords,
      pauseSecrets: new PauseSecrets(secrets, log),
      certificates,
      secrets,
      control,
      hostKeys,
      gameStream,
      art: { read: async () => failure('not-found', 'There is no cover.', 'Add one.') },
      hostWatch,
      foundHosts: new FoundHosts({ discovery: this.discovery, gameStream, clock, log }),
      pairings,
      imports: new Imports({ files: this.connectionFiles, library, gameStream, passwords, forgetHost: (hostId) => gameStream.forget(hostId), log }),
      wake: new Wake({ gameStream, watch: hostWatch, signal: this.wakeSignal, clock }),
      journal,
      storage: { current: null, onChange: () => ({ dispose: () => undefined }) },
      sleepWatch: { suspending: () => undefined, resumed: () => undefined },
      profiles,
      settings: new SettingsKeeper(this.settingsStore, log),
      practice,
      recorder: this.recorder,
      beginWatching: () => undefined,
      beginRecording: () => undefined,
      load: () => Promise.resolve(),
      libraryView: () =>
        libraryView(library, {
          availability: ({ protocol }) => clients.availability(protocol),
          reach: (hostId) => latency.reach(hostId),
          artUrl: () => null,
          hasPassword: (entryId) => passwords.has(entryId),
        }),
      onLibraryView: () => undefined,
      reachHost: async (hostId) => (library.host(hostId) ? success({ alive: true, rttMs: 0.4, address: '192.168.1.20' }) : failure('not-found', 'There is no such host.', 'Look.')),
      explainHost: (hostId) => explainHost({ gameStream, inquiry, nameOf: (id) => library.host(id)?.address ?? null }, hostId),
      askHost: (hostId, appName) => askHost({ gameStream, clock }, hostId, appName),
      forgetHost: async (hostId) => {
        await pairings.forget(hostId);
        return gameStream.forget(hostId);
      },
      quitAppOn: (hostId, web) => quitAppOnHost(quit, hostId, web),
      reachAddress: async (address) => success({ alive: true, rttMs: 0.4, address }),
      dispose: async () => {
        await sessions.dispose();
        latency.dispose();
      },
    };
  }

  readonly view = new FakeWindowView();
  readonly desktop = new FakeDesktop();
  readonly save: SaveFile = async (name, text) => {
    if (this.exportDirectory === null) return success(null);
    this.exports.set(name, text);
    return success({ path: `${this.exportDirectory}/${name}` });
  };

  readonly dialogs: FileDialogs = { save: this.save, choose: async () => this.chosenFiles };

  keeper(index = 0): FakeClientKeeper {
    const keeper = this.keepers[index];
    if (!keeper) throw new Error(`there is no keeper ${index}`);
    return keeper;
  }
}
