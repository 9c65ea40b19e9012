// A library with nothing in it yet: the three ways to begin.
import { FlaskConical, Plus, Server } from 'lucide-react';
import type { ReactNode } from 'react';
import { FocusGroup } from '../../navigation/FocusGroup';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { OwlMark } from '../../ui/OwlMark';
import { texts } from './texts';

const firstKey = 'library-add-first';

export function EmptyLibrary(): ReactNode {
  return (
    <FocusGroup className="empty empty--welcome" focusKey="library-content" preferred={firstKey}>
      <OwlMark state="idle" size="5.5rem" />
      <h2 className="empty__title">{texts.emptyTitle}</h2>
      <p className="page__lead">{texts.emptyLead}</p>
      <div className="empty__actions">
        <Button label={texts.emptyAddHost} icon={Server} look="primary" focusKey={firstKey} onPress={() => openRoute({ page: 'add-host' })} />
        <Button label={texts.emptyAdd} icon={Plus} onPress={() => openRoute({ page: 'entry-form', entryId: null })} />
        <Button label={texts.emptyPractice} icon={FlaskConical} onPress={() => openRoute({ page: 'practice' })} />
      </div>
    </FocusGroup>
  );
}
