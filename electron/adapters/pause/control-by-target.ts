// Gives each order to the driver of the way of pausing that the entry chose.
import type { PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import { failure, success, type Result } from '../../common/result';
import type { HostKeyQuestion } from '../../common/session';
import type { AppDriver } from '../../domain/pause/app-driver';
import type { AppReading, ControlFailure, ControlReport, HostControl } from '../../domain/pause/host-control';

/** Whoever logs in over SSH, and so may have to ask whether a host's key is to be trusted. */
export interface KeyAsker {
  wasShown(question: HostKeyQuestion): boolean;
  trust(question: HostKeyQuestion): Promise<void>;
}

export interface Drivers {
  /** Null: Athena must not touch such an app, or can't where it runs now. */
  readonly driverOf: (target: PauseTarget) => AppDriver | null;
  /** Where there is no target: the host's SSH access. */
  readonly usual: AppDriver & { warm(host: HostRecord): Promise<Result<null, ControlFailure>> };
  readonly all: readonly AppDriver[];
  readonly keyAskers: readonly KeyAsker[];
}

export class ControlByTarget implements HostControl {
  constructor(private readonly drivers: Drivers) {}

  warm(host: HostRecord, target?: PauseTarget): Promise<Result<null, ControlFailure>> {
    if (target === undefined) return this.drivers.usual.warm(host);
    return this.#give(target, (driver) => driver.warm(host, target));
  }

  pause(host: HostRecord, target: PauseTarget): Promise<Result<ControlReport, ControlFailure>> {
    return this.#give(target, (driver) => driver.pause(host, target));
  }

  resume(host: HostRecord, target: PauseTarget): Promise<Result<ControlReport, ControlFailure>> {
    return this.#give(target, (driver) => driver.resume(host, target));
  }

  read(host: HostRecord, target: PauseTarget): Promise<Result<AppReading, ControlFailure>> {
    return this.#give(target, (driver) => driver.read(host, target));
  }

  awaken(host: HostRecord, target: PauseTarget): Promise<Result<null, ControlFailure>> {
    return this.#give(target, async (driver) => (driver.awaken ? driver.awaken(host, target) : success(null)));
  }

  /** @throws when Athena was never shown this key, or can't write its file */
  async trust(question: HostKeyQuestion): Promise<void> {
    const asker = this.drivers.keyAskers.find((candidate) => candidate.wasShown(question));
    if (!asker) throw new Error(`no host showed the key ${question.fingerprint}`);
    await asker.trust(question);
  }

  close(host?: HostRecord): void {
    for (const driver of this.drivers.all) driver.close(host);
  }

  #give<T>(target: PauseTarget, order: (driver: AppDriver) => Promise<Result<T, ControlFailure>>): Promise<Result<T, ControlFailure>> {
    const driver = this.drivers.driverOf(target);
    if (driver) return order(driver);
    return Promise.resolve(failure('not-supported', 'This entry is never paused.', 'Choose another way of pausing for it, if it may be.'));
  }
}
