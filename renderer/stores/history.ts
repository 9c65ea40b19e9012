// Fetches what main remembers of a host's samples, for a graph that has just opened.
import type { HostId } from '../../electron/common/ids';
import { bridge } from '../bridge';
import type { LiveSamples } from './live-samples';

export async function loadHistory(samples: LiveSamples, hostId: HostId): Promise<void> {
  try {
    samples.prepend(await bridge().invoke('latency:read-history', { hostId }));
  } catch (error) {
    console.error('latency:read-history', error);
  }
}
