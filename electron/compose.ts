// The one place that makes the services and joins them; the window and the command line both begin here.
import { join } from 'node:path';
import { tell } from './common/told';
import { createClientRegistry } from './adapters/clients/client-registry';
import { localMachine } from './adapters/clients/machine';
import { connectionFiles } from './adapters/imports/connection-file-reader';
import { localFiles } from './adapters/imports/file-world';
import { createFileLog } from './adapters/log/file-log';
import { SshHostControl } from './adapters/pause/ssh-host-control';
import { checkReachability } from './adapters/probes/reachability';
import { DesktopSecrets } from './adapters/secrets/desktop-secrets';
import { SealedFileSecrets } from './adapters/secrets/sealed-file';
import { appDirectories, type AppDirectories } from './adapters/store/app-directories';
import { CertificateFile, certificatesSchema, noCertificates } from './adapters/store/certificate-file';
import { emptyHistory, HistoryFile, historySchema } from './adapters/store/history-file';
import { JsonRecordFile } from './adapters/store/json-record-file';
import { LibraryFile } from './adapters/store/library-file';
import { SettingsFile } from './adapters/store/settings-file';
import { SystemClock } from './adapters/system-clock';
import { composeGameStream } from './compose-gamestream';
import { composeHosts } from './compose-hosts';
import { composePausing } from './compose-pausing';
import { composeRecorder } from './compose-recorder';
import { composeSessions, type ComposedSessions, type HostOutfit } from './compose-sessions';
import { composeWatching, type Watching } from './compose-watching';
import type { HostId } from './common/ids';
import { lasting } from './common/ipc-text';
import type { LibraryView } from './common/library';
import { failure } from './common/result';
import { gameStreamEnd } from './domain/hosts/gamestream-end';
import { HostKeys } from './domain/hosts/host-keys';
import { Imports } from './domain/imports/imports';
import { LatencyBook } from './domain/latency/latency-book';
import { LiveObservations } from './domain/latency/live-observations';
import { artFinder } from './domain/library/app-art';
import { hostApps } from './domain/library/app-entries';
import { Library } from './domain/library/library';
import { libraryView } from './domain/library/library-view';
import { Passwords } from './domain/library/passwords';
import { SharedView } from './domain/library/shared-view';
import { PauseSecrets } from './domain/pause/pause-secrets';
import type { Services } from './domain/services';
import { ClientChoice } from './domain/session/client-choice';
import type { CrashLimits } from './domain/session/crash-loop';
import { SettingsKeeper } from './domain/settings/settings-keeper';
import { WriteTroubles } from './domain/write-troubles';
import type { PracticeCommands } from './practice/practice-commands';
import { practiceHostId } from './practice/practice-library';
import { PracticeRun } from './practice/practice-run';
import { ProbeOwner } from './threads/probe-owner';

/** Where Athena's files lie for this user. */
export function userDirectories(): AppDirectories {
  return appDirectories();
}

export interface ComposeOptions {
  readonly directories: AppDirectories;
  /** Where the built threads lie. */
  readonly builtDirectory: string;
  readonly version: string;
  readonly practice: PracticeCommands;
  /** Also write the log to stderr. */
  readonly logToTerminal: boolean;
  /** When a client that crashes is started more carefully, or not any more; absent: the usual limits. */
  readonly crashLimits?: CrashLimits;
}

/** The services, with everything that is saved. */
export async function compose(options: ComposeOptions): Promise<Services> {
  const services = composeServices(options);
  await services.load();
  return services;
}

/** The services before they know what is saved: a window can be on its way while `load` reads it. */
export function composeServices(options: ComposeOptions): Services {
  const { directories, builtDirectory, version } = options;
  const clock = new SystemClock();
  const log = createFileLog(join(directories.state, 'logs'), options.logToTerminal, {
    failed: (file, error) => storage.failed(file, error),
    worked: (file) => storage.worked(file),
  });
  const storage = new WriteTroubles(log);

  const library = new Library({
    store: new LibraryFile(join(directories.config, 'config.json'), clock),
    history: new HistoryFile(new JsonRecordFile(join(directories.state, 'history.json'), historySchema, emptyHistory, clock, log, storage)),
    clock,
    log,
  });
  const settings = new SettingsKeeper(new SettingsFile(join(directories.config, 'settings.json'), clock, storage), log);
  const certificates = new CertificateFile(
    new JsonRecordFile(join(directories.config, 'certificates.json'), certificatesSchema, noCertificates, clock, log, storage),
  );
  const secrets = new DesktopSecrets(new SealedFileSecrets(directories.data, clock, log));
  const passwords = new Passwords(secrets, log);

  const clients = new ClientChoice(
    createClientRegistry({
      machine: localMachine(),
      freeRdpDirectory: join(directories.data, 'freerdp'),
    }),
  );
  const createControl = (knownHostsFile: string): SshHostControl => new SshHostControl({ knownHostsFile, clock, log });
  const knownHostsFile = join(directories.config, 'known_hosts');
  const ownGameStream = composeGameStream({ clock, log, directories, builtDirectory, secrets, library, storage });
  const { gameStream, port, art } = ownGameStream;
  const pauseSecrets = new PauseSecrets(secrets, log);
  const { control, lease } = composePausing({
    clock,
    log,
    knownHostsFile,
    secrets: pauseSecrets,
    gameStream: gameStreamEnd(gameStream),
    entryName: (host, target) => library.entries.find((entry) => entry.host === host.id && entry.pause === target)?.name ?? host.name,
    onSuspended: ({ id }) => composed.hints.noteHost(id, tell`its virtual machine is only suspended`, true),
  });
  const hostKeys = new HostKeys(control);
  const probe = new ProbeOwner(join(builtDirectory, 'probe-thread.cjs'), clock, log);
  const latency = new LatencyBook(probe, clock);
  const observations = new LiveObservations();
  const hosts = composeHosts({ clock, log, port, gameStream, library, latency, measure: (targets) => watching.setHosts(targets), moonlightDirectory: (hostId) => ownGameStream.moonlightDirectory(hostId) });

  const imports = new Imports({
    files: connectionFiles(localMachine(), localFiles()),
    library,
    gameStream,
    passwords,
    forgetHost: (hostId) => hosts.forgetHost(hostId),
    log,
  });

  const usual: HostOutfit = {
    clients,
    control,
    lease,
    gameStream,
    moonlight: (hostId) => ownGameStream.moonlight(hostId),
  };
  const outfitOf = (hostId: HostId): HostOutfit => (hostId === practiceHostId && practice.world) || usual;
  const composed: ComposedSessions = composeSessions({
    clock,
    log,
    builtDirectory,
    stateDirectory: directories.state,
    library,
    passwords,
    certificates,
    latency,
    probe,
    hostKeys,
    storage,
    wake: hosts.wake,
    outfitOf,
    ...(options.crashLimits && { crashLimits: options.crashLimits }),
  });
  const { sessions, journal, profiles } = composed;
  const recording = composeRecorder({
    clock,
    log,
    builtDirectory,
    stateDirectory: directories.state,
    observations,
    sessions,
    hostWatch: hosts.hostWatch,
    library,
  });
  const { hostWatch } = hosts;
  const watched = { clock, log, probe, latency, observations, library, gameStream, port, hostWatch, sessions, knownHostsFile };
  const watching: Watching = composeWatching(watched);
  const practice: PracticeRun = new PracticeRun({ clock, log, library, sessions, commands: options.practice, createControl });

  gameStream.onChange(() => {
    void library.setApps(hostApps(gameStream.records));
    // A command beside the window has paired a host: the library's file knows it by now.
    if (gameStream.records.some(({ hostId }) => library.host(hostId) === null)) void library.refresh();
  });
  const quitAppOn = hosts.join(sessions);
  hosts.hostWatch.onNews({ appeared: (hostId) => composed.hints.noteHost(hostId, tell`the host’s service answers again`) });
  hosts.foundHosts.onNews({
    announced: (hostId) => {
      // Hosts speak in the network all the time: only one that was away says something by it.
      if (latency.reach(hostId) !== 'online') composed.hints.noteHost(hostId, tell`the host announced itself`);
    },
  });

  const artUrl = artFinder(() => gameStream.records);
  const view = new SharedView<LibraryView>(() =>
    lasting(
      libraryView(library, {
        availability: ({ host, protocol }) => outfitOf(host).clients.availability(protocol),
        reach: (hostId) => latency.reach(hostId),
        artUrl,
        hasPassword: (entryId) => passwords.has(entryId),
      }),
    ),
  );
  library.onChange(() => view.changed());
  passwords.onChange(() => view.changed());
  latency.onNews({ reachChanged: () => view.changed() });
  clients.onChange(() => view.changed());

  const load = async (): Promise<void> => {
    // Read side by side; only then do the apps meet the hosts that the library knows.
    gameStream.beginLoad();
    await Promise.all([settings.load(), library.load()]);
    await gameStream.load();
  };
  let loading: Promise<void> | null = null;
  return {
    load: () => (loading ??= load()),
    version,
    log,
    library,
    sessions,
    latency,
    observations,
    probe,
    clients,
    passwords,
    pauseSecrets,
    certificates,
    secrets,
    control,
    hostKeys,
    gameStream,
    art,
    hostWatch: hosts.hostWatch,
    foundHosts: hosts.foundHosts,
    pairings: hosts.pairings,
    wake: hosts.wake,
    imports,
    journal,
    sleepWatch: composed.sleepWatch,
    storage,
    profiles,
    settings,
    practice,
    recorder: recording.recorder,
    beginRecording: () => recording.begin(),
    beginWatching: () => watching.begin(),
    libraryView: () => view.get(),
    onLibraryView: (listener) => view.onChange(listener),
    reachHost: async (hostId) => {
      const host = library.host(hostId);
      return host ? checkReachability(host.address) : failure('not-found', 'There is no such host.', 'Look at the library.');
    },
    reachAddress: checkReachability,
    explainHost: (hostId) => hosts.explainHost(hostId),
    askHost: composed.askHost,
    forgetHost: (hostId) => hosts.forgetHost(hostId),
    quitAppOn,
    dispose: async () => {
      await practice.stop();
      await composed.dispose();
      await recording.dispose();
      watching.dispose();
      await hosts.dispose();
      latency.dispose();
      await probe.dispose();
      control.close();
    },
  };
}
