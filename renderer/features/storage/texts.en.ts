// All words of the bar about files that can't be written.
export const english = {
  title: 'Athena can’t save what happens now',
  lead: '{{reason}} Streams go on as always, but after a crash of Athena nobody would know of them. It heals by itself once this file can be written:',
} as const;
