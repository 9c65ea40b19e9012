// One setting: what it is called, what it does, where its value comes from, the way back to the inherited one, and its control.
import { CornerUpLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfileKey } from '../../../electron/common/profile';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useNavigation } from '../../navigation/navigation-context';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { inheritedAt, isOverridden, isSetAt, levelsInward, seenAt } from './levels';
import { useSettings, type Settings } from './settings-context';
import { sourceIcons } from './source-icons';
import type { english } from './texts.en';
import { resolutionWords, valueInWords } from './value-words';

type SettingName = keyof typeof english.settings;

interface SettingRowProps {
  readonly name: SettingName;
  readonly children: ReactNode;
  /** What is wrong with the value, beside the control. */
  readonly warning?: string | undefined;
}

/** The key under which the control of a setting takes the focus. */
export function controlKey(name: SettingName): string {
  return `set-${name}`;
}

export function SettingRow({ name, children, warning }: SettingRowProps): ReactNode {
  const { t } = useTranslation('profile');
  const settings = useSettings();
  const { engine } = useNavigation();
  const { view, level, sourceOf, inherit } = settings;
  const label = t(`settings.${name}.label`);
  const keys = keysOf(name);
  const isSet = keys.some((key) => isSetAt(view, level, key));
  const isLost = keys.some((key) => isOverridden(view, level, key));
  const from = innermost(keys.map((key) => view.resolved.from[key]));
  return (
    <FocusGroup className="setting" role="group" label={label} preferred={controlKey(name)} remembers={false}>
      <div className="setting__words">
        <h3 className="setting__label">{label}</h3>
        <p className="setting__does">{t(`settings.${name}.does`)}</p>
        <div className="setting__origin">
          <Chip icon={sourceIcons[from]} text={sourceOf(from)} tone={from === level ? 'accent' : 'neutral'} />
          {isLost && <span className="setting__lost">{t('overridden', { value: inForce(settings, name) })}</span>}
          {isSet && (
            <Button
              label={t('inherit', { value: inheritedWords(settings, name) ?? t('followsMode') })}
              icon={CornerUpLeft}
              look="quiet"
              size="small"
              onPress={() => {
                // The button goes away with what it undoes; the focus must not go with it.
                engine.focus(controlKey(name));
                void inherit(keys);
              }}
            />
          )}
        </div>
        {warning !== undefined && (
          <p className="setting__warning" data-tone="warn" role="status">
            {warning}
          </p>
        )}
      </div>
      <div className="setting__control">{children}</div>
    </FocusGroup>
  );
}

function keysOf(name: SettingName): readonly ProfileKey[] {
  return name === 'resolution' ? ['widthPx', 'heightPx'] : [name];
}

function innermost<L extends Settings['view']['resolved']['from'][ProfileKey]>(sources: readonly L[]): L | 'default' {
  const inwardFirst = [...levelsInward].reverse();
  return sources.find((source) => inwardFirst.find((level) => (sources as readonly string[]).includes(level)) === source) ?? 'default';
}

function inForce({ view }: Settings, name: SettingName): string {
  const { values } = view.resolved;
  if (name === 'resolution') return resolutionWords(values.widthPx, values.heightPx);
  return valueInWords(name, values[name]);
}

/** null: a bitrate that follows from the mode, whatever that will be. */
function inheritedWords({ view, level }: Settings, name: SettingName): string | null {
  if (name === 'resolution') {
    const [width, height] = [inheritedAt(view, level, 'widthPx'), inheritedAt(view, level, 'heightPx')];
    return width.value === undefined || height.value === undefined ? null : resolutionWords(width.value, height.value);
  }
  const { value } = inheritedAt(view, level, name);
  return value === undefined ? null : valueInWords(name, value);
}

/** What the control shows: the value as it is seen from the level that is being changed. */
export function useSeen<K extends ProfileKey>(key: K): ReturnType<typeof seenAt<K>> {
  const { view, level } = useSettings();
  return seenAt(view, level, key);
}
