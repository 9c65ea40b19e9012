// All words of the power page.

export const english = {
  title: 'Power',
  hosts: 'Hosts',
  noHosts: 'No streaming host is known yet. Only those can be woken.',
  wake: 'Wake',
  wakeAwake: 'It is awake.',
  wakeNoMac: 'Its hardware address is not known. Athena reads it when the host is paired and online.',
  athena: 'Athena',
  leave: 'Leave couch mode',
  enter: 'Couch mode',
  quit: 'Quit Athena',
  quitTitle: 'Quit Athena?',
  quitLead_zero: 'Nothing streams right now.',
  quitLead_one: 'The stream that runs now will end with it.',
  quitLead_other: 'The {{count}} streams that run now will end with it.',
  quitWatch: 'Nothing is measured or brought back until it is started again.',
  keep: 'Stay',
  quitYes: 'Yes, quit Athena',
} as const;
