// What happens to an app of a GameStream host when its stream breaks, in one line, with the way to change it.
import { Pause } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../electron/common/entry';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { pauseLine } from './entry-words';

export function EntryPause({ entry }: { readonly entry: Entry }): ReactNode {
  const { t } = useTranslation('entry');
  return (
    <section className="card section" aria-label={t('whenBroken')}>
      <h2 className="section__title">{t('whenBroken')}</h2>
      <p className="figures">{pauseLine(entry)}</p>
      <div>
        <Button
          focusKey="entry-pause"
          label={entry.pause === undefined ? t('setPause') : t('change')}
          icon={Pause}
          onPress={() => openRoute({ page: 'pause-form', entryId: entry.id })}
        />
      </div>
    </section>
  );
}
