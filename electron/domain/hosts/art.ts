// Covers as a port: the picture of an app, from wherever it is to be had soonest.
import type { HostId } from '../../common/ids';
import type { Result } from '../../common/result';

export interface Art {
  /**
   * The app's cover as PNG. `not-found`: no such host, or the host has no cover for the app, and Athena draws one.
   * Every other failure is the host's, and passes.
   */
  read(hostId: HostId, appId: number): Promise<Result<Uint8Array>>;
}
