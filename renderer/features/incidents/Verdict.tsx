// The verdict: the likeliest cause in plain words, what speaks for and against it, and what to do; the others folded away.
import { Check, ChevronDown, ChevronUp, Hourglass, Minus, Search, Wrench } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cause } from '../../../electron/common/trace';
import { say } from '../../language/told';
import { Button } from '../../ui/Button';
import { causeTitle } from '../../ui/cause-title';
import { plainName } from '../../ui/host-state';
import { causeIcons } from './cause-icons';
import { causeTone, confidenceWords } from './confidence-words';

export function Verdict({ causes }: { readonly causes: readonly Cause[] }): ReactNode {
  const { t } = useTranslation('incidents');
  const [first, ...others] = causes;
  const [isOpen, setOpen] = useState(false);
  if (first === undefined) {
    return (
      <section className="card verdict" aria-label={t('verdict')} data-tone="neutral">
        <div className="verdict__head">
          <span className="verdict__sign">
            <Hourglass size="1.5em" aria-hidden />
          </span>
          <h2 className="verdict__cause">{t('notJudged')}</h2>
        </div>
        <p className="quiet">{t('pending')}</p>
      </section>
    );
  }
  const Icon = causeIcons[first.cause];
  return (
    <section className="card verdict" aria-label={t('verdict')}>
      <div className="verdict__head" data-tone={causeTone(first)}>
        <span className="verdict__sign">
          <Icon size="1.5em" aria-hidden />
        </span>
        <div>
          <h2 className="verdict__cause">{causeTitle(first.cause)}</h2>
          {first.cause === 'unknown' ? <p className="quiet">{t('unknownLead')}</p> : <Sureness cause={first} />}
        </div>
      </div>
      <Reasons cause={first} />
      {others.length > 0 && (
        <div className="verdict__others">
          <Button focusKey="incident-others" label={t('others', { count: others.length })} icon={isOpen ? ChevronUp : ChevronDown} size="small" look="quiet" onPress={() => setOpen(!isOpen)} />
          {isOpen && others.map((cause) => <OtherCause key={cause.cause} cause={cause} />)}
        </div>
      )}
    </section>
  );
}

function Sureness({ cause }: { readonly cause: Cause }): ReactNode {
  const words = confidenceWords(cause);
  return (
    <p className="verdict__sure">
      <span className="verdict__bar" aria-hidden>
        <span style={{ width: `${Math.round(cause.confidence * 100)}%` }} />
      </span>
      <span>{words.charAt(0).toUpperCase() + words.slice(1)}</span>
    </p>
  );
}

function OtherCause({ cause }: { readonly cause: Cause }): ReactNode {
  const Icon = causeIcons[cause.cause];
  return (
    <div className="verdict__other">
      <h3 className="verdict__other-head">
        <Icon size="1.1em" aria-hidden />
        {causeTitle(cause.cause)}
        {cause.cause !== 'unknown' && <span className="faint">{confidenceWords(cause)}</span>}
      </h3>
      <Reasons cause={cause} />
    </div>
  );
}

function Reasons({ cause: { cause, evidence, against, confirm, fix } }: { readonly cause: Cause }): ReactNode {
  const { t } = useTranslation('incidents');
  const isUnknown = cause === 'unknown';
  return (
    <div className="reasons">
      <Points title={t('evidence')} texts={evidence.map(say)} speaksFor />
      <Points title={t('against')} texts={against.map(say)} speaksFor={false} />
      <Advice icon={<Search size="1em" aria-hidden />} title={isUnknown ? t('measureNext') : t('confirm')} text={say(confirm)} />
      <Advice icon={<Wrench size="1em" aria-hidden />} title={isUnknown ? t('keepIt') : t('fix')} text={say(fix)} />
    </div>
  );
}

function Points({ title, texts: points, speaksFor }: { readonly title: string; readonly texts: readonly string[]; readonly speaksFor: boolean }): ReactNode {
  if (points.length === 0) return null;
  return (
    <div className="reasons__part">
      <h3 className="reasons__title">{title}</h3>
      <ul className="reasons__points">
        {points.map((point, index) => (
          <li key={index} data-tone={speaksFor ? 'good' : 'warn'}>
            {speaksFor ? <Check size="1em" aria-hidden /> : <Minus size="1em" aria-hidden />}
            <bdi>{plainName(point)}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Advice({ icon, title, text }: { readonly icon: ReactNode; readonly title: string; readonly text: string }): ReactNode {
  if (text === '') return null;
  return (
    <div className="reasons__part">
      <h3 className="reasons__title">
        {icon}
        {title}
      </h3>
      <p className="selectable">
        <bdi>{plainName(text)}</bdi>
      </p>
    </div>
  );
}
