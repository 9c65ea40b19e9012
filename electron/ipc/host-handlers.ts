// The hosts' and the latency graphs' channels.
import { success, type Result } from '../common/result';
import { hostVantage } from '../common/vantage';
import type { Services } from '../domain/services';
import type { Handlers } from './serve';

type HostChannel = Extract<keyof Handlers, `host:${string}`> | 'latency:read-history';

export function hostHandlers(services: Services): Pick<Handlers, HostChannel> {
  const { hostKeys, latency, gameStream, hostWatch, pairings, wake } = services;
  return {
    'host:trust-key': (question) => hostKeys.trust(question),
    'host:refuse-key': ({ hostId }) => hostKeys.refuse(hostId),
    'host:check': ({ hostId }) => services.reachHost(hostId),
    'host:add': async ({ address, httpPort }) => {
      const added = await gameStream.add(address, httpPort);
      if (!added.ok) return added;
      const { hostId } = added.value.record;
      await hostWatch.lookNow(hostId);
      return success(hostId);
    },
    'host:forget': async ({ hostId }) => withoutValue(await services.forgetHost(hostId)),
    'host:refresh': async ({ hostId }) => {
      await hostWatch.lookNow(hostId);
      const isPaired = (gameStream.record(hostId)?.certificatePem ?? null) !== null;
      return withoutValue(isPaired ? await gameStream.refreshApps(hostId) : await gameStream.look(hostId));
    },
    'host:pair': (wish) => pairings.pair(wish),
    'host:cancel-pairing': ({ hostId }) => pairings.cancel(hostId),
    'host:quit-app': async ({ hostId, web }) => withoutValue(await services.quitAppOn(hostId, web)),
    'host:wake': async ({ hostId }) => withoutValue(await wake.wake(hostId)),
    'host:explain': ({ hostId }) => services.explainHost(hostId),
    'latency:read-history': ({ hostId }) => latency.history(hostVantage(hostId)),
  };
}

/** What was done is told by the pushes. */
function withoutValue(result: Result<unknown>): Result<undefined> {
  return result.ok ? success(undefined) : result;
}
