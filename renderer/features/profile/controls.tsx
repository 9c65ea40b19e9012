// The controls of the settings: switches, choices, numbers with usual values, the resolution, and the bitrate.
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfileKey, ProfileValues } from '../../../electron/common/profile';
import { wordsOf } from '../../language/language';
import { useNavigation } from '../../navigation/navigation-context';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { NumberField } from '../../ui/NumberField';
import type { NumberLimits } from '../../ui/number-text';
import { Switch } from '../../ui/Switch';
import { formatRate } from '../../ui/format';
import { inheritedAt, isOverridden } from './levels';
import { limits } from './limits';
import { bitrateStep } from './rates';
import { controlKey, SettingRow, useSeen } from './SettingRow';
import { useSettings } from './settings-context';
import { choicesInWords, resolutions, type ChoiceName } from './value-words';

const words = wordsOf('profile');

type KeysOf<T> = { [K in ProfileKey]: ProfileValues[K] extends T ? K : never }[ProfileKey];

function otherOption(): { readonly value: 'other'; readonly label: string } {
  return { value: 'other', label: words('custom') };
}

export function SwitchRow({ name }: { readonly name: KeysOf<boolean> }): ReactNode {
  const { t } = useTranslation('profile');
  const { set } = useSettings();
  const { value } = useSeen(name);
  return (
    <SettingRow name={name}>
      <Switch bare label={t(`settings.${name}.label`)} checked={value === true} focusKey={controlKey(name)} onChange={(next) => void set({ [name]: next })} />
    </SettingRow>
  );
}

export function ChoiceRow({ name, warning }: { readonly name: ChoiceName; readonly warning?: string | undefined }): ReactNode {
  const { t } = useTranslation('profile');
  const { set } = useSettings();
  const { value } = useSeen(name);
  return (
    <SettingRow name={name} warning={warning}>
      <Choice label={t(`settings.${name}.label`)} value={String(value)} options={choicesInWords(name)} focusKey={controlKey(name)} onChange={(next) => void set({ [name]: next })} />
    </SettingRow>
  );
}

/** Whether the field for any other value is open: because it was asked for, or because the value is none of the usual ones. */
function useOther(isUsual: boolean, firstField: string): { readonly isOpen: boolean; readonly open: () => void; readonly close: () => void } {
  const { engine } = useNavigation();
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    if (isWanted) engine.focus(firstField);
  }, [engine, isWanted, firstField]);
  return { isOpen: isWanted || !isUsual, open: () => setWanted(true), close: () => setWanted(false) };
}

export function FpsRow(): ReactNode {
  const { t } = useTranslation('profile');
  const { set } = useSettings();
  const fps = useSeen('fps').value ?? 0;
  const usual = [30, 60, 90, 120, 144];
  const field = `${controlKey('fps')}-other`;
  const other = useOther(usual.includes(fps), field);
  return (
    <SettingRow name="fps">
      <Choice
        label={t('settings.fps.label')}
        value={other.isOpen ? 'other' : String(fps)}
        options={[...usual.map((rate) => ({ value: String(rate), label: String(rate) })), otherOption()]}
        focusKey={controlKey('fps')}
        onChange={(next) => {
          if (next === 'other') return other.open();
          other.close();
          void set({ fps: Number(next) });
        }}
      />
      {other.isOpen && (
        <NumberField label={t('settings.fps.label')} unit={t('fps')} value={fps} {...limits.fps} stepFrom={() => 5} focusKey={field} onCommit={(next) => set({ fps: next })} />
      )}
    </SettingRow>
  );
}

export function ResolutionRow(): ReactNode {
  const { t } = useTranslation('profile');
  const { set } = useSettings();
  const widthPx = useSeen('widthPx').value ?? 0;
  const heightPx = useSeen('heightPx').value ?? 0;
  const chosen = resolutions.find((resolution) => resolution.widthPx === widthPx && resolution.heightPx === heightPx);
  const field = `${controlKey('resolution')}-width`;
  const other = useOther(chosen !== undefined, field);
  const side = { unit: t('pixels'), showLabel: true, stepFrom: () => 8 };
  return (
    <SettingRow name="resolution">
      <Choice
        label={t('settings.resolution.label')}
        value={other.isOpen || chosen === undefined ? 'other' : chosen.name}
        options={[...resolutions.map(({ name }) => ({ value: name, label: name })), otherOption()]}
        focusKey={controlKey('resolution')}
        onChange={(next) => {
          const picked = resolutions.find(({ name }) => name === next);
          if (picked === undefined) return other.open();
          other.close();
          void set({ widthPx: picked.widthPx, heightPx: picked.heightPx });
        }}
      />
      {other.isOpen && (
        <div className="setting__sides">
          <NumberField {...side} {...limits.widthPx} label={t('width')} value={widthPx} focusKey={field} onCommit={(next) => set({ widthPx: next, heightPx })} />
          <NumberField {...side} {...limits.heightPx} label={t('height')} value={heightPx} focusKey={`${controlKey('resolution')}-height`} onCommit={(next) => set({ widthPx, heightPx: next })} />
        </div>
      )}
    </SettingRow>
  );
}

export function BitrateRow(): ReactNode {
  const { t } = useTranslation('profile');
  const { view, level, set, inherit } = useSettings();
  const seen = useSeen('bitrateKbps');
  const defaultKbps = withinLimits(view.budget.defaultKbps);
  const megabits = (seen.value ?? defaultKbps) / 1_000;
  const inMegabits: NumberLimits = { min: limits.bitrateKbps.min / 1_000, max: limits.bitrateKbps.max / 1_000, whole: false };
  return (
    <SettingRow name="bitrateKbps">
      <NumberField
        label={t('settings.bitrateKbps.label')}
        unit={t('megabits')}
        value={megabits}
        {...inMegabits}
        stepFrom={bitrateStep}
        focusKey={controlKey('bitrateKbps')}
        onCommit={(next) => set({ bitrateKbps: Math.round(next * 1_000) })}
      />
      <div className="setting__presses">
        <Button
          size="small"
          label={t('useDefault', { rate: formatRate(defaultKbps) })}
          unavailable={seen.from === 'default' ? t('isSetAlready') : undefined}
          // Not set at all it stays right when the mode changes; only over another level's figure it must be a figure.
          onPress={() => (inheritedAt(view, level, 'bitrateKbps').from === 'default' ? inherit(['bitrateKbps']) : set({ bitrateKbps: defaultKbps }))}
        />
        <AdviceButton label={t('useAdvice', { rate: formatRate(view.budget.advisedKbps) })} />
      </div>
    </SettingRow>
  );
}

/** Takes Athena's advice for the bitrate at the level that is being changed. */
export function AdviceButton({ label, focusKey }: { readonly label: string; readonly focusKey?: string }): ReactNode {
  const { t } = useTranslation('profile');
  const { view, level, set } = useSettings();
  const { advisedKbps } = view.budget;
  const unavailable = isOverridden(view, level, 'bitrateKbps')
    ? t('winsElsewhere')
    : view.resolved.values.bitrateKbps === advisedKbps
      ? t('isSetAlready')
      : undefined;
  return (
    <Button size="small" label={label} unavailable={unavailable} {...(focusKey === undefined ? {} : { focusKey })} onPress={() => set({ bitrateKbps: withinLimits(advisedKbps) })} />
  );
}

function withinLimits(kbps: number): number {
  return Math.round(Math.min(limits.bitrateKbps.max, Math.max(limits.bitrateKbps.min, kbps)));
}

export function PacketSizeRow(): ReactNode {
  const { t } = useTranslation('profile');
  const { set } = useSettings();
  return (
    <SettingRow name="packetSize">
      <NumberField
        label={t('settings.packetSize.label')}
        unit={t('bytes')}
        value={useSeen('packetSize').value ?? 0}
        {...limits.packetSize}
        stepFrom={() => 16}
        focusKey={controlKey('packetSize')}
        onCommit={(next) => set({ packetSize: next })}
      />
    </SettingRow>
  );
}

