// All words of the import page.

export const texts = {
  title: 'Import',
  lead: 'Desktops and hosts that other programs on this machine know. Passwords stay where they are: Athena asks for one at the first connection.',
  looking: 'Looking for connections of Remmina, .rdp files and Moonlight.',
  nothing: 'Nothing was found: neither Remmina’s files, nor .rdp files in your home, documents, desktop or downloads, nor hosts of Moonlight. Files from elsewhere can be chosen.',
  add: (count: number) => (count === 0 ? 'Nothing to import' : `Import ${count}`),
  nothingToAdd: 'Choose something new first',
  chooseFiles: 'Choose files',
  all: 'Choose all',
  none: 'Choose none',
  found: (count: number) => (count === 1 ? '1 found' : `${count} found`),
  known: 'In the library',
  knownAs: (name: string) => `In the library as ${name}`,
  unusable: 'Can’t be used',
  protocols: { vnc: 'VNC', rdp: 'RDP', gamestream: 'GameStream' },
  place: (address: string, port: number | null) => (port === null ? address : `${address}, port ${port}`),
  user: (name: string) => `as ${name}`,
} as const;
