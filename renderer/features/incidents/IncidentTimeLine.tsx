// Everything that was measured around an incident, aligned on one axis of time.
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '../../../electron/common/incident';
import { BoardTools } from '../../ui/time-board/BoardTools';
import { TimeBoard } from '../../ui/time-board/TimeBoard';
import { isSameView, shortestSpanMs, type TimeLimits, type TimeView } from '../../ui/time-board/time-view';
import { incidentLanes, incidentMarks, shownFrom } from './incident-lanes';

export function IncidentTimeLine({ incident }: { readonly incident: Incident }): ReactNode {
  const { t } = useTranslation('incidents');
  const fromMs = shownFrom(incident);
  const toMs = Math.max(incident.toMs, fromMs + shortestSpanMs);
  const home = useMemo((): TimeView => ({ kind: 'span', fromMs, toMs }), [fromMs, toMs]);
  const [chosen, setChosen] = useState<TimeView | null>(null);
  const view = chosen ?? home;
  const lanes = useMemo(() => incidentLanes(incident), [incident]);
  const marks = useMemo(() => incidentMarks(incident), [incident]);
  const limits = useCallback((): TimeLimits => ({ earliestMs: fromMs, latestMs: toMs }), [fromMs, toMs]);
  const reset = useCallback(() => setChosen(null), []);
  if (lanes.length === 0) return null;
  return (
    <section className="card network__card" aria-label={t('timeLine')}>
      <div className="incident__tools">
        <h2 className="section__title">{t('timeLine')}</h2>
        <BoardTools name="incident" view={view} limits={limits} onView={setChosen} onReset={reset} resetUnavailable={isSameView(view, home) ? t('isReset') : undefined} />
      </div>
      <TimeBoard label={t('board')} focusKey="incident-board" lanes={lanes} marks={marks} view={view} scale="own" limits={limits} onView={setChosen} onReset={reset} />
    </section>
  );
}
