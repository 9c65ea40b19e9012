// Where a change is kept: the switch between the levels, what that means, and the way to set nothing at a level.
import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { EntryId } from '../../../electron/common/ids';
import { FocusGroup } from '../../navigation/FocusGroup';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { nameInSentence, plainName } from '../../ui/host-state';
import { BudgetStrip } from './BudgetPanel';
import { countSet, levelsInward, type SettableLevel } from './levels';
import { NetworkName } from './NetworkName';
import { useSettings } from './settings-context';
import { texts } from './texts';

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
  const { view, level } = useSettings();
  const network = view.network === null ? texts.noNetwork : plainName(view.network.name);
  const names: Readonly<Record<SettableLevel, string>> = { global: '', host: hostName, entry: entryName, network };
  return (
    <>
      <FocusGroup className="levels" preferred={levelChoiceKey}>
        <div className="levels__row">
          <Choice
            wide
            label={texts.levels}
            value={level}
            options={levelsInward.map((each) => ({
              value: each,
              label: texts.levelNames[each],
              note: each === 'network' && view.network === null ? texts.noNetwork : texts.levelNotes[each](texts.setCount(countSet(view, each)), names[each]),
              unavailable: each === 'network' && view.network === null ? texts.noNetworkWhy : undefined,
            }))}
            onChange={onChange}
            focusKey={levelChoiceKey}
          />
          <Button
            iconOnly
            look="quiet"
            icon={RotateCcw}
            label={texts.clear}
            focusKey="profile-clear"
            unavailable={countSet(view, level) === 0 ? texts.clearNothing : undefined}
            onPress={onClear}
          />
        </div>
        <BudgetStrip />
      </FocusGroup>
      <div>
        <p className="page__lead levels__lead" role="status">
          {texts.levelLeads[level][0]}
          <bdi>{nameInSentence(names[level])}</bdi>
          {texts.levelLeads[level][1]}
          {isRunning && ` ${texts.nextStart}`}
        </p>
        {view.network === null && <p className="field__hint">{texts.noNetworkWhy}</p>}
      </div>
      {level === 'network' && view.network !== null && <NetworkName key={view.network.id} entryId={entryId} network={view.network} />}
    </>
  );
}
