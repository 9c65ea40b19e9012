// Where a value of a profile comes from, in words.
import type { ProfileLevel } from '../../../electron/common/profile';
import { wordsOf } from '../../language/language';

const words = wordsOf('profile');

/** Until it is named, main calls a network “Network of” its router's address. */
const saysNetwork = /^network\b/i;

export function sourceWords(from: ProfileLevel, hostName: string, networkName: string): string {
  switch (from) {
    case 'host':
      return words('from.host', { name: hostName });
    case 'network':
      return saysNetwork.test(networkName) ? networkName : words('from.network', { name: networkName });
    default:
      return words(`from.${from}`);
  }
}
