// The one place that makes the services and joins them; the window and the command line both begin here.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createClientRegistry } from './adapters/clients/client-registry';
import { localMachine } from './adapters/clients/machine';
import { moonlightPlace } from './adapters/clients/moonlight-place';
import { ClientIdentities } from './adapters/gamestream/client-identity';
import { GameStreamHttpHost } from './adapters/gamestream/gamestream-http-host';
import { createFileLog } from './adapters/log/file-log';
import { SshHostControl } from './adapters/pause/ssh-host-control';
import { checkReachability } from './adapters/probes/reachability';
import { DesktopSecrets } from './adapters/secrets/desktop-secrets';
import { SealedFileSecrets } from './adapters/secrets/sealed-file';
import { appDirectories, type AppDirectories } from './adapters/store/app-directories';
import { CertificateFile, certificatesSchema, noCertificates } from './adapters/store/certificate-file';
import { GameStreamFile, gameStreamFileSchema, noGameStreamHosts } from './adapters/store/gamestream-file';
import { emptyHistory, HistoryFile, historySchema } from './adapters/store/history-file';
import { JsonRecordFile } from './adapters/store/json-record-file';
import { LibraryFile } from './adapters/store/library-file';
import { SystemClock } from './adapters/system-clock';
import type { LibraryView } from './common/library';
import { failure, success } from './common/result';
import { GameStreamHosts } from './domain/hosts/gamestream-hosts';
import { HostKeys } from './domain/hosts/host-keys';
import { LatencyBook } from './domain/latency/latency-book';
import { probeTargets } from './domain/latency/probe-targets';
import { appEntries } from './domain/library/app-entries';
import { Library } from './domain/library/library';
import { libraryView } from './domain/library/library-view';
import { Passwords } from './domain/library/passwords';
import type { Services } from './domain/services';
import { ClientChoice } from './domain/session/client-choice';
import { prepareClient, type PreparationParts } from './domain/session/prepare-client';
import { Sessions } from './domain/session/sessions';
import type { PracticeCommands } from './practice/practice-commands';
import { practiceHostId } from './practice/practice-library';
import { PracticeRun } from './practice/practice-run';
import { ProbeOwner } from './threads/probe-owner';
import { SessionOwner } from './threads/session-owner';

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
}

export async function compose(options: ComposeOptions): Promise<Services> {
  const { directories, builtDirectory, version } = options;
  const clock = new SystemClock();
  const log = createFileLog(join(directories.state, 'logs'), options.logToTerminal);

  const library = new Library({
    store: new LibraryFile(join(directories.config, 'config.json'), clock),
    history: new HistoryFile(new JsonRecordFile(join(directories.state, 'history.json'), historySchema, emptyHistory, clock, log)),
    clock,
    log,
  });
  const certificates = new CertificateFile(
    new JsonRecordFile(join(directories.config, 'certificates.json'), certificatesSchema, noCertificates, clock, log),
  );
  const secrets = new DesktopSecrets(new SealedFileSecrets(directories.data, clock, log));
  const passwords = new Passwords(secrets, log);

  const clients = new ClientChoice(
    createClientRegistry({
      machine: localMachine(),
      freeRdpDirectory: join(directories.data, 'freerdp'),
      practice: { command: [options.practice.client.file, ...options.practice.client.leadingArgs], env: options.practice.client.env },
    }),
  );
  const createControl = (knownHostsFile: string): SshHostControl => new SshHostControl({ knownHostsFile, clock, log });
  const control = createControl(join(directories.config, 'known_hosts'));
  const hostKeys = new HostKeys(control);
  const identities = new ClientIdentities({ secrets, directory: directories.data, clock, log });
  const gameStream = new GameStreamHosts({
    port: new GameStreamHttpHost({ identities, clock, log }),
    store: new GameStreamFile(
      new JsonRecordFile(join(directories.data, 'gamestream.json'), gameStreamFileSchema, noGameStreamHosts, clock, log),
    ),
    book: library,
    log,
  });
  const probe = new ProbeOwner(join(builtDirectory, 'probe-thread.cjs'), clock, log);
  const latency = new LatencyBook(probe, clock);

  const moonlight: PreparationParts['moonlight'] = (hostId) =>
    moonlightPlace({
      directory: join(directories.data, 'moonlight', hostId),
      record: () => gameStream.record(hostId),
      name: library.host(hostId)?.name ?? hostId,
      identity: async () => {
        const own = await identities.get();
        return own.ok ? success({ ...own.value, keyPem: own.value.key.reveal() }) : own;
      },
    });

  const sessions: Sessions = new Sessions({
    newId: randomUUID,
    createKeeper: () => new SessionOwner(join(builtDirectory, 'session-thread.cjs'), log),
    look: async (entryId) => {
      const entry = library.entry(entryId);
      const host = entry && library.host(entry.host);
      if (!entry || !host) return failure('not-found', `There is no entry "${entryId}".`, 'Look at the library for its name.');
      const answer = await clients.choose(entry.protocol);
      if (answer.kind === 'missing') {
        return failure('client-missing', `${answer.missing.displayName} is not installed.`, answer.missing.advice);
      }
      await library.noteUse(entryId);
      return success({ entry, host, clientName: answer.found.displayName });
    },
    partsFor: ({ entry, host }, keeper) => ({
      clock,
      random: Math.random,
      log,
      keeper,
      control: (host.id === practiceHostId && practice.control) || control,
      // As they are by now: a refused user name is put right in the library, and the next attempt takes it.
      prepare: () => {
        const present = library.entry(entry.id) ?? entry;
        return prepareClient(present, library.host(present.host) ?? host, { clients, passwords, certificates, moonlight });
      },
      watchGate: (onFit) => latency.watchGate(host.id, onFit),
      onControlFailure: ({ kind, message, question }) => {
        log.warn('host control failed', { host: host.id, kind, message });
        if (question) hostKeys.ask(question);
      },
    }),
  });
  const practice: PracticeRun = new PracticeRun({ clock, log, library, sessions, host: options.practice.host, createControl });

  latency.onNews({ hostSeen: (hostId) => sessions.hostSeen(hostId) });
  hostKeys.onNews({ answered: (hostId, trusted) => trusted && sessions.hostKeyTrusted(hostId) });
  gameStream.onChange(() => library.setApps(appEntries(gameStream.records)));
  library.onChange(() => latency.watch(probeTargets(library.hosts, library.entries)));

  const view = (): LibraryView =>
    libraryView(library, {
      availability: (protocol) => clients.availability(protocol),
      reach: (hostId) => latency.reach(hostId),
      hasPassword: (entryId) => passwords.has(entryId),
    });

  await library.load();
  await gameStream.load();
  return {
    version,
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
    gameStream,
    practice,
    libraryView: view,
    onLibraryView: (listener) => {
      const tell = (): void => listener(view());
      library.onChange(tell);
      passwords.onChange(tell);
      latency.onNews({ reachChanged: tell });
      clients.onChange(tell);
    },
    reachHost: async (hostId) => {
      const host = library.host(hostId);
      return host ? checkReachability(host.address) : failure('not-found', 'There is no such host.', 'Look at the library.');
    },
    reachAddress: checkReachability,
    dispose: async () => {
      await practice.stop();
      await sessions.dispose();
      latency.dispose();
      await probe.dispose();
      control.close();
    },
  };
}
