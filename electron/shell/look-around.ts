// Looks once, in the background, for what the library's tiles tell: which clients are here, which passwords are kept.
import type { Services } from '../domain/services';

export async function lookAround({ clients, library, passwords, log }: Services): Promise<void> {
  try {
    await Promise.all([clients.choose('vnc'), clients.choose('rdp')]);
    await passwords.preload(library.entries.map(({ id }) => id));
  } catch (error) {
    log.error('looking around failed', { error });
  }
}
