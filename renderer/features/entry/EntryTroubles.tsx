// What went wrong with an entry's stream lately: how often it broke, with how that is counted, and the newest incidents.
import { SearchCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentSummary } from '../../../electron/common/incident';
import type { EntryId } from '../../../electron/common/ids';
import { say } from '../../language/told';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { useIncidents } from '../../stores/incidents';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { causeTitle } from '../../ui/cause-title';
import { FailureNote } from '../../ui/FailureNote';
import { formatGap, formatMoment } from '../../ui/format';
import { plainName } from '../../ui/host-state';
import { entryTrouble, troubleCount } from './entry-words';

const mostRows = 4;

export function EntryTroubles({ entryId, nowMs }: { readonly entryId: EntryId; readonly nowMs: number }): ReactNode {
  const { t } = useTranslation('entry');
  const list = useIncidents((state) => state.list);
  const failure = useIncidents((state) => state.failure);
  return (
    <section className="card section" aria-label={t('trouble')}>
      <h2 className="section__title">{t('trouble')}</h2>
      {list !== null ? <Told list={list} entryId={entryId} nowMs={nowMs} /> : failure !== null ? <FailureNote failure={failure} /> : <p className="quiet">{t('troubleReading')}</p>}
    </section>
  );
}

function Told({ list, entryId, nowMs }: { readonly list: readonly IncidentSummary[]; readonly entryId: EntryId; readonly nowMs: number }): ReactNode {
  const { t } = useTranslation('entry');
  const { incidents, broke, days } = entryTrouble(list, entryId, nowMs);
  if (incidents.length === 0) return <p className="quiet">{t('troubleNone', { days })}</p>;
  return (
    <>
      {broke > 0 && (
        <div>
          <p className="figures">{troubleCount(broke, days)}</p>
          <p className="field__hint">{t('troubleHow')}</p>
        </div>
      )}
      <FocusGroup as="ul" className="rows">
        {incidents.slice(0, mostRows).map((incident) => (
          <li key={incident.id}>
            <TroubleRow incident={incident} nowMs={nowMs} />
          </li>
        ))}
      </FocusGroup>
      {incidents.length > mostRows && (
        <div>
          <Button focusKey="entry-incidents" label={t('troubleMore')} icon={SearchCheck} look="quiet" onPress={() => openRoute({ page: 'incidents' })} />
        </div>
      )}
    </>
  );
}

function TroubleRow({ incident, nowMs }: { readonly incident: IncidentSummary; readonly nowMs: number }): ReactNode {
  const { t } = useTranslation('entry');
  const { id, beganAtMs, endedAtMs, headline, cause } = incident;
  const target = useFocusTarget<HTMLButtonElement>(`entry-incident:${id}`);
  return (
    <button {...target} type="button" className="row" onClick={() => openRoute({ page: 'incident', incidentId: id })}>
      <span className="entry__incident">
        <bdi className="ellipsis">{plainName(say(headline))}</bdi>
        <span className="faint ellipsis figures">
          {formatMoment(beganAtMs, nowMs)} · {cause === null ? t('notJudged') : causeTitle(cause.cause)}
        </span>
      </span>
      <span className="faint figures">{endedAtMs === null ? t('goesOn') : formatGap(endedAtMs - beganAtMs)}</span>
    </button>
  );
}
