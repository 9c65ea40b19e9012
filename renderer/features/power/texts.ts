// All words of the power page.

export const texts = {
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
  quitLead: (streams: number) => (streams === 0 ? 'Nothing streams right now.' : `${streams === 1 ? 'The stream that runs' : `The ${streams} streams that run`} now will end with it.`),
  quitWatch: 'Nothing is measured or brought back until it is started again.',
  keep: 'Stay',
  quitYes: 'Yes, quit Athena',
} as const;
