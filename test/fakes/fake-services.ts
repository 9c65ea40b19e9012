// The services that compose() makes, with the real domain inside and fakes where it meets the world.
import { entrySchema, type Protocol } from '../../electron/common/entry';
import { hostRecordSchema } from '../../electron/common/host';
import type { HostId } from '../../electron/common/ids';
import type { PracticeEvent, PracticeState, PracticeSummary } from '../../electron/common/practice';
import { failure, success, type Result } from '../../electron/common/result';
import type { Disposable } from '../../electron/domain/clock';
import type { GameStreamHost } from '../../electron/domain/hosts/gamestream-host';
import { GameStreamHosts } from '../../electron/domain/hosts/gamestream-hosts';
import { HostKeys } from '../../electron/domain/hosts/host-keys';
import { LatencyBook } from '../../electron/domain/latency/latency-book';
import { probeTargets } from '../../electron/domain/latency/probe-targets';
import { Library } from '../../electron/domain/library/library';
import type { CertificateStore } from '../../electron/domain/library/library-store';
import { libraryView } from '../../electron/domain/library/library-view';
import { Passwords } from '../../electron/domain/library/passwords';
import type { PracticeRunner } from '../../electron/domain/practice';
import type { Services } from '../../electron/domain/services';
import { ClientChoice } from '../../electron/domain/session/client-choice';
import { Sessions } from '../../electron/domain/session/sessions';
import type { FoundClient, StreamClient } from '../../electron/domain/session/stream-client';
import { FakeClientKeeper } from './fake-client-keeper';
import { FakeClock } from './fake-clock';
import { FakeHostControl } from './fake-host-control';
import { FakeHistoryStore, FakeLibraryStore } from './fake-library-store';
import { FakeProbe } from './fake-probe';
import { FakeSecretStore } from './fake-secret-store';
import { SilentLog } from './silent-log';

const viewer: FoundClient = {
  found: true,
  client: 'tigervnc',
  displayName: 'TigerVNC 1.12.0',
  version: '1.12.0',
  command: ['/usr/bin/xtigervncviewer'],
  origin: 'path',
};

/** Nobody streams games here. */
const silence = async (): Promise<Result<never>> => failure('host-unreachable', 'Nothing answers there.', 'Turn it on.');
const noGameStream: GameStreamHost = { serverInfo: silence, apps: silence, art: silence, quit: silence, pair: silence };

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

/** A host "rig" with a desktop "desk" over VNC and an "office" over RDP; RDP's client is not installed. */
export class FakeHouse {
  readonly clock = new FakeClock();
  readonly log = new SilentLog();
  readonly rig = hostRecordSchema.parse({ id: 'rig', name: 'Rig', address: '192.168.1.20', ssh: { user: 'me' } });
  readonly desk = entrySchema.parse({ id: 'desk', host: 'rig', name: 'Desk', protocol: 'vnc', pause: { by: 'command', pattern: 'game' } });
  readonly office = entrySchema.parse({ id: 'office', host: 'rig', name: 'Office', protocol: 'rdp', username: 'me' });
  readonly libraryStore = new FakeLibraryStore({ hosts: [this.rig], entries: [this.desk, this.office] });
  readonly secrets = new FakeSecretStore();
  readonly certificates = new FakeCertificates();
  readonly control = new FakeHostControl(this.clock);
  readonly probe = new FakeProbe();
  readonly practice = new FakePractice();
  readonly keepers: FakeClientKeeper[] = [];
  readonly services: Services;

  constructor() {
    const { clock, log, secrets, certificates, control, probe, practice } = this;
    const library = new Library({ store: this.libraryStore, history: new FakeHistoryStore(), clock, log });
    const passwords = new Passwords(secrets, log);
    const hostKeys = new HostKeys(control);
    const latency = new LatencyBook(probe, clock);
    const clients = new ClientChoice({
      survey: async () => [viewer],
      choose: async (protocol) =>
        protocol === 'vnc'
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
          ready: true,
          client: 'tigervnc',
          clientName: viewer.displayName,
          plan: { file: viewer.command[0], args: [], env: {}, typedPassword: null },
          hasPassword: (await passwords.read(entry.id)) !== null,
        }),
        watchGate: () => ({ dispose: () => undefined }),
        onControlFailure: ({ question }) => question && hostKeys.ask(question),
      }),
    });
    library.onChange(() => latency.watch(probeTargets(library.hosts, library.entries)));
    this.services = {
      version: '1.2.3',
      log,
      library,
      sessions,
      latency,
      probe,
      clients,
      passwords,
      certificates,
      secrets,
      control,
      hostKeys,
      gameStream: new GameStreamHosts({ port: noGameStream, store: { load: async () => [], save: async () => undefined }, book: library, log }),
      practice,
      libraryView: () =>
        libraryView(library, {
          availability: (protocol) => clients.availability(protocol),
          reach: (hostId) => latency.reach(hostId),
          hasPassword: (entryId) => passwords.has(entryId),
        }),
      onLibraryView: () => undefined,
      reachHost: async (hostId) => (library.host(hostId) ? success({ alive: true, rttMs: 0.4, address: '192.168.1.20' }) : failure('not-found', 'There is no such host.', 'Look.')),
      reachAddress: async (address) => success({ alive: true, rttMs: 0.4, address }),
      dispose: async () => {
        await sessions.dispose();
        latency.dispose();
      },
    };
  }

  keeper(index = 0): FakeClientKeeper {
    const keeper = this.keepers[index];
    if (!keeper) throw new Error(`there is no keeper ${index}`);
    return keeper;
  }
}
