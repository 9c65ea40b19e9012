// The hosts' and the latency graphs' channels.
import type { Services } from '../domain/services';
import type { Handlers } from './serve';

type HostChannel = Extract<keyof Handlers, `host:${string}` | `latency:${string}`>;

export function hostHandlers(services: Services): Pick<Handlers, HostChannel> {
  const { hostKeys, latency } = services;
  return {
    'host:trust-key': (question) => hostKeys.trust(question),
    'host:refuse-key': ({ hostId }) => hostKeys.refuse(hostId),
    'host:check': ({ hostId }) => services.reachHost(hostId),
    'latency:read-history': ({ hostId }) => latency.history(hostId),
  };
}
