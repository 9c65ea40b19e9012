// Which settings a search means: those whose words hold every word that was typed, wherever it stands.
import type { SettingName } from '../../../electron/common/settings';
import { wordsOf } from '../../language/language';
import { settingGroups } from './setting-groups';
import { choicesInWords } from './value-words';

const words = wordsOf('settings');

export interface FoundSettings {
  /** Of their group. */
  readonly title: string;
  readonly names: readonly SettingName[];
}

function allWordsOf(name: SettingName, group: string): string {
  const told = (['label', 'does', 'alsoCalled'] as const).map((part) => words(`settings.${name}.${part}`)).join(' ');
  const options = choicesInWords(name).map(({ label }) => label).join(' ');
  return `${group} ${told} ${options} ${name}`.toLowerCase();
}

/** @returns the groups with what was found in them; none that is empty */
export function findSettings(search: string): readonly FoundSettings[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  return settingGroups
    .map(({ key, names }) => ({ title: words(`groups.${key}`), names }))
    .map(({ title, names }) => ({ title, names: names.filter((name) => wanted.every((word) => allWordsOf(name, title).includes(word))) }))
    .filter(({ names }) => names.length > 0);
}
