// One setting: what it is called, what it does, its control, and the way back to the default.
import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultSettings, type SettingName } from '../../../electron/common/settings';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useNavigation } from '../../navigation/navigation-context';
import { changeSettings, resetSetting, useSettings } from '../../stores/settings';
import { useToasts } from '../../stores/toasts';
import { Button } from '../../ui/Button';
import { controlKey, SettingControl } from './SettingControl';
import { valueInWords } from './value-words';

export function SettingRow({ name }: { readonly name: SettingName }): ReactNode {
  const { t } = useTranslation('settings');
  const label = t(`settings.${name}.label`);
  const note = useNote(name);
  const isDefault = useSettings(({ view }) => view.values[name] === defaultSettings[name]);
  return (
    <FocusGroup className="setting" role="group" label={label} preferred={controlKey(name)} remembers={false}>
      <div className="setting__words">
        <h3 className="setting__label">{label}</h3>
        <p className="setting__does">{t(`settings.${name}.does`)}</p>
        {note !== null && (
          <p className="setting__warning" data-tone="warn" role="status">
            {note}
          </p>
        )}
        {!isDefault && <ResetButton name={name} />}
      </div>
      <div className="setting__control">
        <SettingControl name={name} />
      </div>
    </FocusGroup>
  );
}

/** Why a setting has no effect at the moment; null: it has. */
function useNote(name: SettingName): string | null {
  const { t } = useTranslation('settings');
  const desktop = useSettings((state) => state.desktop);
  const isSilent = useSettings(({ view }) => !view.values.sounds);
  if (name === 'closeToTray' && desktop?.hasTray === false) return t('noTray');
  if (name === 'reconnectShortcut' && desktop?.holdsShortcut === false) return t('noShortcut');
  return name === 'soundVolumePercent' && isSilent ? t('soundsOff') : null;
}

function ResetButton({ name }: { readonly name: SettingName }): ReactNode {
  const { t } = useTranslation('settings');
  const { engine } = useNavigation();
  const reset = async (): Promise<void> => {
    const before = useSettings.getState().view.values[name];
    // The button goes away with what it undoes; the focus must not go with it.
    engine.focus(controlKey(name));
    if (!(await resetSetting(name))) return;
    useToasts.getState().show({
      tone: 'neutral',
      title: t('wasReset', { label: t(`settings.${name}.label`) }),
      advice: '',
      action: { label: t('undo'), run: () => void changeSettings({ [name]: before }) },
    });
  };
  return (
    <div className="setting__reset">
      <Button label={t('reset', { value: valueInWords(name, defaultSettings[name]) })} icon={RotateCcw} look="quiet" size="small" focusKey={`reset-${name}`} onPress={() => void reset()} />
    </div>
  );
}
