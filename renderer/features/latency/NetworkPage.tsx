// The network page: every vantage point on one axis of time, what happened meanwhile, and what was changed when.
import { Plus, RotateCw } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FocusPage } from '../../navigation/FocusGroup';
import { useIncidents } from '../../stores/incidents';
import { rangeMs, useNetworkView, type NetworkRange } from '../../stores/network-view';
import { loadChanges, loadVantages, mostVantages, useRecorded } from '../../stores/recorded';
import { openRoute } from '../../stores/route';
import { useSessions } from '../../stores/sessions';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { FailureNote } from '../../ui/FailureNote';
import { BoardTools } from '../../ui/time-board/BoardTools';
import { TimeBoard } from '../../ui/time-board/TimeBoard';
import { isSameView, spanOf, type TimeLimits, type TimeView } from '../../ui/time-board/time-view';
import type { ScaleKind } from '../../ui/time-board/value-scale';
import { useNow } from '../../ui/use-now';
import { Changes } from './Changes';
import { IncidentsInView } from './IncidentsInView';
import { inOrder } from './lanes';
import { LaneToggles } from './LaneToggles';
import { networkMarks } from './network-marks';
import { NetworkLegend } from './NetworkLegend';
import { useNetworkLanes } from './use-network-lanes';

const ranges = Object.keys(rangeMs) as NetworkRange[];
const scales: readonly ScaleKind[] = ['own', 'same', 'log'];
/** Nothing is kept for longer. */
const reachMs = 366 * 86_400_000;
const limits = (): TimeLimits => ({ earliestMs: Date.now() - reachMs, latestMs: Date.now() });
/** The list of vantage points grows while the first host is measured. */
const lookAgainMs = 10_000;

export function NetworkPage(): ReactNode {
  const { t } = useTranslation('latency');
  const { vantages, failure, changes } = useRecorded();
  const { range, scale, hidden } = useNetworkView();
  const incidents = useIncidents((state) => state.list);
  const sessions = useSessions((state) => state.sessions);
  const home = useMemo((): TimeView => ({ kind: 'last', spanMs: rangeMs[range] }), [range]);
  const [view, setView] = useState<TimeView>(home);
  const nowMs = useNow(lookAgainMs);
  useEffect(() => void loadChanges(), []);
  useEffect(() => void loadVantages(), [nowMs]);
  const ordered = useMemo(() => inOrder(vantages ?? []), [vantages]);
  const shown = useMemo(() => ordered.filter(({ id }) => !hidden.has(id)).slice(0, mostVantages), [ordered, hidden]);
  const { lanes, isLive, failure: readFailure } = useNetworkLanes(shown, view, nowMs);
  const marks = useMemo(() => networkMarks(incidents ?? [], changes, sessions), [incidents, changes, sessions]);
  const reset = useCallback(() => setView(home), [home]);
  const choose = (next: NetworkRange): void => {
    useNetworkView.setState({ range: next });
    setView({ kind: 'last', spanMs: rangeMs[next] });
  };
  const isEmpty = vantages !== null && vantages.length === 0;
  return (
    <FocusPage page="network" preferred={isEmpty ? 'network-add' : 'network-range'} isReady={vantages !== null || failure !== null} className="page">
      <div className="page__inner network">
        <header className="page__head network__head">
          <h1 className="page__title">{t('title')}</h1>
          {!isEmpty && (
            <Choice
              label={t('ranges')}
              focusKey="network-range"
              value={view.kind === 'last' ? range : null}
              options={ranges.map((value) => ({ value, label: t(`rangeNames.${value}`) }))}
              onChange={choose}
            />
          )}
        </header>
        {failure !== null && (
          <>
            <FailureNote failure={failure} />
            <div>
              <Button focusKey="network-retry" label={t('readAgain')} icon={RotateCw} onPress={loadVantages} />
            </div>
          </>
        )}
        {isEmpty ? (
          <section className="empty">
            <h2>{t('nothingTitle')}</h2>
            <p className="page__lead">{t('nothingLead')}</p>
            <Button focusKey="network-add" label={t('addHost')} icon={Plus} look="primary" onPress={() => openRoute({ page: 'add-host' })} />
          </section>
        ) : (
          <section className="card network__card" aria-label={t('board')}>
            <div className="network__tools">
              <LaneToggles points={ordered} hidden={hidden} />
              <Choice label={t('scales')} focusKey="network-scale" value={scale} options={scales.map((value) => ({ value, label: t(`scaleNames.${value}`) }))} onChange={(next) => useNetworkView.setState({ scale: next })} />
              <BoardTools name="network" view={view} limits={limits} onView={setView} onReset={reset} resetUnavailable={isSameView(view, home) ? t('isReset') : undefined} />
            </div>
            {readFailure !== null && <FailureNote failure={readFailure} />}
            {vantages !== null && shown.length === 0 ? (
              <p className="quiet">{t('allHidden')}</p>
            ) : (
              <TimeBoard label={t('board')} focusKey="network-board" lanes={lanes} marks={marks} view={view} scale={scale} limits={limits} onView={setView} onReset={reset} />
            )}
            <NetworkLegend isLive={isLive} />
          </section>
        )}
        <div className="network__lower">
          <Changes changes={changes} points={ordered} />
          {!isEmpty && <IncidentsInView incidents={incidents ?? []} span={spanOf(view, nowMs)} nowMs={nowMs} />}
        </div>
      </div>
    </FocusPage>
  );
}
