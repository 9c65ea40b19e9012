// Search in the library: slips, hosts, scripts, and sizes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import uFuzzy from '@leeoniya/ufuzzy';
import { LibrarySearch } from '../../../../renderer/features/library/library-search';
import { largeEntries, largeHosts } from '../../../fakes/fake-large-library';
import { fullLibrary } from '../../../fakes/fake-scenes';

const nowMs = 1_700_000_000_000;
const view = fullLibrary(nowMs);
const search = new LibrarySearch(view.entries, view.hosts);
const found = (wanted: string): string[] => search.find(wanted, 100).entries.map(({ entry }) => entry.name);

describe('the search', () => {
  it.each([
    ['fctorio', ['Factorio']],
    [' tux ', ['SuperTux']],
    ['spuer tux', ['SuperTux']],
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
    expect(many.find('hollow knigt', 1).entries[0]?.entry.name).toMatch(/Hollow.*Knight|Knight.*Hollow/);
    expect(many.find('pokemon legendes', 1).entries[0]?.entry.name).toContain('Pokémon');
    expect(many.find('Ведмак', 1).entries[0]?.entry.name).toContain('Ведьмак');
    expect(many.find('ゼルダ', 1).entries[0]?.entry.name).toContain('ゼルダ');
    const { entries, count } = many.find('h', 200);
    expect([entries.length, count]).toEqual([200, expect.toSatisfy((found: number) => found > 1_000)]);
  });

  it('finds the same as without its sieves: what was typed, else what it is a slip of', () => {
    const entries = largeEntries(300, nowMs, () => null);
    const many = new LibrarySearch(entries, []);
    const plain = [new uFuzzy(), new uFuzzy({ intraMode: 1, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1 })];
    const names = entries.map(({ entry }) => entry.name).filter((name) => /^[\x20-\x7e]*$/.test(name));
    const haystack = uFuzzy.latinize(entries.map(({ entry }) => `${entry.name} `));
    const slipped = fc.tuple(fc.constantFrom(...names), fc.nat(30), fc.constantFrom('', 'q', 'e'), fc.nat(20)).map(
      ([name, place, letter, length]) => (name.slice(0, place) + letter + name.slice(place + 1)).slice(0, length + 1),
    );
    const typed = fc.oneof(slipped, fc.stringMatching(/^[a-z -]{1,12}$/), fc.constantFrom('x-men', "don't", 'halfLife', '"the"', 'a -b', '-a'));
    fc.assert(
      fc.property(typed, (text) => {
        const needle = text.trim();
        const read = needle === '' ? [] : plain.map((reading) => reading.search(haystack, needle, 3)[0] ?? []);
        const indexes = read.find(({ length }) => length > 0);
        const ids = (list: readonly number[]): string[] => list.map((index) => entries[index]?.entry.id ?? '').sort();
        const { entries: whole, count } = many.find(text, entries.length);
        expect(whole.map(({ entry }) => entry.id as string).sort()).toEqual(ids(indexes ?? []));
        expect(count).toBe(whole.length);
        // Fewer are wanted: the same ones come first.
        expect(many.find(text, 3)).toEqual({ entries: whole.slice(0, 3), count });
      }),
      { numRuns: 300 },
    );
  });
});
