// What every row of the page needs: the settings as main tells them, the level that is being changed, and the two ways to change it.
import { createContext, useContext } from 'react';
import type { Profile, ProfileKey, ProfileLevel, ProfileView } from '../../../electron/common/profile';
import type { SettableLevel } from './levels';

export interface Settings {
  readonly view: ProfileView;
  readonly level: SettableLevel;
  /** In words, with the names of host and network. */
  readonly sourceOf: (from: ProfileLevel) => string;
  /** Sets values at the level; resolves when main's answer is shown. */
  readonly set: (part: Profile) => Promise<unknown>;
  readonly inherit: (keys: readonly ProfileKey[]) => Promise<unknown>;
}

export const SettingsContext = createContext<Settings | null>(null);

export function useSettings(): Settings {
  const settings = useContext(SettingsContext);
  if (settings === null) throw new Error('a setting outside the page of stream settings');
  return settings;
}
