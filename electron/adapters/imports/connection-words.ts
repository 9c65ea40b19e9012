// What every reader of connection files makes of names and users, and the sentences they share.
import type { ConnectionReading } from '../../domain/imports/connection-files';
import { cleanLine } from '../gamestream/host-text';

export const notes = {
  password: 'Its password stays where it is: Athena asks for one at the first connection.',
  size: (size: string) => `Its fixed size (${size}) is not kept: the picture follows the window.`,
  gatewayMaybe: (gateway: string) => `It may go through the gateway ${gateway}; Athena connects without it.`,
  remoteApp: 'It opens one program; Athena shows the whole desktop.',
  pairAgain: 'Still to pair: the certificate there belongs to your own Moonlight.',
} as const;

/** The longest name an entry has. */
const longestName = 120;

export function entryName(told: string, file: string): string {
  const base = (file.split(/[\\/]/).at(-1) ?? '').replace(/\.[^.]*$/, '');
  return cleanLine(told, longestName) || cleanLine(base, longestName) || 'Desktop';
}

/** "DOMAIN\user", as clients take it; null: none told, or none that could be. */
export function userName(user: string, domain: string): string | null {
  const bare = user.trim();
  // Control characters would be typed into a terminal.
  if (bare === '' || /\p{Cc}/u.test(bare + domain)) return null;
  const whole = domain.trim() === '' || /[\\@]/.test(bare) ? bare : `${domain.trim()}\\${bare}`;
  return whole.length <= 128 ? whole : null;
}

export function unusable(name: string | null, message: string, advice: string): ConnectionReading {
  return { kind: 'unusable', name, message, advice };
}

export function noAddress(name: string, server: string): ConnectionReading {
  const told = cleanLine(server, 80);
  return told === ''
    ? unusable(name, 'It names no host.', 'Add it by hand, with the address of the host.')
    : unusable(name, `“${told}” is no address that Athena can use.`, 'Add it by hand, with the name or the address of the host.');
}

export function throughGateway(name: string, gateway: string): ConnectionReading {
  return unusable(name, `It goes through the gateway ${cleanLine(gateway, 80)}, which Athena does not support.`, 'Add it by hand if this machine reaches the host directly.');
}
