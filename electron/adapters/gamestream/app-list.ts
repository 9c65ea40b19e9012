// The apps a GameStream host offers, from /applist: cleaned, without those nobody could launch, and each id once.
import { success, type Result } from '../../common/result';
import type { GameStreamApp } from '../../domain/hosts/gamestream-host';
import { childText, type XmlAnswer } from './answer-xml';
import { badAnswer, type Place } from './gamestream-failures';
import { cleanName } from './host-text';
import { accepted, readOutcome, refusal } from './nv-client';
import type { RawAnswer } from './nvhttp';
import { wholeNumber } from './server-info';

export const appListLimitBytes = 8 * 1_048_576;
/** More than any library holds; what is saved takes no more. */
const mostApps = 50_000;
/** A list as long as this is read within two frames: not worth a thread. */
const shortListBytes = 64 * 1_024;

export interface AppList {
  readonly apps: readonly GameStreamApp[];
  /** How many were left out, for want of a usable id or because their id was there already. */
  readonly leftOut: number;
}

/** Reads an answer to /applist: a list of thousands keeps a processor busy for a second, and a hostile one for many. */
export type AppListReader = (raw: RawAnswer, place: Place) => Promise<Result<AppList>>;

/** Leaves long lists to another reader. */
export function shortListsHere(elsewhere: AppListReader): AppListReader {
  return async (raw, place) => (raw.body.length <= shortListBytes ? readAppListAnswer(raw, place) : elsewhere(raw, place));
}

/** The host's outcome first, then its list. */
export function readAppListAnswer(raw: RawAnswer, place: Place): Result<AppList> {
  const answer = accepted(readOutcome(raw, appListLimitBytes, place), place);
  return answer.ok ? readAppList(answer.value, place) : answer;
}

/**
 * In the host's order. Of two apps with one id the first counts, as in stream clients. Ids may be negative: hosts make them
 * from a checksum.
 * @param answer one with status 200
 */
export function readAppList({ root }: XmlAnswer, place: Place): Result<AppList> {
  const listed = root.children.filter(({ name }) => name === 'App');
  if (listed.length > mostApps) return refusal(badAnswer(place, `a list of ${listed.length} apps`));
  const apps = new Map<number, GameStreamApp>();
  for (const app of listed) {
    const id = wholeNumber(childText(app, 'ID')?.trim() ?? '');
    if (id === null || id === 0 || apps.has(id)) continue;
    const name = cleanName(childText(app, 'AppTitle') ?? '');
    apps.set(id, { id, name, hdr: childText(app, 'IsHdrSupported')?.trim() === '1' });
  }
  if (listed.length > 0 && apps.size === 0) return refusal(badAnswer(place, 'a list in which no app has a usable id'));
  return success({ apps: [...apps.values()], leftOut: listed.length - apps.size });
}
