// Pauses and resumes apps on hosts over SSH: one warm connection a host, made anew when it died.
import type { PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { HostId } from '../../common/ids';
import { success, type Result } from '../../common/result';
import type { HostKeyQuestion } from '../../common/session';
import type { Clock } from '../../domain/clock';
import type { AppReading, ControlFailure, ControlReport, HostControl } from '../../domain/pause/host-control';
import type { Log } from '../../domain/log';
import { readApp, settleApp, type Stopped, type Wanted } from './app-orders';
import { fingerprintOf, keyTypeOf } from './known-hosts';
import { KnownHostsFiles } from './known-hosts-files';
import type { HostResult, LinuxHost } from './linux-host';
import { identityOf, type ListedProcess } from './linux-process-tree';
import { openConnection } from './ssh-connection';
import { noSshAccess, shellFailed, type SshHost } from './ssh-failures';
import { findLogInKeys, usualUserSsh, type UserSsh } from './ssh-keys';

export interface ControlLimits {
  /** For one answer over a connection that was warm: longer, and it counts as dead. */
  readonly warmAnswerMs: number;
  /** For one answer over a connection that was just made. */
  readonly freshAnswerMs: number;
  /** For making a connection, log-in and shell included. */
  readonly connectMs: number;
}

/** A pause that meets a dead connection to a silent host fails after warmAnswerMs + connectMs at the latest. */
export const usualLimits: ControlLimits = { warmAnswerMs: 1_000, freshAnswerMs: 4_000, connectMs: 6_000 };

export interface SshHostControlOptions {
  /** Athena's own list of trusted host keys, in OpenSSH's format; made when the first key is trusted. */
  readonly knownHostsFile: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the user's own SSH set-up lies; absent: where OpenSSH looks for it. */
  readonly user?: UserSsh;
  readonly limits?: ControlLimits;
}

/** What is kept for one host, as long as its record stays the same. */
interface Link {
  readonly signature: string;
  readonly host: SshHost;
  readonly closing: AbortController;
  opening: Promise<Result<LinuxHost, ControlFailure>> | null;
  open: LinuxHost | null;
  /** One order at a time: a pause and a resume of the same app must not mix. */
  last: Promise<unknown>;
}

export class SshHostControl implements HostControl {
  readonly #links = new Map<HostId, Link>();
  readonly #stopped = new Map<string, Stopped>();
  /** Keys the user was asked about, by name and fingerprint. */
  readonly #shownKeys = new Map<string, Buffer>();
  readonly #user: UserSsh;
  readonly #files: KnownHostsFiles;
  readonly #limits: ControlLimits;

  constructor(private readonly options: SshHostControlOptions) {
    this.#user = options.user ?? usualUserSsh();
    this.#files = new KnownHostsFiles(options.knownHostsFile, this.#user.knownHostsFiles, options.log);
    this.#limits = options.limits ?? usualLimits;
  }

  async warm(host: HostRecord): Promise<Result<null, ControlFailure>> {
    const link = this.#linkTo(host);
    if (!link) return { ok: false, failure: noSshAccess(host) };
    const opened = await this.#open(link);
    return opened.ok ? success(null) : opened;
  }

  pause(host: HostRecord, target: PauseTarget): Promise<Result<ControlReport, ControlFailure>> {
    return this.#settle(host, target, 'paused');
  }

  resume(host: HostRecord, target: PauseTarget): Promise<Result<ControlReport, ControlFailure>> {
    return this.#settle(host, target, 'running');
  }

  read(host: HostRecord, target: PauseTarget): Promise<Result<AppReading, ControlFailure>> {
    const stopped = this.#stoppedOf(host, target);
    return this.#perform(host, (linux, limitMs) => readApp(linux, target, stopped, limitMs));
  }

  /** @throws when Athena was never shown this key, or can't write its file */
  async trust(question: HostKeyQuestion): Promise<void> {
    const key = this.#shownKeys.get(shownKeyId(question.address, question.fingerprint));
    if (!key || keyTypeOf(key) !== question.keyType) throw new Error(`no host showed the key ${question.fingerprint}`);
    await this.#files.append(question.address, key);
  }

  close(host?: HostRecord): void {
    for (const [id, link] of this.#links) {
      if (host !== undefined && host.id !== id) continue;
      this.#links.delete(id);
      link.closing.abort();
      link.open?.close();
    }
  }

  async #settle(host: HostRecord, target: PauseTarget, wanted: Wanted): Promise<Result<ControlReport, ControlFailure>> {
    const calledMs = this.options.clock.monotonicMs();
    const stopped = this.#stoppedOf(host, target);
    const settled = await this.#perform(host, (linux, limitMs) => settleApp(linux, target, wanted, stopped, limitMs));
    return settled.ok ? success({ ...settled.value, tookMs: this.options.clock.monotonicMs() - calledMs }) : settled;
  }

  #perform<T>(
    host: HostRecord,
    act: (linux: LinuxHost, limitMs: number) => Promise<HostResult<T>>,
  ): Promise<Result<T, ControlFailure>> {
    const link = this.#linkTo(host);
    if (!link) return Promise.resolve({ ok: false, failure: noSshAccess(host) });
    const done = link.last.then(() => this.#performNow(link, act));
    link.last = done;
    return done;
  }

  async #performNow<T>(
    link: Link,
    act: (linux: LinuxHost, limitMs: number) => Promise<HostResult<T>>,
  ): Promise<Result<T, ControlFailure>> {
    if (link.open?.isOpen() === true) {
      const done = await act(link.open, this.#limits.warmAnswerMs);
      if (done.ok) return done;
      if (done.failure.kind === 'refused') return { ok: false, failure: done.failure.failure };
      // The connection died without a word, or dies now: once more over a fresh one.
      this.options.log.info('the SSH connection is made anew', { host: link.host.id, why: done.failure.fault.kind });
    }
    const opened = await this.#open(link);
    if (!opened.ok) return opened;
    const { freshAnswerMs } = this.#limits;
    const done = await act(opened.value, freshAnswerMs);
    if (done.ok) return done;
    if (done.failure.kind === 'refused') return { ok: false, failure: done.failure.failure };
    return { ok: false, failure: shellFailed(link.host, done.failure.fault, false, freshAnswerMs) };
  }

  async #open(link: Link): Promise<Result<LinuxHost, ControlFailure>> {
    if (link.open?.isOpen() === true) return success(link.open);
    link.opening ??= this.#connect(link).finally(() => {
      link.opening = null;
    });
    return link.opening;
  }

  async #connect(link: Link): Promise<Result<LinuxHost, ControlFailure>> {
    const { host } = link;
    const [knownHosts, keys] = await Promise.all([this.#files.read(), findLogInKeys(host.ssh, this.#user)]);
    if (!knownHosts.ok) return knownHosts;
    const opened = await openConnection({
      host,
      knownHosts: knownHosts.value,
      keys,
      limitMs: this.#limits.connectMs,
      onUnknownKey: (name, key) => this.#shownKeys.set(shownKeyId(name, fingerprintOf(key)), key),
      signal: link.closing.signal,
    });
    link.open = opened.ok ? opened.value : null;
    return opened;
  }

  /** Null: the host has no SSH access. A changed record means a new connection. */
  #linkTo(host: HostRecord): Link | null {
    const { ssh } = host;
    if (!ssh) return null;
    const signature = JSON.stringify([host.address, ssh.user, ssh.port, ssh.keyFile]);
    const known = this.#links.get(host.id);
    if (known?.signature === signature) return known;
    this.close(host);
    const link: Link = {
      signature,
      host: { ...host, ssh },
      closing: new AbortController(),
      opening: null,
      open: null,
      last: Promise.resolve(),
    };
    this.#links.set(host.id, link);
    return link;
  }

  /**
   * These were stopped by somebody else on Athena's behalf: the next resume of this app lets them run on as well, also
   * those that lost their parent meanwhile.
   */
  adopt(host: HostRecord, target: PauseTarget, processes: readonly Pick<ListedProcess, 'pid' | 'startTicks'>[]): void {
    const stopped = this.#stoppedOf(host, target);
    for (const process of processes) stopped.add(identityOf(process));
  }

  #stoppedOf(host: HostRecord, target: PauseTarget): Stopped {
    const key = JSON.stringify([host.id, target]);
    const known = this.#stopped.get(key);
    if (known) return known;
    const stopped: Stopped = new Set();
    this.#stopped.set(key, stopped);
    return stopped;
  }
}

function shownKeyId(name: string, fingerprint: string): string {
  return `${name} ${fingerprint}`;
}
