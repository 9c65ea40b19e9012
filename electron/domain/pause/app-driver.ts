// The port of one way of pausing: what every driver does, whatever it talks to.
import type { PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { Result } from '../../common/result';
import type { AppReading, ControlFailure, ControlReport } from './host-control';

/** Each method as in `HostControl`; orders to the same app come one after another. */
export interface AppDriver<T extends PauseTarget = PauseTarget> {
  warm(host: HostRecord, target: T): Promise<Result<null, ControlFailure>>;
  pause(host: HostRecord, target: T): Promise<Result<ControlReport, ControlFailure>>;
  resume(host: HostRecord, target: T): Promise<Result<ControlReport, ControlFailure>>;
  read(host: HostRecord, target: T): Promise<Result<AppReading, ControlFailure>>;
  /** Absent: a pause by this driver leaves the host within reach. */
  awaken?(host: HostRecord, target: T): Promise<Result<null, ControlFailure>>;
  close(host?: HostRecord): void;
}
