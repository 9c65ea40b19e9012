// All words of the questions about SSH host keys.

export const english = {
  title: 'Do you trust the SSH key of {{address}}?',
  lead: 'Athena has not seen this host’s key before. Compare it with the one on the host (ssh-keygen -lf on its public key). Until then Athena cannot pause apps there.',
  keyType: 'Type',
  fingerprint: 'Fingerprint',
  trust: 'Trust this key',
  refuse: 'Refuse',
  bar: '{{host}} shows an SSH key that nobody has vouched for',
  barLead: 'The stream goes on, but the app cannot be paused until you have looked.',
  look: 'Look at the key',
} as const;
