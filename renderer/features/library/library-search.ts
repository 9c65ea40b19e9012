// Finds entries by what a person types: made once for a library, asked at every key.
import uFuzzy from '@leeoniya/ufuzzy';
import type { HostId } from '../../../electron/common/ids';
import type { LibraryEntry, LibraryHost } from '../../../electron/common/library';

/** One slip of the finger per word is forgiven: a wrong, missing or swapped letter (uFuzzy's README). */
const slips = { intraMode: 1, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1 } as const;

/** The entries come in the order of their names: those that match as well stay in it, and need not be compared by name. */
const asTheyCome = { compare: () => 0 } as const;

/** Words of letters that every keyboard has. Its expressions are compiled in a fifth of the other's time, at each new word. */
const fuzzyAscii = new uFuzzy({ ...slips, ...asTheyCome });

/** Letters of every script count. */
const fuzzyAnyScript = new uFuzzy({
  ...slips,
  ...asTheyCome,
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraChars: '\\S',
  intraContr: "'\\p{L}{1,2}\\b",
});

/** Words are looked for in any order, as long as there are not more of them: each order is a search of its own. */
const mostPermuted = 3;
/** When more are found than this, nobody reads them through: they come in the order of their names. */
const mostRanked = 1_000;
/** Found often, seldom and not at all, in one word and two. */
const warmUp = ['e', 'the', 'port', 'portal', 'hollow kn', 'zqx'];

export interface Found {
  /** Best first. */
  readonly entries: readonly LibraryEntry[];
  /** How many there are, of which these are the first or all. */
  readonly count: number;
}

const nothing: Found = { entries: [], count: 0 };

interface Haystack {
  readonly texts: string[];
  /** Of each text, the letters in it. */
  readonly letters: Uint32Array;
}

export class LibrarySearch {
  #haystack: Haystack | null = null;

  constructor(
    private readonly entries: readonly LibraryEntry[],
    private readonly hosts: readonly LibraryHost[],
  ) {}

  /** Makes now what the first search would have to wait for. */
  prepare(): void {
    this.#read();
    // The engine compiles what has run a few times: not while somebody waits.
    for (const word of warmUp) this.find(word, 1);
  }

  /**
   * An entry is found by its name, its host's name and its host's address.
   * @param most entries that are handed over: the others are only counted
   */
  find(wanted: string, most: number): Found {
    const needle = uFuzzy.latinize(wanted.trim());
    if (needle === '') return nothing;
    const fuzzy = /^[\x20-\x7e]*$/.test(needle) ? fuzzyAscii : fuzzyAnyScript;
    const { texts, letters } = this.#read();
    const words = fuzzy.split(needle).length;
    // "-word" means: without it.
    const candidates = /(?:^|\s)-/.test(needle) ? undefined : possible(letters, needle, words);
    // Of several words uFuzzy sieves the candidates itself; those of one word it takes for found, and of one letter they are.
    const isSure = words !== 1 || /^[a-z]$/i.test(needle);
    const sieved = candidates === undefined || isSure ? candidates : fuzzy.filter(texts, needle, candidates);
    if (sieved?.length === 0) return nothing;
    const [indexes, info, order] = fuzzy.search(texts, needle, mostPermuted, mostRanked, sieved ?? undefined);
    if (indexes === null) return nothing;
    const ranked = info === null || order === null ? null : { places: order, indexes: info.idx };
    const first = ranked === null ? indexes.slice(0, most) : ranked.places.slice(0, most).map((place) => ranked.indexes[place]);
    const entries = first.flatMap((index) => (index === undefined ? [] : (this.entries[index] ?? [])));
    return { entries, count: ranked === null ? indexes.length : ranked.places.length };
  }

  #read(): Haystack {
    if (this.#haystack !== null) return this.#haystack;
    const hosts = new Map<HostId, string>(this.hosts.map(({ record }) => [record.id, `${record.name} ${record.address}`]));
    const texts = uFuzzy.latinize(this.entries.map(({ entry }) => `${entry.name} ${hosts.get(entry.host) ?? ''}`));
    this.#haystack = { texts, letters: Uint32Array.from(texts, lettersIn) };
    return this.#haystack;
  }
}

/** A bit for each letter from a to z, whatever its case; other signs have none. */
function lettersIn(text: string): number {
  let letters = 0;
  for (let place = 0; place < text.length; place += 1) {
    const letter = (text.charCodeAt(place) | 0x20) - 0x61;
    if (letter >= 0 && letter < 26) letters |= 1 << letter;
  }
  return letters;
}

/** The texts that may hold the needle: with one slip a word, no more than one letter of each word is not in them. */
function possible(letters: Uint32Array, needle: string, words: number): number[] {
  const wanted = lettersIn(needle);
  const mostMissing = needle.length === 1 ? 0 : words;
  const places: number[] = [];
  for (let place = 0; place < letters.length; place += 1) {
    let missing = wanted & ~(letters[place] ?? 0);
    for (let count = 0; missing !== 0 && count < mostMissing; count += 1) missing &= missing - 1;
    if (missing === 0) places.push(place);
  }
  return places;
}
