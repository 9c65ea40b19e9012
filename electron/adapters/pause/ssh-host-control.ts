// Pauses and resumes processes on Linux hosts over SSH, and runs a user's commands there.
import type { PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import { failure, success, type Result } from '../../common/result';
import type { HostKeyQuestion } from '../../common/session';
import type { AppReading, ControlFailure, ControlReport, HostControl } from '../../domain/pause/host-control';
import { readApp, settleApp, type Stopped, type Wanted } from './app-orders';
import type { HostResult, LinuxHost, LinuxTarget } from './linux-host';
import { identityOf, type ListedProcess } from './linux-process-tree';
import { openConnection } from './ssh-connection';
import { SshLinks, type SshLinksOptions } from './ssh-links';

export type SshHostControlOptions = SshLinksOptions;

export class SshHostControl implements HostControl {
  readonly #links: SshLinks<LinuxHost>;
  readonly #stopped = new Map<string, Stopped>();

  constructor(private readonly options: SshHostControlOptions) {
    this.#links = new SshLinks(options, openConnection);
  }

  warm(host: HostRecord): Promise<Result<null, ControlFailure>> {
    return this.#links.warm(host);
  }

  pause(host: HostRecord, target: PauseTarget): Promise<Result<ControlReport, ControlFailure>> {
    return this.#settle(host, target, 'paused');
  }

  resume(host: HostRecord, target: PauseTarget): Promise<Result<ControlReport, ControlFailure>> {
    return this.#settle(host, target, 'running');
  }

  read(host: HostRecord, target: PauseTarget): Promise<Result<AppReading, ControlFailure>> {
    if (!isLinuxTarget(target)) return Promise.resolve(otherWay());
    const stopped = this.#stoppedOf(host, target);
    return this.#links.perform(host, (linux, limitMs) => readApp(linux, target, stopped, limitMs));
  }

  /** Lets the host do something else over the same connection, after every earlier order. */
  perform<T>(host: HostRecord, act: (linux: LinuxHost, limitMs: number) => Promise<HostResult<T>>): Promise<Result<T, ControlFailure>> {
    return this.#links.perform(host, act);
  }

  wasShown(question: HostKeyQuestion): boolean {
    return this.#links.wasShown(question);
  }

  /** @throws when Athena was never shown this key, or can't write its file */
  trust(question: HostKeyQuestion): Promise<void> {
    return this.#links.trust(question);
  }

  close(host?: HostRecord): void {
    this.#links.close(host);
  }

  /**
   * These were stopped by somebody else on Athena's behalf: the next resume of this app lets them run on as well, also
   * those that lost their parent meanwhile.
   */
  adopt(host: HostRecord, target: PauseTarget, processes: readonly Pick<ListedProcess, 'pid' | 'startTicks'>[]): void {
    const stopped = this.#stoppedOf(host, target);
    for (const process of processes) stopped.add(identityOf(process));
  }

  async #settle(host: HostRecord, target: PauseTarget, wanted: Wanted): Promise<Result<ControlReport, ControlFailure>> {
    if (!isLinuxTarget(target)) return otherWay();
    const calledMs = this.options.clock.monotonicMs();
    const stopped = this.#stoppedOf(host, target);
    const settled = await this.#links.perform(host, (linux, limitMs) => settleApp(linux, target, wanted, stopped, limitMs));
    return settled.ok ? success({ ...settled.value, tookMs: this.options.clock.monotonicMs() - calledMs }) : settled;
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

export function isLinuxTarget(target: PauseTarget): target is LinuxTarget {
  return target.by === 'command' || target.by === 'pid-file';
}

function otherWay(): { readonly ok: false; readonly failure: ControlFailure } {
  return failure('not-supported', 'This entry is not paused by processes of a Linux host.', 'Choose another way of pausing for it.');
}
