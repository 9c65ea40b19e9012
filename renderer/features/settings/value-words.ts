// A setting's value in words, as its control shows it.
import type { SettingName, Settings } from '../../../electron/common/settings';
import { choiceWords, texts, units } from './texts';

export function valueInWords<K extends SettingName>(name: K, value: Settings[K]): string {
  if (typeof value === 'boolean') return value ? texts.on : texts.off;
  if (typeof value === 'number') return `${value} ${units[name as keyof typeof units]}`;
  const words: Readonly<Record<string, string>> = choiceWords[name as keyof typeof choiceWords];
  return words[String(value)] ?? String(value);
}
