// The practice page: the whole journey on this machine, step by step as it happens.
import { Circle, CircleAlert, CircleCheck, LoaderCircle, Play, RotateCw, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PracticeEvent, PracticeState, PracticeSummary } from '../../../electron/common/practice';
import { FocusPage } from '../../navigation/FocusGroup';
import { startPractice, stopPractice, usePractice } from '../../stores/practice';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Figure } from '../../ui/Figures';
import { formatGap, formatMs } from '../../ui/format';
import { stepNames, stepOrder, texts } from './texts';

export function PracticePage(): ReactNode {
  const practice = usePractice((state) => state.practice);
  return (
    <FocusPage page="practice" preferred="practice-action" className="page">
      <div className="page__inner page__inner--narrow">
        <header className="section">
          <h1 className="page__title">{texts.title}</h1>
          <p className="page__lead">{texts.lead}</p>
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
  if (practice.kind === 'running') return <Button focusKey="practice-action" label={texts.stop} icon={Square} onPress={stopPractice} />;
  const isFirst = practice.kind === 'off';
  return (
    <Button
      focusKey="practice-action"
      label={isFirst ? texts.start : texts.again}
      icon={isFirst ? Play : RotateCw}
      look="primary"
      onPress={startPractice}
    />
  );
}

function Steps({ practice }: { readonly practice: PracticeState }): ReactNode {
  const events: readonly PracticeEvent[] = practice.kind === 'off' ? [] : practice.events;
  const done = new Map(events.map((event) => [event.event, event]));
  const next = practice.kind === 'running' ? stepOrder.find((step) => !done.has(step)) : undefined;
  return (
    <section className="card section" aria-label={texts.steps}>
      <ol className="steps" aria-live="polite">
        {stepOrder.map((step) => {
          const event = done.get(step);
          const Icon = event !== undefined ? CircleCheck : step === next ? LoaderCircle : Circle;
          return (
            <li key={step} className={event === undefined ? 'steps__step steps__step--open' : 'steps__step'} data-tone={event === undefined ? 'neutral' : 'good'}>
              <Icon size="1.2em" aria-hidden className={step === next ? 'turning' : undefined} />
              <span className="steps__name">{stepNames[step]}</span>
              <span className="steps__text">{event?.text}</span>
              <span className="steps__took figures">{event !== undefined && event.tookMs !== null ? formatGap(event.tookMs) : ''}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function PracticeFigures({ summary }: { readonly summary: PracticeSummary }): ReactNode {
  const ms = (value: number | null): string | null => (value === null ? null : formatMs(value));
  return (
    <Banner tone={summary.ok ? 'good' : 'bad'} icon={summary.ok ? CircleCheck : CircleAlert} title={summary.ok ? texts.done : texts.failed}>
      {summary.problem !== undefined && <p>{summary.problem}</p>}
      <div className="figures-row practice__figures">
        <Figure label={texts.detect} value={ms(summary.detectMs)} unit="ms" />
        <Figure label={texts.pause} value={ms(summary.pauseMs)} unit="ms" />
        <Figure label={texts.reconnect} value={ms(summary.reconnectMs)} unit="ms" />
        <Figure label={texts.resume} value={ms(summary.resumeMs)} unit="ms" />
      </div>
    </Banner>
  );
}
