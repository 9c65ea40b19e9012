// The words of the window around its pages: sidebar, hints, and what stands there when Athena does not answer.

export const english = {
  sidebar: 'Athena',
  home: 'Home',
  library: 'Library',
  power: 'Power',
  practice: 'Practice',
  network: 'Network',
  incidents: 'Incidents',
  fresh: '{{incidents}} new',
  sessions: 'Sessions',
  hosts: 'Hosts',
  addHost: 'Add host',
  settings: 'Settings',
  couch: 'Couch mode',
  couchKeys: 'F11, or both sticks of a gamepad pressed in',
  found: '{{hosts}} found',
  notPaired: 'Not paired',
  running: ', running',
  paused: ', paused',

  hints: { select: 'Select', back: 'Back', options: 'Options', favourite: 'Favourite', search: 'Search' },

  noStart: {
    title: 'Athena’s engine does not answer',
    lead: 'The window is here, but the part that keeps your sessions did not reply. Try again; if it stays, restart Athena.',
    again: 'Try again',
  },
} as const;
