// The control that fits a setting: a choice, a switch or a number.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { settingLimits, type SettingName } from '../../../electron/common/settings';
import { changeSettings, useSettings } from '../../stores/settings';
import { Choice } from '../../ui/Choice';
import { NumberField } from '../../ui/NumberField';
import { Switch } from '../../ui/Switch';
import { choicesInWords, units } from './value-words';

/** The key under which the control of a setting takes the focus. */
export function controlKey(name: SettingName): string {
  return `setting-${name}`;
}

const steps = { zoomPercent: 10, soundVolumePercent: 10, repeatDelayMs: 50, repeatEveryMs: 20 } as const;

type NumberName = keyof typeof steps;

function isNumber(name: SettingName): name is NumberName {
  return name in steps;
}

export function SettingControl({ name }: { readonly name: SettingName }): ReactNode {
  const { t } = useTranslation('settings');
  const value = useSettings(({ view }) => view.values[name]);
  const label = t(`settings.${name}.label`);
  const focusKey = controlKey(name);
  const set = (next: unknown): Promise<boolean> => changeSettings({ [name]: next });
  if (typeof value === 'boolean') return <Switch bare label={label} checked={value} focusKey={focusKey} onChange={(next) => void set(next)} />;
  if (isNumber(name)) {
    return (
      <NumberField label={label} unit={units[name]} value={Number(value)} {...settingLimits[name]} whole stepFrom={() => steps[name]} focusKey={focusKey} onCommit={set} />
    );
  }
  return <Choice label={label} value={String(value)} options={choicesInWords(name)} focusKey={focusKey} onChange={(next) => void set(next)} />;
}
