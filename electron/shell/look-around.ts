// Looks, in the background, for what the window tells: hosts in the network and what they do, clients here, passwords kept.
import { isFormEntry } from '../common/entry';
import type { Services } from '../domain/services';

export async function lookAround(services: Services): Promise<void> {
  const { clients, library, passwords, hostWatch, foundHosts, journal, log } = services;
  services.beginRecording();
  services.beginWatching();
  hostWatch.start();
  foundHosts.start();
  try {
    await journal.look();
    await Promise.all([clients.choose('vnc'), clients.choose('rdp'), clients.choose('gamestream')]);
    // Apps of GameStream hosts have no passwords, and there may be thousands of them.
    await passwords.preload(library.entries.filter(isFormEntry).map(({ id }) => id));
  } catch (error) {
    log.error('looking around failed', { error });
  }
}
