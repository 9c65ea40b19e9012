// What happened, step by step, with the time from the beginning; what the client printed is folded away when it is much.
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentEvent } from '../../../electron/common/incident';
import type { Mark } from '../../../electron/common/session';
import { FocusScroll } from '../../navigation/FocusScroll';
import { Button } from '../../ui/Button';
import { formatClock } from '../../ui/format';
import { plainName } from '../../ui/host-state';
import { markTones } from '../../ui/latency-graph/mark-layout';
import type { Tone } from '../../ui/tone';
import { momentsOf, offsetText, type Moment } from './incident-moments';

/** A client that says more than this would bury what Athena did. */
const mostSaid = 8;
const mostUnfolded = 300;

interface IncidentJourneyProps {
  readonly marks: readonly Mark[];
  readonly events: readonly IncidentEvent[];
  readonly beganAtMs: number;
}

export function IncidentJourney({ marks, events, beganAtMs }: IncidentJourneyProps): ReactNode {
  const { t } = useTranslation('incidents');
  const [isOpen, setOpen] = useState(false);
  const moments = momentsOf(marks, events);
  const said = moments.filter(({ kind }) => kind === 'client');
  const isLong = said.length > mostSaid;
  const main = isLong ? moments.filter(({ kind }) => kind !== 'client') : moments;
  return (
    <section className="card section" aria-label={t('journey')}>
      <h2 className="section__title">{t('journey')}</h2>
      {moments.length === 0 && <p className="quiet">{t('nothingHappened')}</p>}
      <Moments focusKey="incident-moments" label={t('journey')} moments={main} beganAtMs={beganAtMs} />
      {isLong && (
        <>
          <div>
            <Button focusKey="incident-said" label={t('said', { count: said.length })} icon={isOpen ? ChevronUp : ChevronDown} size="small" look="quiet" onPress={() => setOpen(!isOpen)} />
          </div>
          {isOpen && <Moments focusKey="incident-said-moments" label={t('said', { count: said.length })} moments={said.slice(-mostUnfolded)} beganAtMs={beganAtMs} />}
        </>
      )}
    </section>
  );
}

interface MomentsProps {
  readonly focusKey: string;
  readonly label: string;
  readonly moments: readonly Moment[];
  readonly beganAtMs: number;
}

function Moments({ focusKey, label, moments, beganAtMs }: MomentsProps): ReactNode {
  const { t } = useTranslation('incidents');
  return (
    <FocusScroll focusKey={focusKey} className="moments" label={label}>
      {moments.map(({ atMs, kind, text, mark }, index) => (
        <li key={index} className="moment" data-tone={toneOf(kind, mark)}>
          <span className="journey__dot" aria-hidden />
          <time className="moment__time figures" title={formatClock(atMs)}>
            {offsetText(atMs - beganAtMs)}
          </time>
          <span className="moment__who">{t(`events.${kind}`)}</span>
          <bdi className="moment__text">{plainName(text)}</bdi>
        </li>
      ))}
    </FocusScroll>
  );
}

function toneOf(kind: Moment['kind'], mark: Moment['mark']): Tone {
  if (mark !== null) return markTones[mark];
  return kind === 'change' ? 'accent' : 'neutral';
}
