// The incidents of the stretch that is shown, each a way to its page.
import { ChevronRight, SearchCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentSummary } from '../../../electron/common/incident';
import { say } from '../../language/told';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { formatMoment } from '../../ui/format';
import { plainName } from '../../ui/host-state';
import type { TimeSpan } from '../../ui/time-board/time-view';

const shown = 6;

interface IncidentsInViewProps {
  readonly incidents: readonly IncidentSummary[];
  readonly span: TimeSpan;
  readonly nowMs: number;
}

export function IncidentsInView({ incidents, span, nowMs }: IncidentsInViewProps): ReactNode {
  const { t } = useTranslation('latency');
  const inView = incidents.filter(({ beganAtMs, endedAtMs }) => beganAtMs <= span.toMs && (endedAtMs ?? nowMs) >= span.fromMs);
  return (
    <FocusGroup as="section" className="card section" label={t('incidentsTitle')}>
      <h2 className="section__title">{t('incidentsTitle')}</h2>
      {inView.length === 0 ? (
        <p className="quiet">{t('noIncidents')}</p>
      ) : (
        <div className="rows">
          {inView.slice(0, shown).map((incident) => (
            <IncidentLine key={incident.id} incident={incident} nowMs={nowMs} />
          ))}
        </div>
      )}
      <div>
        <Button focusKey="network-incidents" label={t('allIncidents')} icon={SearchCheck} size="small" onPress={() => openRoute({ page: 'incidents' })} />
      </div>
    </FocusGroup>
  );
}

function IncidentLine({ incident, nowMs }: { readonly incident: IncidentSummary; readonly nowMs: number }): ReactNode {
  const target = useFocusTarget<HTMLButtonElement>(`network-incident:${incident.id}`);
  return (
    <button {...target} type="button" className="row" onClick={() => openRoute({ page: 'incident', incidentId: incident.id })}>
      <time className="figures faint network__when">{formatMoment(incident.beganAtMs, nowMs)}</time>
      <bdi className="row__text ellipsis">{plainName(say(incident.headline))}</bdi>
      <ChevronRight size="1em" aria-hidden />
    </button>
  );
}
