// What a level of a profile sees: its own values, those it inherits, and what is set further in and wins over it.
import type { Entry } from '../../../electron/common/entry';
import type { Profile, ProfileKey, ProfileLevel, ProfilePlace, ProfileValues, ProfileView } from '../../../electron/common/profile';
import { profileDefaults } from '../../../electron/common/profile-defaults';

export type SettableLevel = Exclude<ProfileLevel, 'default'>;

/** From the outermost to the innermost, which wins. */
export const levelsInward = ['global', 'host', 'entry', 'network'] as const satisfies readonly SettableLevel[];

/** A value and the level that sets it; the default bitrate follows from the mode, so it may be unknown. */
export interface Sight<K extends ProfileKey> {
  readonly value: ProfileValues[K] | undefined;
  readonly from: ProfileLevel;
}

/** What holds at a level when nothing further in is set. */
export function seenAt<K extends ProfileKey>(view: ProfileView, level: SettableLevel, key: K): Sight<K> {
  return sight(view, levelsInward.slice(0, levelsInward.indexOf(level) + 1), key);
}

/** What would hold at a level without its own value. */
export function inheritedAt<K extends ProfileKey>(view: ProfileView, level: SettableLevel, key: K): Sight<K> {
  return sight(view, levelsInward.slice(0, levelsInward.indexOf(level)), key);
}

function sight<K extends ProfileKey>({ levels, resolved }: ProfileView, seen: readonly SettableLevel[], key: K): Sight<K> {
  for (const from of [...seen].reverse()) {
    const value = levels[from][key];
    if (value !== undefined) return { value: value as ProfileValues[K], from };
  }
  const isDefaultInForce = resolved.from[key] === 'default';
  const defaults: Partial<ProfileValues> = isDefaultInForce ? resolved.values : profileDefaults;
  return { value: defaults[key], from: 'default' };
}

/** Whether a level further in sets the value, so that what is set at this one does not reach the stream. */
export function isOverridden({ resolved }: ProfileView, level: SettableLevel, key: ProfileKey): boolean {
  const from = resolved.from[key];
  return from !== 'default' && levelsInward.indexOf(from) > levelsInward.indexOf(level);
}

export function isSetAt({ levels }: ProfileView, level: SettableLevel, key: ProfileKey): boolean {
  return levels[level][key] !== undefined;
}

export function countSet({ levels }: ProfileView, level: SettableLevel): number {
  return Object.values(levels[level]).filter((value) => value !== undefined).length;
}

/** Where to write; null for the network while it is not recognised. */
export function placeOf(level: SettableLevel, { id, host }: Pick<Entry, 'id' | 'host'>, { network }: ProfileView): ProfilePlace | null {
  switch (level) {
    case 'global':
      return { level };
    case 'host':
      return { level, hostId: host };
    case 'entry':
      return { level, entryId: id };
    case 'network':
      return network === null ? null : { level, network };
  }
}

export function withoutKeys(profile: Profile, keys: readonly ProfileKey[]): Profile {
  return Object.fromEntries(Object.entries(profile).filter(([key]) => !(keys as readonly string[]).includes(key)));
}
