// Finds entries by what a person types: made once for a library, asked at every key.
import uFuzzy from '@leeoniya/ufuzzy';
import type { HostId } from '../../../electron/common/ids';
import type { LibraryEntry, LibraryHost } from '../../../electron/common/library';

/** The entries come in the order of their names: those that match as well stay in it, and need not be compared by name. */
const asTheyCome = { compare: () => 0 } as const;

/** Letters of every script count (uFuzzy's README). */
const anyScript = {
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraChars: '\\S',
  intraContr: "'\\p{L}{1,2}\\b",
} as const;

/** One slip of the finger per word is forgiven: a wrong, missing or swapped letter (uFuzzy's README). */
const slips = { intraMode: 1, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1 } as const;

/** How words are read. Each keeps what it found for a word. */
interface Reading {
  readonly name: string;
  readonly fuzzy: uFuzzy;
  /** Of a word's letters, how many an entry may be without. */
  readonly mostMissing: 0 | 1;
}

/** As they were typed; and where that finds nothing, with slips: a guess beside what was meant is in the way, and takes far longer to make. */
const readings: Readonly<Record<'ascii' | 'anyScript', readonly Reading[]>> = {
  // Expressions over letters that every keyboard has are compiled in a fifth of the others' time, at each new word.
  ascii: [
    { name: 'ascii', fuzzy: new uFuzzy(asTheyCome), mostMissing: 0 },
    { name: 'ascii, slips', fuzzy: new uFuzzy({ ...asTheyCome, ...slips }), mostMissing: 1 },
  ],
  anyScript: [
    { name: 'any', fuzzy: new uFuzzy({ ...asTheyCome, ...anyScript }), mostMissing: 0 },
    { name: 'any, slips', fuzzy: new uFuzzy({ ...asTheyCome, ...anyScript, ...slips }), mostMissing: 1 },
  ],
};

/** Words are looked for in any order, as long as there are not more of them: each order is a search of its own. */
const mostPermuted = 3;
/** When more are found than this, nobody reads them through: they come in the order of their names. */
const mostRanked = 1_000;
/** So many words are remembered with their places. Who types on asks for all but the last one again at each key. */
const mostRemembered = 32;
/** Found often, seldom and not at all, in one word and two. */
const warmUp = ['e', 'the', 'port', 'portal', 'hollow kn', 'zqx'];

export interface Found {
  /** Best first. */
  readonly entries: readonly LibraryEntry[];
  /** How many there are, of which these are the first or all. */
  readonly count: number;
}

const nothing: Found = { entries: [], count: 0 };

/** Of texts, in their order. */
type Places = readonly number[];

interface Haystack {
  readonly texts: string[];
  /** Of each text, the letters in it. */
  readonly letters: Uint32Array;
}

export class LibrarySearch {
  #haystack: Haystack | null = null;
  readonly #placesOf = new Map<string, Places>();

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
    for (const reading of readings[/^[\x20-\x7e]*$/.test(needle) ? 'ascii' : 'anyScript']) {
      const places = this.#places(reading, needle);
      if (places.length > 0) return { entries: places.slice(0, most).flatMap((place) => this.entries[place] ?? []), count: places.length };
    }
    return nothing;
  }

  /** Best first. */
  #places(reading: Reading, needle: string): Places {
    // "-word" means: without it.
    const sieved = /(?:^|\s)-/.test(needle) ? null : this.#sieve(reading, reading.fuzzy.split(needle));
    if (sieved !== null && (sieved.length === 0 || sieved.length > mostRanked)) return sieved;
    const [indexes, info, order] = reading.fuzzy.search(this.#read().texts, needle, mostPermuted, mostRanked, sieved === null ? undefined : [...sieved]);
    return info === null || order === null ? (indexes ?? []) : order.flatMap((place) => info.idx[place] ?? []);
  }

  /** The texts that hold every one of these words, in whatever order. */
  #sieve(reading: Reading, words: readonly string[]): Places {
    const { texts, letters } = this.#read();
    const keyOf = (word: string): string => `${reading.name}: ${word}`;
    let places: Places | null = null;
    for (const word of words) {
      const remembered = this.#placesOf.get(keyOf(word));
      if (remembered !== undefined) places = places === null ? remembered : inBoth(places, remembered);
    }
    for (const word of words) {
      if (this.#placesOf.has(keyOf(word))) continue;
      const candidates = possible(letters, word, word.length === 1 ? 0 : reading.mostMissing, places);
      const found: Places = isOneLetter(word) ? candidates : (reading.fuzzy.filter(texts, word, candidates) ?? []);
      if (places === null) this.#remember(keyOf(word), found);
      places = found;
    }
    return places ?? [];
  }

  /** What was asked first goes first. */
  #remember(key: string, places: Places): void {
    const [oldest] = this.#placesOf.keys();
    if (this.#placesOf.size >= mostRemembered && oldest !== undefined) this.#placesOf.delete(oldest);
    this.#placesOf.set(key, places);
  }

  #read(): Haystack {
    if (this.#haystack !== null) return this.#haystack;
    const hosts = new Map<HostId, string>(this.hosts.map(({ record }) => [record.id, `${record.name} ${record.address}`]));
    const texts = uFuzzy.latinize(this.entries.map(({ entry }) => `${entry.name} ${hosts.get(entry.host) ?? ''}`));
    this.#haystack = { texts, letters: Uint32Array.from(texts, lettersIn) };
    return this.#haystack;
  }
}

/** To have it is to be found by it. */
function isOneLetter(word: string): boolean {
  return /^[a-z]$/i.test(word);
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

/** Of these texts, or of all, those that may hold the word: of its letters no more than so many are not in them. */
function possible(letters: Uint32Array, word: string, mostMissing: 0 | 1, among: Places | null): number[] {
  const wanted = lettersIn(word);
  const places: number[] = [];
  const count = among === null ? letters.length : among.length;
  for (let index = 0; index < count; index += 1) {
    const place = among === null ? index : (among[index] ?? 0);
    const missing = wanted & ~(letters[place] ?? 0);
    if (missing === 0 || (mostMissing === 1 && (missing & (missing - 1)) === 0)) places.push(place);
  }
  return places;
}

/** Both in the same order. */
function inBoth(some: Places, others: Places): Places {
  const places: number[] = [];
  let next = 0;
  for (const place of some) {
    while ((others[next] ?? Infinity) < place) next += 1;
    if (others[next] === place) places.push(place);
  }
  return places;
}
