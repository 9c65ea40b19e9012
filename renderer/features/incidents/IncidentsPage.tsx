// The list of incidents by days: what happened, to whom, for how long, and why.
import { Activity, RotateCw } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentSummary } from '../../../electron/common/incident';
import { FocusGroup, FocusPage } from '../../navigation/FocusGroup';
import { loadIncidents, seeIncidents, useIncidents } from '../../stores/incidents';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { causeTitle } from '../../ui/cause-title';
import { Choice, type ChoiceOption } from '../../ui/Choice';
import { FailureNote } from '../../ui/FailureNote';
import { nameInSentence } from '../../ui/host-state';
import { useNow } from '../../ui/use-now';
import { byDay, causeOf, filtered, hostOf, noFilter, type IncidentFilter } from './incident-list';
import { IncidentRow } from './IncidentRow';

const shownAtFirst = 40;
const shownMore = 80;

export function IncidentsPage(): ReactNode {
  const { t } = useTranslation('incidents');
  const { list, failure, unseen } = useIncidents();
  const [filter, setFilter] = useState(noFilter);
  const [shown, setShown] = useState(shownAtFirst);
  // What was new when the page was opened stays marked on it.
  const [fresh] = useState(unseen);
  const nowMs = useNow(30_000);
  useEffect(seeIncidents, [unseen]);
  useEffect(() => void loadIncidents(), []);
  const all = list ?? [];
  const wanted = filtered(all, filter);
  const isEmpty = list !== null && list.length === 0;
  const first = wanted[0];
  const preferred = isEmpty ? 'incidents-network' : first === undefined ? 'incidents-host' : `incident:${first.id}`;
  return (
    <FocusPage page="incidents" preferred={preferred} isReady={list !== null || failure !== null} className="page">
      <div className="page__inner incidents">
        <header className="section">
          <h1 className="page__title">{t('title')}</h1>
          {!isEmpty && <p className="page__lead">{t('lead')}</p>}
        </header>
        {failure !== null && (
          <>
            <FailureNote failure={failure} />
            <div>
              <Button focusKey="incidents-retry" label={t('readAgain')} icon={RotateCw} onPress={loadIncidents} />
            </div>
          </>
        )}
        {isEmpty && (
          <section className="empty">
            <h2>{t('emptyTitle')}</h2>
            <p className="page__lead">{t('emptyLead')}</p>
            <Button focusKey="incidents-network" label={t('toNetwork')} icon={Activity} look="primary" onPress={() => openRoute({ page: 'network' })} />
          </section>
        )}
        {all.length > 0 && <Filters incidents={all} filter={filter} onFilter={setFilter} />}
        {all.length > 0 && wanted.length === 0 && <p className="quiet">{t('noMatch')}</p>}
        {byDay(wanted.slice(0, shown), nowMs).map(({ day, incidents }) => (
          <section key={day} className="section" aria-label={day}>
            <h2 className="section__title">{day}</h2>
            <FocusGroup className="card card--flush incidents__day">
              {incidents.map((incident) => (
                <IncidentRow key={incident.id} incident={incident} isFresh={fresh.has(incident.id)} nowMs={nowMs} />
              ))}
            </FocusGroup>
          </section>
        ))}
        {wanted.length > shown && (
          <div>
            <Button focusKey="incidents-more" label={t('more', { count: Math.min(shownMore, wanted.length - shown) })} onPress={() => setShown(shown + shownMore)} />
          </div>
        )}
      </div>
    </FocusPage>
  );
}

interface FiltersProps {
  readonly incidents: readonly IncidentSummary[];
  readonly filter: IncidentFilter;
  readonly onFilter: (filter: IncidentFilter) => void;
}

/** Only what would change something can be chosen. */
function Filters({ incidents, filter, onFilter }: FiltersProps): ReactNode {
  const { t } = useTranslation('incidents');
  const hosts = new Map(incidents.map((incident) => [hostOf(incident), nameInSentence(incident.hostName)]));
  const causes = new Map(incidents.map((incident) => [causeOf(incident), incident.cause === null ? t('notJudged') : causeTitle(incident.cause.cause)]));
  const hostOptions: ChoiceOption<IncidentFilter['host']>[] = [{ value: 'all', label: t('allHosts') }, ...[...hosts].map(([value, label]) => ({ value, label }))];
  const causeOptions: ChoiceOption<IncidentFilter['cause']>[] = [{ value: 'all', label: t('allCauses') }, ...[...causes].map(([value, label]) => ({ value, label }))];
  return (
    <div className="incidents__filters">
      {hosts.size > 1 && <Choice label={t('byHost')} focusKey="incidents-host" value={filter.host} options={hostOptions} onChange={(host) => onFilter({ ...filter, host })} />}
      {causes.size > 1 && <Choice label={t('byCause')} focusKey="incidents-cause" value={filter.cause} options={causeOptions} onChange={(cause) => onFilter({ ...filter, cause })} />}
    </div>
  );
}
