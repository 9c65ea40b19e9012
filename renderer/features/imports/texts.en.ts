// All words of the import page.

export const english = {
  title: 'Import',
  lead: 'Desktops and hosts that other programs on this machine know. Passwords stay where they are: Athena asks for one at the first connection.',
  looking: 'Looking for connections of Remmina, .rdp files and Moonlight.',
  nothing: 'Nothing was found: neither Remmina’s files, nor .rdp files in your home, documents, desktop or downloads, nor hosts of Moonlight. Files from elsewhere can be chosen.',
  add: 'Import {{count}}',
  addNothing: 'Nothing to import',
  nothingToAdd: 'Choose something new first',
  chooseFiles: 'Choose files',
  all: 'Choose all',
  none: 'Choose none',
  found_one: '1 found',
  found_other: '{{count}} found',
  known: 'In the library',
  knownAs: 'In the library as {{name}}',
  unusable: 'Can’t be used',
  place: '{{address}}, port {{port}}',
  user: 'as {{name}}',
} as const;
