// All words of the host page.

export const texts = {
  checkNow: 'Check now',
  alive: (rttMs: string | null) => (rttMs === null ? 'It answers.' : `It answers, in ${rttMs} ms.`),
  aliveAt: (address: string) => `Address: ${address}.`,
  silent: 'It does not answer.',
  silentAdvice: 'It may be off or asleep, or drop such questions.',
  latency: 'Latency, last minute',
  graph: (name: string) => `Latency to ${name}, last minute`,
  echo: 'Echo (ICMP)',
  port: 'Service port (TCP)',
  entries: 'Entries on this host',
  noEntries: 'No entry uses this host.',
  ssh: 'SSH access',
  sshNone: 'None. Athena cannot pause apps on this host; add it in an entry’s form.',
  sshAs: (user: string, address: string, port: number) => `${user}@${address}, port ${port}`,
  sshKeyFile: (file: string) => `Key file ${file}`,
  sshAgent: 'Keys from the SSH agent or the usual files.',
  unknownTitle: 'This host is not in the library any more',
  library: 'Back to the library',
  protocols: { vnc: 'VNC', rdp: 'RDP', gamestream: 'GameStream', practice: 'Practice' },
} as const;
