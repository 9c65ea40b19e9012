// Makes an id from a name: what a person would have chosen in the config file.

/** Leaves room for a number or a mark behind it; an id has at most 64 characters. */
export const longestBase = 54;

/** Lower-case letters and digits of the name, joined by hyphens; empty when it has none. */
export function wordsOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestBase)
    .replace(/^-+|-+$/g, '');
}

/** Hands out ids that nobody has yet; many of one name cost no more than others. */
export class FreeIds {
  private readonly taken: Set<string>;
  private readonly nextNumber = new Map<string, number>();

  constructor(taken: Iterable<string>) {
    this.taken = new Set(taken);
  }

  /** @returns lower-case letters and digits joined by hyphens, at most 64 characters; it is taken from now on */
  take(name: string): string {
    const words = wordsOf(name);
    return this.takeBase(words === '' ? 'entry' : words);
  }

  /** @param base what `wordsOf` has made of a name */
  takeBase(base: string): string {
    let id = base;
    for (let number = this.nextNumber.get(base) ?? 2; this.taken.has(id); number += 1) {
      id = `${base}-${number}`;
      this.nextNumber.set(base, number + 1);
    }
    this.taken.add(id);
    return id;
  }
}

/** @returns one id that is none of `taken` */
export function freeId(name: string, taken: Iterable<string>): string {
  return new FreeIds(taken).take(name);
}
