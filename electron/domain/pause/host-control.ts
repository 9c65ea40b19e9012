// The port through which apps on a host are paused, resumed and looked at.
import type { PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { Failure, Result } from '../../common/result';
import type { HostKeyQuestion, PauseMethod } from '../../common/session';

export interface AppReading {
  /** `mixed`: some of the processes are stopped, others run. `gone`: no process matches. */
  readonly state: 'running' | 'paused' | 'mixed' | 'gone';
  /** The matched processes and all their descendants, on the host. */
  readonly pids: readonly number[];
  /** How it is paused; null unless `paused`. */
  readonly method: PauseMethod | null;
}

export interface ControlReport {
  readonly method: PauseMethod;
  readonly pids: readonly number[];
  /** How often the command was sent until the state read back as wanted. */
  readonly tries: number;
  /** From the call to the verified state, in milliseconds. */
  readonly tookMs: number;
}

/** A key nobody has vouched for carries the question to ask. */
export interface ControlFailure extends Failure {
  readonly question?: HostKeyQuestion;
}

export interface HostControl {
  /** Opens and keeps the connection, so that a pause later costs no handshake. Idempotent. */
  warm(host: HostRecord): Promise<Result<null, ControlFailure>>;
  /** Stops every process of the target; succeeds only when the host's own process table says they are stopped. */
  pause(host: HostRecord, target: PauseTarget): Promise<Result<ControlReport, ControlFailure>>;
  /** Lets them run on; succeeds only when the process table says so. Undoes either method. */
  resume(host: HostRecord, target: PauseTarget): Promise<Result<ControlReport, ControlFailure>>;
  read(host: HostRecord, target: PauseTarget): Promise<Result<AppReading, ControlFailure>>;
  /** The user vouches for the key that `question` showed; a different key is still refused. */
  trust(question: HostKeyQuestion): Promise<void>;
  /** Closes the connection to one host, or to all. */
  close(host?: HostRecord): void;
}
