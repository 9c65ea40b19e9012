// What compose() makes, as the window's handlers, the tray and the command line see it.
import type { OfflineReason } from '../common/gamestream';
import type { LibraryView } from '../common/library';
import type { HostId } from '../common/ids';
import type { Result } from '../common/result';
import type { FoundHosts } from './hosts/found-hosts';
import type { WebLogIn } from './hosts/gamestream-host';
import type { Art } from './hosts/art';
import type { HostTold } from './hosts/ask-host';
import type { GameStreamHosts } from './hosts/gamestream-hosts';
import type { HostKeys } from './hosts/host-keys';
import type { HostWatch } from './hosts/host-watch';
import type { Pairings } from './hosts/pairings';
import type { Wake } from './hosts/wake';
import type { Imports } from './imports/imports';
import type { FlightRecorder } from './incidents/flight-recorder';
import type { LatencyBook } from './latency/latency-book';
import type { Observations } from './latency/observations';
import type { Library } from './library/library';
import type { CertificateStore } from './library/library-store';
import type { Passwords } from './library/passwords';
import type { Log } from './log';
import type { Probe } from './latency/probe';
import type { HostControl } from './pause/host-control';
import type { PauseSecrets } from './pause/pause-secrets';
import type { PracticeRunner } from './practice';
import type { Profiles } from './profiles/profiles';
import type { SecretStore } from './secret';
import type { ClientChoice } from './session/client-choice';
import type { Journal } from './session/journal';
import type { Sessions } from './session/sessions';
import type { SleepWatch } from './session/sleep-watch';
import type { SettingsKeeper } from './settings/settings-keeper';
import type { WriteTroubles } from './write-troubles';

export interface Reachability {
  readonly alive: boolean;
  readonly rttMs: number | null;
  /** What the name resolved to; null where it did not. */
  readonly address: string | null;
}

export interface Services {
  /** Reads what is saved, once; nothing that depends on it is to be asked before. */
  load(): Promise<void>;
  readonly version: string;
  readonly log: Log;
  readonly library: Library;
  readonly sessions: Sessions;
  readonly latency: LatencyBook;
  readonly observations: Observations;
  readonly probe: Probe;
  readonly clients: ClientChoice;
  readonly passwords: Passwords;
  readonly certificates: CertificateStore;
  readonly secrets: SecretStore;
  readonly control: HostControl;
  /** Tokens and headers of ways of pausing. */
  readonly pauseSecrets: PauseSecrets;
  readonly hostKeys: HostKeys;
  readonly gameStream: GameStreamHosts;
  readonly art: Art;
  /** Looks by itself only where its `start()` was called, as `foundHosts` listens only then: a command asks and ends. */
  readonly hostWatch: HostWatch;
  readonly foundHosts: FoundHosts;
  readonly pairings: Pairings;
  readonly wake: Wake;
  /** What other programs know and the library could show. */
  readonly imports: Imports;
  readonly journal: Journal;
  readonly storage: Pick<WriteTroubles, 'current' | 'onChange'>;
  /** Where the desktop's word on sleeping and waking goes. */
  readonly sleepWatch: Pick<SleepWatch, 'suspending' | 'resumed'>;
  readonly profiles: Profiles;
  readonly settings: SettingsKeeper;
  readonly practice: PracticeRunner;
  readonly recorder: FlightRecorder;
  /** Records from now on what is measured; without it, only from the first session on. */
  beginRecording(): void;
  /** Begins to look at more than the hosts: gateway, peers, machines, addresses. */
  beginWatching(): void;
  libraryView(): LibraryView;
  /** Anything that the library's view shows has changed. */
  onLibraryView(listener: (view: LibraryView) => void): void;
  /** One question, one answer: is the host there now? Failures tell why it could not be asked. */
  reachHost(hostId: HostId): Promise<Result<Reachability>>;
  reachAddress(address: string): Promise<Result<Reachability>>;
  /** Why a GameStream host is offline, step by step; takes seconds. */
  explainHost(hostId: HostId): Promise<Result<OfflineReason>>;
  /** What a GameStream host is doing, with an eye on one of its apps; takes two seconds at most. */
  askHost(hostId: HostId, appName: string): Promise<HostTold>;
  /** Forgets a GameStream host with its pairing and its apps; the library's own entries on it stay. */
  forgetHost(hostId: HostId): Promise<Result<null>>;
  /** Ends the app that runs on a GameStream host, Athena's own streams of it first. */
  quitAppOn(hostId: HostId, web?: WebLogIn): Promise<Result<null>>;
  /** Ends every session, thread, probe and practice process, in reverse order of their making. */
  dispose(): Promise<void>;
}
