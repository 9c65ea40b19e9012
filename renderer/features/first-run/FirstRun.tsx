// What an empty library and an empty Home show: hosts that announce themselves, what other programs know, what is installed, and a try.
import { FlaskConical, Plus } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FocusGroup } from '../../navigation/FocusGroup';
import { surveyClients } from '../../stores/clients';
import { useHosts } from '../../stores/hosts';
import { lookForImports } from '../../stores/imports';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { OwlMark } from '../../ui/OwlMark';
import { ClientsCard } from './ClientsCard';
import { addHostKey, HostsCard, foundKey } from './HostsCard';
import { ImportCard } from './ImportCard';

/** @param focusKey the page's own name for its content */
export function FirstRun({ focusKey }: { readonly focusKey: string }): ReactNode {
  const { t } = useTranslation('firstRun');
  const [first] = useHosts((state) => state.found);
  useEffect(() => {
    void lookForImports();
    void surveyClients();
  }, []);
  return (
    <FocusGroup className="first-run" focusKey={focusKey} preferred={first === undefined ? addHostKey : foundKey(first)}>
      <header className="first-run__head">
        <OwlMark state="idle" size="4.2rem" />
        <div>
          <h2 className="first-run__title">{t('title')}</h2>
          <p className="page__lead">{t('lead')}</p>
        </div>
      </header>
      <div className="first-run__cards">
        <HostsCard />
        <ImportCard />
        <ClientsCard />
        <section className="card first-run__card" aria-label={t('otherwise')}>
          <h3 className="section__title">{t('otherwise')}</h3>
          <p className="quiet">{t('otherwiseLead')}</p>
          <div className="first-run__actions">
            <Button label={t('practice')} icon={FlaskConical} focusKey="first-practice" onPress={() => openRoute({ page: 'practice' })} />
            <Button label={t('addEntry')} icon={Plus} focusKey="first-add-entry" onPress={() => openRoute({ page: 'entry-form', entryId: null })} />
          </div>
        </section>
      </div>
    </FocusGroup>
  );
}
