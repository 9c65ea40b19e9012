// Home with nothing in it yet: the two ways to begin.
import { FlaskConical, Radar } from 'lucide-react';
import type { ReactNode } from 'react';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useHosts } from '../../stores/hosts';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { OwlMark } from '../../ui/OwlMark';
import { texts } from './texts';

const findKey = 'home-find';

export function EmptyHome(): ReactNode {
  const found = useHosts((state) => state.found.length);
  return (
    <FocusGroup className="empty empty--welcome" focusKey="home-empty" preferred={findKey}>
      <OwlMark state="idle" size="5.5rem" />
      <h2 className="empty__title">{texts.emptyTitle}</h2>
      <p className="page__lead">{texts.emptyLead}</p>
      <div className="empty__actions">
        <Button
          label={found === 0 ? texts.findHosts : `${texts.findHosts}: ${texts.found(found)}`}
          icon={Radar}
          look="primary"
          focusKey={findKey}
          onPress={() => openRoute({ page: 'add-host' })}
        />
        <Button label={texts.practice} icon={FlaskConical} focusKey="home-practice" onPress={() => openRoute({ page: 'practice' })} />
      </div>
    </FocusGroup>
  );
}
