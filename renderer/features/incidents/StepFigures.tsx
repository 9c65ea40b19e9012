// What Athena did and how long each step took.
import type { ReactNode } from 'react';
import type { IncidentSteps } from '../../../electron/common/incident';
import { formatGap } from '../../ui/format';
import { stepTexts, texts } from './texts';

export function StepFigures({ steps }: { readonly steps: IncidentSteps }): ReactNode {
  const isIdle = stepTexts.every(([step]) => steps[step] === null);
  return (
    <section className="card section" aria-label={texts.steps}>
      <h2 className="section__title">{texts.steps}</h2>
      {isIdle ? (
        <p className="quiet">{texts.noSteps}</p>
      ) : (
        <dl className="step-figures">
          {stepTexts.map(([step, title, meaning]) => {
            const ms = steps[step];
            return (
              <div key={step} className={ms === null ? 'step-figure step-figure--none' : 'step-figure'}>
                <dt>{title}</dt>
                <dd className="figures">{ms === null ? '–' : ms === 0 ? texts.atOnce : formatGap(ms)}</dd>
                <dd className="step-figure__meaning">{meaning}</dd>
              </div>
            );
          })}
        </dl>
      )}
    </section>
  );
}
