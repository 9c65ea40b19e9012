// Keeps leases over SSH: for each a connection of its own, with a watchdog on the host at its far end.
import type { PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import { failure, type Result } from '../../common/result';
import type { Clock } from '../../domain/clock';
import type { Log } from '../../domain/log';
import type { ControlFailure } from '../../domain/pause/host-control';
import type { HeldProcess, Lease, LeaseKeeper, LeaseTerms } from '../../domain/pause/lease';
import { LeaseHolder } from '../../domain/pause/lease-holder';
import type { Watchdog, WatchdogEvents, WatchdogStart } from '../../domain/pause/lease-watchdog';
import { KnownHostsFiles } from './known-hosts-files';
import { startLinuxWatchdog } from './linux-lease';
import { openLine, type ConnectionInputs } from './ssh-connection';
import { noSshAccess, type SshHost } from './ssh-failures';
import { findLogInKeys, usualUserSsh, type UserSsh } from './ssh-keys';
import { windowsLimits } from './windows-driver';
import { startWindowsWatchdog } from './windows-lease';

export interface SshLeaseKeeperOptions {
  /** Athena's own list of trusted host keys: the one `SshHostControl` writes. */
  readonly knownHostsFile: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the user's own SSH set-up lies; absent: where OpenSSH looks for it. */
  readonly user?: UserSsh;
  /** Told of processes that a watchdog stopped, before the news is: `SshHostControl.adopt`. */
  readonly onPaused?: (host: HostRecord, target: PauseTarget, processes: readonly HeldProcess[]) => void;
  /** Milliseconds for making a connection, log-in included, and again for starting the watchdog. */
  readonly startLimitMs?: number;
}

/**
 * Short, because the way back from a cut is found by trying: of the packets that open a connection the third goes out
 * after 3 s (RFC 6298), and a new try sends one at once.
 */
const usualStartLimitMs = 5_000;

/**
 * The connection is not the one that pauses: that one is given up whenever an order takes too long, and the lease would
 * fall with it; and while an old one hangs half-open, a new one can be made.
 */
export class SshLeaseKeeper implements LeaseKeeper {
  readonly #user: UserSsh;
  readonly #files: KnownHostsFiles;

  constructor(private readonly options: SshLeaseKeeperOptions) {
    this.#user = options.user ?? usualUserSsh();
    this.#files = new KnownHostsFiles(options.knownHostsFile, this.#user.knownHostsFiles, options.log);
  }

  hold(host: HostRecord, target: PauseTarget, terms: LeaseTerms): Lease {
    const { onPaused, clock } = this.options;
    const start = (events: WatchdogEvents): WatchdogStart => {
      const abandoned = new AbortController();
      const told: WatchdogEvents = {
        ...events,
        told: (report) => {
          if (report.outcome === 'held' || report.outcome === 'kept') onPaused?.(host, target, report.paused);
          events.told(report);
        },
      };
      return { started: this.#start(host, target, terms, told, abandoned.signal), abandon: () => abandoned.abort() };
    };
    return new LeaseHolder(start, terms, clock);
  }

  async #start(
    host: HostRecord,
    target: PauseTarget,
    terms: LeaseTerms,
    events: WatchdogEvents,
    signal: AbortSignal,
  ): Promise<Result<Watchdog, ControlFailure>> {
    const { ssh } = host;
    if (!ssh) return { ok: false, failure: noSshAccess(host) };
    const reached: SshHost = { ...host, ssh };
    const [knownHosts, keys] = await Promise.all([this.#files.read(), findLogInKeys(ssh, this.#user)]);
    if (!knownHosts.ok) return knownHosts;
    const limitMs = this.options.startLimitMs ?? (target.by === 'windows-command' ? windowsLimits.connectMs : usualStartLimitMs);
    const connection: ConnectionInputs = {
      host: reached,
      knownHosts: knownHosts.value,
      keys,
      limitMs,
      // Whoever pauses asks the user about an unknown key; the lease comes after that.
      onUnknownKey: () => undefined,
      signal,
    };
    const started = await this.#startOn(connection, target, terms, events);
    if (!signal.aborted || !started.ok) return started;
    started.value.close();
    return failure('cancelled', 'The lease was given up while it was being made.', 'Start the session again.');
  }

  async #startOn(connection: ConnectionInputs, target: PauseTarget, terms: LeaseTerms, events: WatchdogEvents): Promise<Result<Watchdog, ControlFailure>> {
    const { clock, log } = this.options;
    switch (target.by) {
      case 'windows-command':
        return startWindowsWatchdog({ connection, target, terms, events, clock, log });
      case 'command':
      case 'pid-file': {
        const opened = await openLine(connection);
        return opened.ok ? startLinuxWatchdog({ line: opened.value, target, terms, events, clock, log, limitMs: connection.limitMs }) : opened;
      }
      default:
        return failure('not-supported', 'This way of pausing needs Athena: no watchdog on the host can do it.', 'Name the processes of the app instead, if it must stop without Athena too.');
    }
  }
}
