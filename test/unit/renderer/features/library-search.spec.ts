// Search in the library: slips, hosts, scripts, and sizes.
import { describe, expect, it } from 'vitest';
import { LibrarySearch } from '../../../../renderer/features/library/library-search';
import { largeEntries, largeHosts } from '../../../fakes/fake-large-library';
import { fullLibrary } from '../../../fakes/fake-scenes';

const nowMs = 1_700_000_000_000;
const view = fullLibrary(nowMs);
const search = new LibrarySearch(view.entries, view.hosts);
const found = (wanted: string): string[] => search.find(wanted).map(({ entry }) => entry.name);

describe('the search', () => {
  it.each([
    ['fctorio', ['Factorio']],
    [' tux ', ['SuperTux']],
    ['BLENDER', ['Blender']],
    ['office', ['Bookkeeping']],
    ['10.8.0.12', ['Bookkeeping']],
    ['attic windows', ['Windows desktop']],
    ['سطح', ['سطح المكتب']],
    ['zzzz', []],
    ['((', []],
    ['   ', []],
    ['\\', []],
    ['\u202e', []],
  ])('%s', (wanted, expected) => {
    expect(found(wanted)).toEqual(expected);
  });

  it('finds in ten thousand what was meant, best first, in every script', () => {
    const many = new LibrarySearch(largeEntries(10_000, nowMs, () => null), largeHosts());
    many.prepare();
    expect(many.find('hollow knigt')[0]?.entry.name).toMatch(/Hollow.*Knight|Knight.*Hollow/);
    expect(many.find('pokemon legendes')[0]?.entry.name).toContain('Pokémon');
    expect(many.find('Ведмак')[0]?.entry.name).toContain('Ведьмак');
    expect(many.find('ゼルダ')[0]?.entry.name).toContain('ゼルダ');
    expect(many.find('h').length).toBeGreaterThan(1_000);
  });
});
