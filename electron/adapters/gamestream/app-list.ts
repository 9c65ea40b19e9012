// The apps a GameStream host offers, from /applist: cleaned, without those nobody could launch, and each id once.
import { success, type Result } from '../../common/result';
import type { GameStreamApp } from '../../domain/hosts/gamestream-host';
import { childText, type XmlAnswer } from './answer-xml';
import { badAnswer, type Place } from './gamestream-failures';
import { cleanName } from './host-text';
import { refusal } from './nv-client';
import { wholeNumber } from './server-info';

/** More than any library holds; what is saved takes no more. */
const mostApps = 50_000;

export interface AppList {
  readonly apps: readonly GameStreamApp[];
  /** How many were left out, for want of a usable id or because their id was there already. */
  readonly leftOut: number;
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
