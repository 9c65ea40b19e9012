// All words of the first run.

export const english = {
  title: 'Welcome to Athena',
  lead: 'It starts a stream, watches it, and brings it back when it breaks.',

  hosts: 'Hosts in your network',
  looking: 'Looking for hosts that announce themselves. One that sleeps, or stands in another network, is added by its address.',
  pair: 'Pair',
  stillToPair: 'Still to pair',
  more: 'and {{count}} more',
  addHost: 'Add a streaming host',

  others: 'From other programs',
  lookingThere: 'Looking for connections of Remmina, .rdp files and Moonlight.',
  nothingThere: 'Neither Remmina, nor .rdp files, nor Moonlight’s hosts were found here. Files from elsewhere can be chosen.',
  fresh: '{{count}} new',
  known: '{{count}} in the library',
  unusable: '{{count}} can’t be used',
  choose: 'Choose',
  importAll_one: 'Import it',
  importAll_other: 'Import all {{count}}',
  chooseFiles: 'Choose files',

  clients: 'Programs that show streams',
  clientsLooking: 'Looking for them.',
  forProtocol: { gamestream: 'Games and apps', rdp: 'Desktops by RDP', vnc: 'Desktops by VNC' },
  missing: '{{client}} is missing',

  otherwise: 'Or otherwise',
  otherwiseLead: 'See how a lost stream comes back, with a host that lives on this machine; or type a desktop’s address.',
  practice: 'Try it without a host',
  addEntry: 'Add an entry',
} as const;
