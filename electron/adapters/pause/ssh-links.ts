// Keeps one warm SSH connection a host, gives it one order at a time, and makes it anew when it died.
import type { HostRecord } from '../../common/host';
import type { HostId } from '../../common/ids';
import { success, type Result } from '../../common/result';
import type { HostKeyQuestion } from '../../common/session';
import type { Clock } from '../../domain/clock';
import type { ControlFailure } from '../../domain/pause/host-control';
import type { Log } from '../../domain/log';
import { fingerprintOf, keyTypeOf } from './known-hosts';
import { KnownHostsFiles } from './known-hosts-files';
import type { HostResult } from './linux-host';
import type { ConnectionInputs } from './ssh-connection';
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

export interface SshLinksOptions {
  /** Athena's own list of trusted host keys, in OpenSSH's format; made when the first key is trusted. */
  readonly knownHostsFile: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the user's own SSH set-up lies; absent: where OpenSSH looks for it. */
  readonly user?: UserSsh;
  readonly limits?: ControlLimits;
}

/** What is at the far end of a connection. */
export interface FarEnd {
  isOpen(): boolean;
  close(): void;
}

/** What is kept for one host, as long as its record stays the same. */
interface Link<H> {
  readonly signature: string;
  readonly host: SshHost;
  readonly closing: AbortController;
  opening: Promise<Result<H, ControlFailure>> | null;
  open: H | null;
  /** One order at a time: a pause and a resume of the same app must not mix. */
  last: Promise<unknown>;
}

export class SshLinks<H extends FarEnd> {
  readonly #links = new Map<HostId, Link<H>>();
  /** Keys the user was asked about, by name and fingerprint. */
  readonly #shownKeys = new Map<string, Buffer>();
  readonly #user: UserSsh;
  readonly #files: KnownHostsFiles;
  readonly #limits: ControlLimits;

  constructor(
    private readonly options: SshLinksOptions,
    private readonly begin: (inputs: ConnectionInputs) => Promise<Result<H, ControlFailure>>,
  ) {
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

  /**
   * After every earlier order to this host.
   * @param act called again with a fresh connection when the warm one turns out to be dead
   */
  perform<T>(host: HostRecord, act: (end: H, limitMs: number) => Promise<HostResult<T>>): Promise<Result<T, ControlFailure>> {
    const link = this.#linkTo(host);
    if (!link) return Promise.resolve({ ok: false, failure: noSshAccess(host) });
    const done = link.last.then(() => this.#performNow(link, act));
    // A bug in one order is its caller's to hear of, and must not stop the next.
    link.last = done.catch(() => undefined);
    return done;
  }

  /** Whether this key was shown by a host that was asked over these connections. */
  wasShown(question: HostKeyQuestion): boolean {
    const key = this.#shownKeys.get(shownKeyId(question.address, question.fingerprint));
    return key !== undefined && keyTypeOf(key) === question.keyType;
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

  async #performNow<T>(link: Link<H>, act: (end: H, limitMs: number) => Promise<HostResult<T>>): Promise<Result<T, ControlFailure>> {
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

  async #open(link: Link<H>): Promise<Result<H, ControlFailure>> {
    if (link.open?.isOpen() === true) return success(link.open);
    link.opening ??= this.#connect(link).finally(() => {
      link.opening = null;
    });
    return link.opening;
  }

  async #connect(link: Link<H>): Promise<Result<H, ControlFailure>> {
    const { host } = link;
    const [knownHosts, keys] = await Promise.all([this.#files.read(), findLogInKeys(host.ssh, this.#user)]);
    if (!knownHosts.ok) return knownHosts;
    const opened = await this.begin({
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
  #linkTo(host: HostRecord): Link<H> | null {
    const { ssh } = host;
    if (!ssh) return null;
    const signature = JSON.stringify([host.address, ssh.user, ssh.port, ssh.keyFile]);
    const known = this.#links.get(host.id);
    if (known?.signature === signature) return known;
    this.close(host);
    const link: Link<H> = { signature, host: { ...host, ssh }, closing: new AbortController(), opening: null, open: null, last: Promise.resolve() };
    this.#links.set(host.id, link);
    return link;
  }
}

function shownKeyId(name: string, fingerprint: string): string {
  return `${name} ${fingerprint}`;
}
