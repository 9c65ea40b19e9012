// The verdict: the likeliest cause in plain words, what speaks for and against it, and what to do; the others folded away.
import { Check, ChevronDown, ChevronUp, Hourglass, Minus, Search, Wrench } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { causeTitles } from '../../../electron/common/cause-words';
import type { Cause } from '../../../electron/common/trace';
import { Button } from '../../ui/Button';
import { plainName } from '../../ui/host-state';
import { causeIcons } from './cause-icons';
import { causeTone, confidenceWords } from './confidence-words';
import { texts } from './texts';

export function Verdict({ causes }: { readonly causes: readonly Cause[] }): ReactNode {
  const [first, ...others] = causes;
  const [isOpen, setOpen] = useState(false);
  if (first === undefined) {
    return (
      <section className="card verdict" aria-label={texts.verdict} data-tone="neutral">
        <div className="verdict__head">
          <span className="verdict__sign">
            <Hourglass size="1.5em" aria-hidden />
          </span>
          <h2 className="verdict__cause">{texts.notJudged}</h2>
        </div>
        <p className="quiet">{texts.pending}</p>
      </section>
    );
  }
  const Icon = causeIcons[first.cause];
  return (
    <section className="card verdict" aria-label={texts.verdict}>
      <div className="verdict__head" data-tone={causeTone(first)}>
        <span className="verdict__sign">
          <Icon size="1.5em" aria-hidden />
        </span>
        <div>
          <h2 className="verdict__cause">{causeTitles[first.cause]}</h2>
          {first.cause === 'unknown' ? <p className="quiet">{texts.unknownLead}</p> : <Sureness cause={first} />}
        </div>
      </div>
      <Reasons cause={first} />
      {others.length > 0 && (
        <div className="verdict__others">
          <Button focusKey="incident-others" label={texts.others(others.length)} icon={isOpen ? ChevronUp : ChevronDown} size="small" look="quiet" onPress={() => setOpen(!isOpen)} />
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
        {causeTitles[cause.cause]}
        {cause.cause !== 'unknown' && <span className="faint">{confidenceWords(cause)}</span>}
      </h3>
      <Reasons cause={cause} />
    </div>
  );
}

function Reasons({ cause: { cause, evidence, against, confirm, fix } }: { readonly cause: Cause }): ReactNode {
  const isUnknown = cause === 'unknown';
  return (
    <div className="reasons">
      <Points title={texts.evidence} texts={evidence} speaksFor />
      <Points title={texts.against} texts={against} speaksFor={false} />
      <Advice icon={<Search size="1em" aria-hidden />} title={isUnknown ? texts.measureNext : texts.confirm} text={confirm} />
      <Advice icon={<Wrench size="1em" aria-hidden />} title={isUnknown ? texts.keepIt : texts.fix} text={fix} />
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
