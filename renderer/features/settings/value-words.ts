// A setting's values in words, as its control shows them.
import { settingsSchema, type SettingName, type Settings } from '../../../electron/common/settings';
import { wordsOf } from '../../language/language';
import type { ChoiceName } from './setting-groups';
import type { english } from './texts.en';

const words = wordsOf('settings');

export const units = { zoomPercent: '%', soundVolumePercent: '%', repeatDelayMs: 'ms', repeatEveryMs: 'ms' } as const;

type Choices = typeof english.choices;
/** Each with the values it has: `choices.theme.dark`. */
type ChoiceKey = { [K in ChoiceName]: `choices.${K}.${keyof Choices[K] & Settings[K]}` }[ChoiceName];

export function valueInWords<K extends SettingName>(name: K, value: Settings[K]): string {
  if (typeof value === 'boolean') return value ? words('on') : words('off');
  if (typeof value === 'number') return `${value} ${units[name as keyof typeof units]}`;
  return words(`choices.${name}.${value}` as ChoiceKey);
}

export interface ChoiceInWords {
  readonly value: string;
  readonly label: string;
}

/** All that can be chosen for a setting; none where it is no choice. */
export function choicesInWords(name: SettingName): readonly ChoiceInWords[] {
  const schema = settingsSchema.shape[name];
  if (!('options' in schema)) return [];
  return schema.options.map((value) => ({ value, label: valueInWords(name, value) }));
}
