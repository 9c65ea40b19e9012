// Why a host is offline: the six steps one under the other, what each showed, and what to do about the first bad one.
import { Circle, CircleCheck, CircleQuestionMark, CircleX, LoaderCircle, X, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { offlineStepNameSchema, type OfflineReason } from '../../../electron/common/gamestream';
import type { Result } from '../../../electron/common/result';
import { FocusGroup } from '../../navigation/FocusGroup';
import { Button } from '../../ui/Button';
import { FailureNote } from '../../ui/FailureNote';
import { formatMoment } from '../../ui/format';
import type { Tone } from '../../ui/tone';

export type Explanation =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'told'; readonly result: Result<OfflineReason>; readonly atMs: number };

type StepState = OfflineReason['steps'][number]['state'] | 'waiting';

const looks: Readonly<Record<StepState, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  good: { icon: CircleCheck, tone: 'good' },
  bad: { icon: CircleX, tone: 'bad' },
  unknown: { icon: CircleQuestionMark, tone: 'neutral' },
  waiting: { icon: Circle, tone: 'neutral' },
};

const noSteps = offlineStepNameSchema.options.map((step) => ({ step, state: 'waiting', text: '' }) as const);

export function OfflineSteps({ explanation, onClose }: { readonly explanation: Explanation; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('host');
  if (explanation.kind === 'none') return null;
  const result = explanation.kind === 'told' ? explanation.result : null;
  const reason = result?.ok === true ? result.value : null;
  return (
    <section className="card section offline" aria-label={t('gameStream.steps')}>
      <div className="section__head">
        <h3 className="section__title">{t('gameStream.steps')}</h3>
        <span className="section__note figures">{explanation.kind === 'told' && t('gameStream.stepsAt', { clock: formatMoment(explanation.atMs, explanation.atMs) })}</span>
      </div>
      <div role="status" className="told">
        {explanation.kind === 'asking' && (
          <p className="offline__running quiet">
            <LoaderCircle size="1.1em" className="turning" aria-hidden /> {t('gameStream.stepsRunning')}
          </p>
        )}
        {result?.ok === false && <FailureNote failure={result.failure} />}
        {reason !== null && <Verdict reason={reason} />}
      </div>
      {result?.ok !== false && (
        <ol className="steps">
          {(reason?.steps ?? noSteps).map((step) => (
            <Step key={step.step} {...step} />
          ))}
        </ol>
      )}
      {explanation.kind === 'told' && (
        <FocusGroup>
          <Button label={t('gameStream.stepsClose')} icon={X} look="quiet" size="small" focusKey="offline-close" onPress={onClose} />
        </FocusGroup>
      )}
    </section>
  );
}

function Verdict({ reason }: { readonly reason: OfflineReason }): ReactNode {
  if (reason.failedAt !== null) return <FailureNote failure={reason} />;
  return (
    <div className="banner" data-tone="good">
      <CircleCheck size="1.25em" aria-hidden />
      <div>
        <p className="banner__title">{reason.message}</p>
        <p className="banner__text">{reason.advice}</p>
      </div>
    </div>
  );
}

interface StepProps {
  readonly step: OfflineReason['steps'][number]['step'];
  readonly state: StepState;
  readonly text: string;
}

function Step({ step, state, text }: StepProps): ReactNode {
  const { t } = useTranslation('host');
  const { icon: Icon, tone } = looks[state];
  return (
    <li className={state === 'good' || state === 'bad' ? 'steps__step offline__step' : 'steps__step steps__step--open offline__step'} data-tone={tone} data-step={step} data-state={state}>
      <Icon size="1.2em" aria-hidden />
      <span className="steps__name">{t(`gameStream.stepNames.${step}`)}</span>
      <span className="steps__text selectable">{text}</span>
      <span className="offline__state">{t(`gameStream.stepStates.${state}`)}</span>
    </li>
  );
}
