// The port that wakes a sleeping host through the network.
import type { Result } from '../../common/result';
import type { Disposable } from '../clock';

export interface SleepingHost {
  /** Pairs of hex digits joined by colons; the host tells it once it is paired. */
  readonly mac: string;
  /** Every name and address the host ever answered at: one of them may lead through a router. */
  readonly addresses: readonly string[];
  /** Each plain HTTP port it is known by; routers forward ports that follow from it. */
  readonly httpPorts: readonly number[];
}

export interface WakeRun extends Disposable {
  /** How many datagrams the first round sent. Failures: bad-input (no MAC), host-unreachable (no network took one). */
  readonly firstRound: Promise<Result<number>>;
}

export interface WakeSignal {
  /** Sends at once and again every few seconds, until it is disposed or has lasted long enough. Nobody answers to it: ask the host. */
  send(host: SleepingHost): WakeRun;
}
