// Ends the app of a GameStream host for a session that can't pause it, and tells whether one still runs.
import type { HostId } from '../../common/ids';
import { success, type Result } from '../../common/result';
import type { GameStreamHosts } from './gamestream-hosts';

export interface GameStreamEnd {
  quit(hostId: HostId): Promise<Result<null>>;
  isRunning(hostId: HostId): Promise<Result<boolean>>;
}

/** Unlike `quitAppOnHost` it leaves Athena's own session alone: that one asks the host what the end means, as always. */
export function gameStreamEnd(gameStream: Pick<GameStreamHosts, 'look' | 'quit'>): GameStreamEnd {
  return {
    quit: (hostId) => gameStream.quit(hostId),
    isRunning: async (hostId) => {
      const seen = await gameStream.look(hostId);
      return seen.ok ? success(seen.value.info.runningAppId !== null) : seen;
    },
  };
}
