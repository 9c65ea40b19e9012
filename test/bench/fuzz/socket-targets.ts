// The adapters that talk to hosts, each led to a hostile one over a real connection.
import { GameStreamHttpHost } from '../../../electron/adapters/gamestream/gamestream-http-host';
import type { ClientIdentities } from '../../../electron/adapters/gamestream/client-identity';
import type { Result } from '../../../electron/common/result';
import type { Clock } from '../../../electron/domain/clock';
import type { Log } from '../../../electron/domain/log';
import { practicePin, type HostileHost } from './hostile-host';
import { checkResult } from './parser-targets';
import type { Random } from './random';

export interface SocketParts {
  readonly identities: ClientIdentities;
  readonly clock: Clock;
  readonly log: Log;
}

export interface SocketTarget {
  readonly name: string;
  readonly ask: (hostile: HostileHost, parts: SocketParts, random: Random) => Promise<void>;
}

/** Nobody types for long here; milliseconds of the adapters' clock. */
const pinLimitMs = 4_000;

function target<T>(name: string, ask: (host: GameStreamHttpHost, hostile: HostileHost, random: Random) => Promise<Result<T>>): SocketTarget {
  return {
    name,
    ask: async (hostile, parts, random) => {
      // A new one each time: what an earlier case taught it must not matter.
      const host = new GameStreamHttpHost({ ...parts, pinLimitMs });
      const first = await ask(host, hostile, random);
      checkResult(first);
    },
  };
}

const placeOf = ({ httpPort }: HostileHost): { address: string; httpPort: number } => ({ address: '127.0.0.1', httpPort });
const pinned = (hostile: HostileHost): { address: string; httpPort: number; certificatePem: string } => ({ ...placeOf(hostile), certificatePem: hostile.identity.certificatePem });
const web = { username: 'practice', password: 'secret' };

export const socketTargets: readonly SocketTarget[] = [
  target('info', (host, hostile) => host.serverInfo({ ...placeOf(hostile), certificatePem: null })),
  target('info-secure', (host, hostile) => host.serverInfo(pinned(hostile))),
  target('apps', (host, hostile) => host.apps(pinned(hostile))),
  target('art', (host, hostile, random) => host.art(pinned(hostile), random.pick([0, -1, 881448767, 2 ** 31]))),
  target('quit', (host, hostile, random) => host.quit(pinned(hostile), random.chance(0.5) ? web : undefined)),
  target('pair', (host, hostile, random) => {
    hostile.pairing = true;
    return host.pair({ ...placeOf(hostile), pin: practicePin, clientName: 'fuzz', ...(random.chance(0.3) && { web }) });
  }),
];
