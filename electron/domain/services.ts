// What compose() makes, as the window's handlers, the tray and the command line see it.
import type { LibraryView } from '../common/library';
import type { HostId } from '../common/ids';
import type { Result } from '../common/result';
import type { GameStreamHosts } from './hosts/gamestream-hosts';
import type { HostKeys } from './hosts/host-keys';
import type { LatencyBook } from './latency/latency-book';
import type { Library } from './library/library';
import type { CertificateStore } from './library/library-store';
import type { Passwords } from './library/passwords';
import type { Log } from './log';
import type { Probe } from './latency/probe';
import type { HostControl } from './pause/host-control';
import type { PracticeRunner } from './practice';
import type { SecretStore } from './secret';
import type { ClientChoice } from './session/client-choice';
import type { Sessions } from './session/sessions';

export interface Reachability {
  readonly alive: boolean;
  readonly rttMs: number | null;
  /** What the name resolved to; null where it did not. */
  readonly address: string | null;
}

export interface Services {
  readonly version: string;
  readonly log: Log;
  readonly library: Library;
  readonly sessions: Sessions;
  readonly latency: LatencyBook;
  readonly probe: Probe;
  readonly clients: ClientChoice;
  readonly passwords: Passwords;
  readonly certificates: CertificateStore;
  readonly secrets: SecretStore;
  readonly control: HostControl;
  readonly hostKeys: HostKeys;
  readonly gameStream: GameStreamHosts;
  readonly practice: PracticeRunner;
  libraryView(): LibraryView;
  /** Anything that the library's view shows has changed. */
  onLibraryView(listener: (view: LibraryView) => void): void;
  /** One question, one answer: is the host there now? Failures tell why it could not be asked. */
  reachHost(hostId: HostId): Promise<Result<Reachability>>;
  reachAddress(address: string): Promise<Result<Reachability>>;
  /** Ends every session, thread, probe and practice process, in reverse order of their making. */
  dispose(): Promise<void>;
}
