// An incident's page: the verdict first, then what Athena did, then everything that was measured around it.
import { ArrowLeft } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident, IncidentId, IncidentSummary } from '../../../electron/common/incident';
import type { Result } from '../../../electron/common/result';
import { say } from '../../language/told';
import { FocusPage } from '../../navigation/FocusGroup';
import { readIncident, useIncidents } from '../../stores/incidents';
import { openRoute } from '../../stores/route';
import { Button } from '../../ui/Button';
import { formatGap, formatMoment } from '../../ui/format';
import { nameInSentence, plainName } from '../../ui/host-state';
import { useNow } from '../../ui/use-now';
import { IncidentActions } from './IncidentActions';
import { IncidentJourney } from './IncidentJourney';
import { IncidentTimeLine } from './IncidentTimeLine';
import { StepFigures } from './StepFigures';
import { Verdict } from './Verdict';

export function IncidentPage({ incidentId }: { readonly incidentId: IncidentId }): ReactNode {
  const { t } = useTranslation('incidents');
  const [read, setRead] = useState<Result<Incident> | null>(null);
  // What is told of it is read anew: it has ended, or it has been judged.
  const told = useIncidents(({ list }) => list?.find(({ id }) => id === incidentId));
  useEffect(() => {
    const state = { isOver: false };
    void readIncident(incidentId).then((answer) => {
      if (!state.isOver) setRead(answer);
    });
    return () => {
      state.isOver = true;
    };
  }, [incidentId, told]);
  if (read === null || !read.ok) {
    return (
      <FocusPage page={`incident/${incidentId}`} preferred="incident-back" className="page" isReady={read !== null}>
        <div className="page__inner">
          <h1 className="page__title">{read === null ? t('reading') : read.failure.kind === 'not-found' ? t('lost') : read.failure.message}</h1>
          {read !== null && <p className="page__lead">{read.failure.kind === 'not-found' ? t('lostLead') : read.failure.advice}</p>}
          <div>
            <Button focusKey="incident-back" label={t('back')} icon={ArrowLeft} look="primary" onPress={() => openRoute({ page: 'incidents' })} />
          </div>
        </div>
      </FocusPage>
    );
  }
  return <ReadIncident key={incidentId} incident={read.value} />;
}

function ReadIncident({ incident }: { readonly incident: Incident }): ReactNode {
  const { summary } = incident;
  return (
    <FocusPage page={`incident/${summary.id}`} preferred="incident-actions" className="page">
      <div className="page__inner incident">
        <header className="section">
          <h1 className="page__title incident__title" title={plainName(say(summary.headline))}>
            <bdi>{plainName(say(summary.headline))}</bdi>
          </h1>
          <AboutLine summary={summary} />
          <IncidentActions summary={summary} />
        </header>
        <div className="incident__upper">
          <Verdict causes={incident.causes} />
          <IncidentJourney marks={incident.marks} events={incident.events} beganAtMs={summary.beganAtMs} />
        </div>
        <StepFigures steps={incident.steps} />
        <IncidentTimeLine incident={incident} />
      </div>
    </FocusPage>
  );
}

function AboutLine({ summary }: { readonly summary: IncidentSummary }): ReactNode {
  const { t } = useTranslation('incidents');
  const { kind, hostName, entryName, beganAtMs, endedAtMs } = summary;
  const nowMs = useNow(30_000);
  const seconds = String(new Date(beganAtMs).getSeconds()).padStart(2, '0');
  return (
    <p className="page__lead incident__about figures">
      {t(`kinds.${kind}`)} · <bdi>{nameInSentence(hostName)}</bdi>
      {entryName !== null && (
        <>
          {' · '}
          <bdi>{nameInSentence(entryName)}</bdi>
        </>
      )}
      {` · ${formatMoment(beganAtMs, nowMs)}:${seconds} · ${endedAtMs === null ? t('goesOn') : formatGap(endedAtMs - beganAtMs)}`}
    </p>
  );
}
