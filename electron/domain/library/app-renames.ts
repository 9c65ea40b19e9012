// Tells which app of a host's list is one that was listed under another name before.
import { apartAfter, crc32 } from './crc32';

export interface ListedApp {
  readonly id: number;
  readonly name: string;
}

export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** Beyond this, a list was not renamed but replaced. */
const mostRenames = 50;

/** A SHA-256 in hexadecimal, which Sunshine puts behind the name. */
const coverHashBytes = 64;

/**
 * Hosts do not tell that an app was renamed; all there is are two lists. A name that went and one that came are taken for
 * the same app only where there is proof, for giving an app what belongs to another is worse than forgetting a favourite:
 *
 * 1. Both ids fit one cover. Sunshine's id is the CRC-32 of the name and the cover's hash, so from two names and two ids it
 *    can be computed whether the cover was the same. This holds for several renames at once, and in any order.
 * 2. One went, one came, and the id is the same: hosts that number their apps.
 * 3. One went, one came, neither has a cover of its own, and the new name stands where the old one stood between the same
 *    neighbours. The last place does not count: hosts append what is new.
 *
 * So these are taken for new apps: one that was renamed and given another cover within one look, and one without a cover
 * that moved in the list with its new name. What was saved of the old name stays saved, and is there again when the name
 * comes back.
 */
export function renamedApps(before: readonly ListedApp[], after: readonly ListedApp[]): Rename[] {
  const gone = missingIn(before, after);
  const came = missingIn(after, before);
  if (gone.length === 0 || came.length === 0 || gone.length > mostRenames || came.length > mostRenames) return [];
  const byCover = onlyPairs(gone, came, sameCover);
  if (byCover.length > 0) return byCover;
  const [from] = gone;
  const [to] = came;
  if (!from || !to || gone.length > 1 || came.length > 1) return [];
  const same = from.id === to.id || (hasNoCover(from) && hasNoCover(to) && sameNeighbours(before, after, from, to));
  return same ? [{ from: from.name, to: to.name }] : [];
}

/** Names that a list has once, and the other not at all. */
function missingIn(list: readonly ListedApp[], other: readonly ListedApp[]): ListedApp[] {
  const others = new Set(other.map(({ name }) => name));
  const missing = new Map<string, ListedApp | null>();
  for (const app of list) if (!others.has(app.name)) missing.set(app.name, missing.has(app.name) ? null : app);
  return [...missing.values()].filter((app) => app !== null);
}

/** Pairs of which neither side fits anybody else. */
function onlyPairs(gone: readonly ListedApp[], came: readonly ListedApp[], fits: (from: ListedApp, to: ListedApp) => boolean): Rename[] {
  const pairs = gone.flatMap((from) => came.filter((to) => fits(from, to)).map((to) => ({ from: from.name, to: to.name })));
  return pairs.filter(({ from, to }) => pairs.filter((other) => other.from === from || other.to === to).length === 1);
}

function sameCover(from: ListedApp, to: ListedApp): boolean {
  const apart = apartAfter(crc32(from.name) ^ crc32(to.name), coverHashBytes);
  return signs(from.id).some((one) => signs(to.id).some((two) => (one ^ two) >>> 0 === apart));
}

/** The id is the checksum's absolute value as a signed number: it may have been either of two. */
function signs(id: number): readonly number[] {
  return [id, -id];
}

function hasNoCover({ id, name }: ListedApp): boolean {
  return id === Math.abs(crc32(name) | 0);
}

function sameNeighbours(before: readonly ListedApp[], after: readonly ListedApp[], from: ListedApp, to: ListedApp): boolean {
  const place = before.indexOf(from);
  if (before.length !== after.length || place === before.length - 1) return false;
  return before.every(({ name }, index) => (index === place ? after[index] === to : after[index]?.name === name));
}
