// Finds entries by what a person types: made once for a library, asked at every key.
import uFuzzy from '@leeoniya/ufuzzy';
import type { HostId } from '../../../electron/common/ids';
import type { LibraryEntry, LibraryHost } from '../../../electron/common/library';

/** One slip of the finger per word is forgiven: a wrong, missing or swapped letter (uFuzzy's README). */
const slips = { intraMode: 1, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1 } as const;

/** Words of letters that every keyboard has. Its expressions are compiled in a fifth of the other's time, at each new word. */
const fuzzyAscii = new uFuzzy(slips);

/** Letters of every script count. */
const fuzzyAnyScript = new uFuzzy({
  ...slips,
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraChars: '\\S',
  intraContr: "'\\p{L}{1,2}\\b",
});

/** Words are looked for in any order, as long as there are not more of them: each order is a search of its own. */
const mostPermuted = 3;

export class LibrarySearch {
  #haystack: string[] | null = null;

  constructor(
    private readonly entries: readonly LibraryEntry[],
    private readonly hosts: readonly LibraryHost[],
  ) {}

  /** Makes now what the first search would have to wait for. */
  prepare(): void {
    this.#read();
  }

  /** Best first; an entry is found by its name, its host's name and its host's address. */
  find(wanted: string): LibraryEntry[] {
    const needle = uFuzzy.latinize(wanted.trim());
    if (needle === '') return [];
    const fuzzy = /^[\x20-\x7e]*$/.test(needle) ? fuzzyAscii : fuzzyAnyScript;
    const [indexes, info, order] = fuzzy.search(this.#read(), needle, mostPermuted);
    if (indexes === null) return [];
    const found = info === null || order === null ? indexes : order.map((place) => info.idx[place]);
    return found.flatMap((index) => (index === undefined ? [] : (this.entries[index] ?? [])));
  }

  #read(): string[] {
    if (this.#haystack !== null) return this.#haystack;
    const hosts = new Map<HostId, string>(this.hosts.map(({ record }) => [record.id, `${record.name} ${record.address}`]));
    this.#haystack = uFuzzy.latinize(this.entries.map(({ entry }) => `${entry.name} ${hosts.get(entry.host) ?? ''}`));
    return this.#haystack;
  }
}
