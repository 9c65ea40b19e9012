// Rows and search of the library.
import { describe, expect, it } from 'vitest';
import { findEntries, librarySections } from '../../../../renderer/features/library/library-sections';
import { fakeScene, fullLibrary } from '../../../fakes/fake-scenes';

const view = fullLibrary(1_700_000_000_000);
const names = (entries: readonly { readonly entry: { readonly name: string } }[]): string[] => entries.map(({ entry }) => entry.name);

describe('librarySections', () => {
  it('puts what runs first, then what was used last, and leaves out empty rows', () => {
    const { sessions } = fakeScene('full', 1_700_000_000_000).snapshot;
    const rows = librarySections(view, sessions, '');
    expect(rows.map(({ key }) => key)).toEqual(['continue', 'favourites', 'all']);
    expect(names(rows[0]?.entries ?? [])).toEqual(['Factorio', 'SuperTux', 'Blender', 'Windows desktop']);
    expect(rows[2]?.entries).toHaveLength(view.entries.length);
    const untouched = view.entries.map((item) => ({ ...item, lastUsedAtMs: null, entry: { ...item.entry, favourite: false } }));
    expect(librarySections({ ...view, entries: untouched }, [], '').map(({ key }) => key)).toEqual(['all']);
  });

  it('shows only what was found while something is searched', () => {
    expect(librarySections(view, [], ' tux ').map(({ key, entries }) => [key, names(entries)])).toEqual([['found', ['SuperTux']]]);
  });
});

describe('findEntries', () => {
  it.each([
    ['fctorio', ['Factorio']],
    ['BLENDER', ['Blender']],
    ['office', ['Bookkeeping']],
    ['10.8.0.12', ['Bookkeeping']],
    ['attic windows', ['Windows desktop']],
    ['سطح', ['سطح المكتب']],
    ['zzzz', []],
    ['((', []],
  ])('%s', (wanted, expected) => {
    expect(names(findEntries(view, wanted))).toEqual(expected);
  });
});
