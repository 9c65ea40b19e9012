// Which settings there are, in their groups, and how their values are chosen.
import type { SettingName, Settings } from '../../../electron/common/settings';
import type { english } from './texts.en';

export interface SettingGroup {
  readonly key: keyof typeof english.groups;
  readonly names: readonly SettingName[];
}

export const settingGroups: readonly SettingGroup[] = [
  { key: 'look', names: ['theme', 'zoomPercent', 'motion', 'language'] },
  { key: 'sound', names: ['sounds', 'soundVolumePercent'] },
  { key: 'gamepad', names: ['repeatDelayMs', 'repeatEveryMs', 'swapSelect'] },
  { key: 'window', names: ['startInCouch', 'closeToTray'] },
  { key: 'streaming', names: ['keepDisplayAwake', 'reconnectShortcut'] },
];

/** Settings of which one of a few is chosen. */
export type ChoiceName = { [K in SettingName]: Settings[K] extends string ? K : never }[SettingName];
