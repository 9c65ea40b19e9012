// The words on the keys of the on-screen keyboard that write nothing.

export const english = {
  label: 'On-screen keyboard',
  shift: 'Shift',
  back: 'Delete',
  space: 'Space',
  done: 'Done',
} as const;
