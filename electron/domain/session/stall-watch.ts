// The port of what notices, from outside the client, that a stream is alive but dead.
import type { Protocol } from '../../common/entry';
import type { HostId } from '../../common/ids';
import type { Disposable } from '../clock';
import type { StreamSign } from './stream-client';

/**
 * network: nothing comes through. picture: the network is fine, but the stream stands. client: the client's own process is
 * stopped (T) or hangs in the kernel (D).
 */
export type StallKind = 'network' | 'picture' | 'client';

export interface Stall {
  readonly kind: StallKind;
  /** Plain sentences with figures, for the incident and the log. */
  readonly evidence: readonly string[];
}

export interface StallNews {
  stalled(stall: Stall): void;
  /** The stream flows again after a stall. */
  flows(): void;
}

export interface StallFacts {
  readonly hostId: HostId;
  readonly clientPid: number;
  readonly protocol: Protocol;
}

export interface StallWatcher {
  /**
   * From the moment the client streams until disposed. `stalled` and `flows` alternate, beginning with `stalled`; neither
   * is called within this very call or after the dispose.
   * @param signs tells the watch what the client says of its stream
   */
  watch(facts: StallFacts, signs: (listener: (sign: StreamSign) => void) => Disposable, news: StallNews): Disposable;
}
