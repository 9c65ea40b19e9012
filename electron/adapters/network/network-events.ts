// What this machine notices about its network: on Linux as the kernel tells it, elsewhere by looking at the interfaces.
import type { Clock } from '../../domain/clock';
import type { Log } from '../../domain/log';
import type { NetworkEvents } from '../../domain/session/network-events';
import { InterfacePolling } from './interface-polling';
import { IpMonitor } from './ip-monitor';

export function createNetworkEvents(clock: Clock, log: Log): NetworkEvents {
  const polling = (): NetworkEvents => new InterfacePolling({ clock });
  return process.platform === 'linux' ? new IpMonitor({ clock, log, instead: polling }) : polling();
}
