// The practice page: the whole journey on this machine, step by step as it happens.
import { Circle, CircleAlert, CircleCheck, LoaderCircle, Play, RotateCw, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { practiceStepSchema, type PracticeEvent, type PracticeState, type PracticeSummary } from '../../../electron/common/practice';
import { say } from '../../language/told';
import { FocusPage } from '../../navigation/FocusGroup';
import { startPractice, stopPractice, usePractice } from '../../stores/practice';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Figure } from '../../ui/Figures';
import { formatGap, formatMs } from '../../ui/format';

export function PracticePage(): ReactNode {
  const { t } = useTranslation('practice');
  const practice = usePractice((state) => state.practice);
  return (
    <FocusPage page="practice" preferred="practice-action" className="page">
      <div className="page__inner page__inner--narrow">
        <header className="section">
          <h1 className="page__title">{t('title')}</h1>
          <p className="page__lead">{t('lead')}</p>
        </header>
        <div>
          <PracticeAction practice={practice} />
        </div>
        {practice.kind === 'finished' && <PracticeFigures summary={practice.summary} />}
        <Steps practice={practice} />
      </div>
    </FocusPage>
  );
}

function PracticeAction({ practice }: { readonly practice: PracticeState }): ReactNode {
  const { t } = useTranslation('practice');
  if (practice.kind === 'running') return <Button focusKey="practice-action" label={t('stop')} icon={Square} onPress={stopPractice} />;
  const isFirst = practice.kind === 'off';
  return (
    <Button
      focusKey="practice-action"
      label={isFirst ? t('start') : t('again')}
      icon={isFirst ? Play : RotateCw}
      look="primary"
      onPress={startPractice}
    />
  );
}

function Steps({ practice }: { readonly practice: PracticeState }): ReactNode {
  const { t } = useTranslation('practice');
  const events: readonly PracticeEvent[] = practice.kind === 'off' ? [] : practice.events;
  const done = new Map(events.map((event) => [event.event, event]));
  const next = practice.kind === 'running' ? practiceStepSchema.options.find((step) => !done.has(step)) : undefined;
  return (
    <section className="card section" aria-label={t('steps')}>
      <ol className="steps" aria-live="polite">
        {practiceStepSchema.options.map((step) => {
          const event = done.get(step);
          const Icon = event !== undefined ? CircleCheck : step === next ? LoaderCircle : Circle;
          return (
            <li key={step} className={event === undefined ? 'steps__step steps__step--open' : 'steps__step'} data-tone={event === undefined ? 'neutral' : 'good'}>
              <Icon size="1.2em" aria-hidden className={step === next ? 'turning' : undefined} />
              <span className="steps__name">{t(`stepNames.${step}`)}</span>
              <span className="steps__text">{event && say(event.text)}</span>
              <span className="steps__took figures">{event !== undefined && event.tookMs !== null ? formatGap(event.tookMs) : ''}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function PracticeFigures({ summary }: { readonly summary: PracticeSummary }): ReactNode {
  const { t } = useTranslation('practice');
  const ms = (value: number | null): string | null => (value === null ? null : formatMs(value));
  return (
    <Banner tone={summary.ok ? 'good' : 'bad'} icon={summary.ok ? CircleCheck : CircleAlert} title={summary.ok ? t('done') : t('failed')}>
      {summary.problem !== undefined && <p>{summary.problem}</p>}
      <div className="figures-row practice__figures">
        <Figure label={t('detect')} value={ms(summary.detectMs)} unit="ms" />
        <Figure label={t('pause')} value={ms(summary.pauseMs)} unit="ms" />
        <Figure label={t('reconnect')} value={ms(summary.reconnectMs)} unit="ms" />
        <Figure label={t('resume')} value={ms(summary.resumeMs)} unit="ms" />
      </div>
    </Banner>
  );
}
