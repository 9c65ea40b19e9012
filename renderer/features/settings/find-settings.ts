// Which settings a search means: those whose words hold every word that was typed, wherever it stands.
import { choiceWords, settingGroups, settingWords, type SettingGroup } from './texts';
import type { SettingName } from '../../../electron/common/settings';

function wordsOf(name: SettingName, group: string): string {
  const { label, does, alsoCalled } = settingWords[name];
  const options = name in choiceWords ? Object.values(choiceWords[name as keyof typeof choiceWords]).join(' ') : '';
  return `${group} ${label} ${does} ${alsoCalled} ${options} ${name}`.toLowerCase();
}

/** @returns the groups with what was found in them; none that is empty */
export function findSettings(search: string): readonly SettingGroup[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  return settingGroups
    .map(({ title, names }) => ({ title, names: names.filter((name) => wanted.every((word) => wordsOf(name, title).includes(word))) }))
    .filter(({ names }) => names.length > 0);
}
