// The entries that a choice outside the window may be about.
import { expect, it } from 'vitest';
import { entrySchema } from '../../../electron/common/entry';
import { practiceHostId } from '../../../electron/practice/practice-library';
import { usedEntries } from '../../../electron/shell/quick-action';

it('are those that were used, newest first, without the hidden and the practice host’s', () => {
  const entry = (id: string, host: string, hidden = false) => ({ ...entrySchema.parse({ id, host, name: id, protocol: 'vnc' }), hidden });
  const entries = [entry('old', 'rig'), entry('never', 'rig'), entry('new', 'attic'), entry('hidden', 'rig', true), entry('practice', practiceHostId)];
  const usedAtMs = new Map([['old', 1], ['new', 2], ['hidden', 3], ['practice', 4]]);
  const library = {
    entries,
    host: (id: string) => (id === 'rig' ? { id, name: 'Rig', address: '192.168.1.20' } : undefined),
    lastUsedAtMs: (id: string) => usedAtMs.get(id),
  } as unknown as Parameters<typeof usedEntries>[0];
  expect(usedEntries(library).map(({ entry: { id }, hostName }) => `${id} on ${hostName}`)).toEqual(['new on attic', 'old on Rig']);
});
