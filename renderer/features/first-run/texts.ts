// All words of the first run.
import type { Protocol } from '../../../electron/common/entry';

export const texts = {
  title: 'Welcome to Athena',
  lead: 'It starts a stream, watches it, and brings it back when it breaks.',

  hosts: 'Hosts in your network',
  looking: 'Looking for hosts that announce themselves. One that sleeps, or stands in another network, is added by its address.',
  pair: 'Pair',
  stillToPair: 'Still to pair',
  more: (count: number) => `and ${count} more`,
  addHost: 'Add a streaming host',

  others: 'From other programs',
  lookingThere: 'Looking for connections of Remmina, .rdp files and Moonlight.',
  nothingThere: 'Neither Remmina, nor .rdp files, nor Moonlight’s hosts were found here. Files from elsewhere can be chosen.',
  counts: (fresh: number, known: number, unusable: number) =>
    [fresh > 0 ? `${fresh} new` : '', known > 0 ? `${known} in the library` : '', unusable > 0 ? `${unusable} can’t be used` : ''].filter((part) => part !== '').join(', '),
  choose: 'Choose',
  importAll: (count: number) => (count === 1 ? 'Import it' : `Import all ${count}`),
  chooseFiles: 'Choose files',

  clients: 'Programs that show streams',
  clientsLooking: 'Looking for them.',
  forProtocol: { gamestream: 'Games and apps', rdp: 'Desktops by RDP', vnc: 'Desktops by VNC' } satisfies Record<Protocol, string>,
  missing: (client: string) => `${client} is missing`,

  otherwise: 'Or otherwise',
  otherwiseLead: 'See how a lost stream comes back, with a host that lives on this machine; or type a desktop’s address.',
  practice: 'Try it without a host',
  addEntry: 'Add an entry',
} as const;
