// Keeps the connection to a host warm, so that a pause never pays for a handshake: one that died is made anew in time.
import type { PauseTarget } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { Clock, Disposable } from '../clock';
import type { HostControl } from './host-control';

/** Between looks, in milliseconds: a connection that died is replaced within this time. */
const lookEveryMs = 10_000;

/**
 * @param isWanted asked before each look; a host that is being waited for is left alone
 * @param target what would be paused; absent: processes on a Linux host
 */
export function keepWarm(control: HostControl, host: HostRecord, clock: Clock, isWanted: () => boolean, target?: PauseTarget): Disposable {
  const state: { timer: Disposable | null; disposed: boolean } = { timer: null, disposed: false };
  const plan = (): void => {
    if (!state.disposed) state.timer = clock.after(lookEveryMs, look);
  };
  const look = (): void => {
    if (!isWanted()) plan();
    // A failure shows when it matters, at the next order; here it only means to look again.
    else void control.warm(host, target).then(plan, plan);
  };
  plan();
  return {
    dispose: () => {
      state.disposed = true;
      state.timer?.dispose();
    },
  };
}
