// Where a change is kept: the switch between the levels, what that means, and the way to set nothing at a level.
import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryId } from '../../../electron/common/ids';
import { FocusGroup } from '../../navigation/FocusGroup';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { nameInSentence, plainName } from '../../ui/host-state';
import { BudgetStrip } from './BudgetPanel';
import { countSet, levelsInward, type SettableLevel } from './levels';
import { NetworkName } from './NetworkName';
import { useSettings } from './settings-context';

interface LevelBarProps {
  readonly entryId: EntryId;
  readonly entryName: string;
  readonly hostName: string;
  /** A stream of it is under way, which keeps the settings it began with. */
  readonly isRunning: boolean;
  readonly onChange: (level: SettableLevel) => void;
  readonly onClear: () => unknown;
}

export const levelChoiceKey = 'profile-level';

export function LevelBar({ entryId, entryName, hostName, isRunning, onChange, onClear }: LevelBarProps): ReactNode {
  const { t } = useTranslation('profile');
  const { view, level } = useSettings();
  const network = view.network === null ? t('noNetwork') : plainName(view.network.name);
  const names: Readonly<Record<SettableLevel, string>> = { global: '', host: hostName, entry: entryName, network };
  const noteOf = (each: SettableLevel): string => {
    const set = countSet(view, each) === 0 ? t('noneSet') : t('setCount', { count: countSet(view, each) });
    if (each === 'network' && view.network === null) return t('noNetwork');
    return each === 'global' || each === 'entry' ? set : t('levelNote', { name: names[each], set });
  };
  return (
    <>
      <FocusGroup className="levels" preferred={levelChoiceKey}>
        <div className="levels__row">
          <Choice
            wide
            label={t('levels')}
            value={level}
            options={levelsInward.map((each) => ({
              value: each,
              label: t(`levelNames.${each}`),
              note: noteOf(each),
              unavailable: each === 'network' && view.network === null ? t('noNetworkWhy') : undefined,
            }))}
            onChange={onChange}
            focusKey={levelChoiceKey}
          />
          <Button
            iconOnly
            look="quiet"
            icon={RotateCcw}
            label={t('clear')}
            focusKey="profile-clear"
            unavailable={countSet(view, level) === 0 ? t('clearNothing') : undefined}
            onPress={onClear}
          />
        </div>
        <BudgetStrip />
      </FocusGroup>
      <div>
        <p className="page__lead levels__lead" role="status">
          {t(`levelLeads.${level}.before`)}
          <bdi>{nameInSentence(names[level])}</bdi>
          {t(`levelLeads.${level}.after`)}
          {isRunning && ` ${t('nextStart')}`}
        </p>
        {view.network === null && <p className="field__hint">{t('noNetworkWhy')}</p>}
      </div>
      {level === 'network' && view.network !== null && <NetworkName key={view.network.id} entryId={entryId} network={view.network} />}
    </>
  );
}
