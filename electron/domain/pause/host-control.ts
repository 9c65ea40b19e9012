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
  /** False: what Athena last asked for, because nothing can be read. Absent: read where the app runs. */
  readonly verified?: boolean;
}

export interface ControlReport {
  readonly method: PauseMethod;
  /** Empty where it is not processes that are paused. */
  readonly pids: readonly number[];
  /** False: it was asked for, and nothing told whether it happened. Absent: read back, where the app runs. */
  readonly verified?: boolean;
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
  /**
   * Opens and keeps the connection that this target needs, so that a pause later costs no handshake. Idempotent.
   * @param target absent: the host's SSH access, as for processes on Linux
   */
  warm(host: HostRecord, target?: PauseTarget): Promise<Result<null, ControlFailure>>;
  /**
   * Stops every process of the target; succeeds only when the host's own process table says they are stopped. Other ways
   * of pausing succeed when what they ask says so; the report tells when nothing does.
   */
  pause(host: HostRecord, target: PauseTarget): Promise<Result<ControlReport, ControlFailure>>;
  /** Lets them run on; succeeds only when the process table says so. Undoes either method. */
  resume(host: HostRecord, target: PauseTarget): Promise<Result<ControlReport, ControlFailure>>;
  read(host: HostRecord, target: PauseTarget): Promise<Result<AppReading, ControlFailure>>;
  /**
   * Before an attempt to reconnect: a host that a pause put out of reach is let run on, its app still paused where that
   * can be. Success for every other target. Absent: this body pauses nothing but processes.
   */
  awaken?(host: HostRecord, target: PauseTarget): Promise<Result<null, ControlFailure>>;
  /** The user vouches for the key that `question` showed; a different key is still refused. */
  trust(question: HostKeyQuestion): Promise<void>;
  /** Closes the connection to one host, or to all. */
  close(host?: HostRecord): void;
}
