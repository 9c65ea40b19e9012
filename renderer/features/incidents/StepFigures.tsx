// What Athena did and how long each step took.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentSteps } from '../../../electron/common/incident';
import { formatGap } from '../../ui/format';

/** In the order in which Athena takes them. */
const stepOrder = ['detectMs', 'pauseMs', 'gateMs', 'reconnectMs', 'resumeMs'] as const satisfies readonly (keyof IncidentSteps)[];

export function StepFigures({ steps }: { readonly steps: IncidentSteps }): ReactNode {
  const { t } = useTranslation('incidents');
  const isIdle = stepOrder.every((step) => steps[step] === null);
  return (
    <section className="card section" aria-label={t('steps')}>
      <h2 className="section__title">{t('steps')}</h2>
      {isIdle ? (
        <p className="quiet">{t('noSteps')}</p>
      ) : (
        <dl className="step-figures">
          {stepOrder.map((step) => {
            const ms = steps[step];
            return (
              <div key={step} className={ms === null ? 'step-figure step-figure--none' : 'step-figure'}>
                <dt>{t(`stepNames.${step}.title`)}</dt>
                <dd className="figures">{ms === null ? '–' : ms === 0 ? t('atOnce') : formatGap(ms)}</dd>
                <dd className="step-figure__meaning">{t(`stepNames.${step}.meaning`)}</dd>
              </div>
            );
          })}
        </dl>
      )}
    </section>
  );
}
