// How an entry's stream is set, in one line, with the way to change it.
import { SlidersHorizontal } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isFormEntry, type Entry } from '../../../electron/common/entry';
import { readProfile, useProfile } from '../../stores/profile';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { FailureNote } from '../../ui/FailureNote';
import { desktopLine, profileLine } from './entry-words';

export function EntryProfile({ entry }: { readonly entry: Entry }): ReactNode {
  const { t } = useTranslation('entry');
  const isForm = isFormEntry(entry);
  return (
    <section className="card section" aria-label={t('profile')}>
      <h2 className="section__title">{t('profile')}</h2>
      {isForm ? <p className="figures">{desktopLine(entry)}</p> : <StreamLine entry={entry} />}
      <div>
        <Button
          focusKey="entry-change"
          label={t('change')}
          icon={SlidersHorizontal}
          onPress={() => openRoute(isForm ? { page: 'entry-form', entryId: entry.id } : { page: 'profile', entryId: entry.id })}
        />
      </div>
    </section>
  );
}

function StreamLine({ entry }: { readonly entry: Entry }): ReactNode {
  const { t } = useTranslation('entry');
  const view = useProfile((state) => (state.entryId === entry.id ? state.view : null));
  const failure = useProfile((state) => (state.entryId === entry.id ? state.failure : null));
  // Anew when the entry changes: it carries a level of its own.
  useEffect(() => void readProfile(entry.id), [entry]);
  if (view !== null) return <p className="figures">{profileLine(view.resolved.values)}</p>;
  return failure === null ? <p className="quiet">{t('reading')}</p> : <FailureNote failure={failure} />;
}
