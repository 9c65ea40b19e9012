// Announces the practice host in the local network, as Sunshine does: mDNS, service _nvstream._tcp, no TXT record of use.
import Bonjour from 'bonjour-service';

export interface Announcement {
  stop(): Promise<void>;
}

/** Spaces become hyphens, and the name ends before the first character that is neither alphanumeric nor a hyphen. */
export function instanceName(hostName: string): string {
  const cut = hostName.slice(0, 63).replaceAll(' ', '-');
  return /^[A-Za-z0-9-]+/.exec(cut)?.[0] ?? 'Sunshine';
}

/** @param httpPort the plain one: the other ports follow from what it answers */
export function announce(hostName: string, httpPort: number, onTrouble: (why: string) => void): Announcement {
  const bonjour = new Bonjour({}, (error: unknown) => onTrouble(error instanceof Error ? error.message : String(error)));
  bonjour.publish({ name: instanceName(hostName), type: 'nvstream', port: httpPort });
  return {
    stop: () =>
      new Promise((resolve) => {
        // The goodbye packet first; without a network it may never be confirmed.
        const enough = setTimeout(() => bonjour.destroy(() => resolve()), 1_500);
        bonjour.unpublishAll(() => {
          clearTimeout(enough);
          bonjour.destroy(() => resolve());
        });
      }),
  };
}
