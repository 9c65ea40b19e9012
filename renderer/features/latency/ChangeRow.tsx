// One change: when, what, and what it brought.
import { ChevronDown, ChevronUp, CircleHelp, Equal, Trash2, TrendingDown, TrendingUp, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeMark, Comparison } from '../../../electron/common/incident';
import type { Result } from '../../../electron/common/result';
import type { VantagePoint } from '../../../electron/common/vantage';
import { compareChange, forgetChange } from '../../stores/recorded';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { FailureNote } from '../../ui/FailureNote';
import { formatMoment } from '../../ui/format';
import { plainName } from '../../ui/host-state';
import type { Tone } from '../../ui/tone';
import { vantageName } from '../../ui/vantage-name';
import { useNow } from '../../ui/use-now';
import { figureParts, overall, verdictSentence } from './comparison-words';

const verdictIcons: Readonly<Record<Comparison['verdict'], LucideIcon>> = { better: TrendingDown, worse: TrendingUp, 'no-difference': Equal, 'too-little': CircleHelp };

const verdictTones: Readonly<Record<Comparison['verdict'], Tone>> = { better: 'good', worse: 'bad', 'no-difference': 'neutral', 'too-little': 'neutral' };

export function ChangeRow({ change, points }: { readonly change: ChangeMark; readonly points: readonly VantagePoint[] }): ReactNode {
  const { t } = useTranslation('latency');
  const nowMs = useNow(60_000);
  const [compared, setCompared] = useState<Result<Comparison[]> | null>(null);
  const [isSure, setSure] = useState(false);
  return (
    <li className="change">
      <div className="change__head">
        <time className="figures faint change__when">{formatMoment(change.atMs, nowMs)}</time>
        <bdi className="change__text">{plainName(change.text)}</bdi>
        <Button
          focusKey={`compare:${change.id}`}
          label={compared === null ? t('compare') : t('fold')}
          icon={compared === null ? ChevronDown : ChevronUp}
          size="small"
          look="quiet"
          onPress={async () => setCompared(compared === null ? await compareChange(change.id) : null)}
        />
        <Button
          focusKey={`forget:${change.id}`}
          label={isSure ? t('forgetSure') : t('forget')}
          icon={Trash2}
          iconOnly={!isSure}
          size="small"
          look={isSure ? 'danger' : 'quiet'}
          onPress={() => (isSure ? forgetChange(change.id) : setSure(true))}
        />
      </div>
      {compared !== null && (compared.ok ? <Compared comparisons={compared.value} points={points} /> : <FailureNote failure={compared.failure} />)}
    </li>
  );
}

function Compared({ comparisons, points }: { readonly comparisons: readonly Comparison[]; readonly points: readonly VantagePoint[] }): ReactNode {
  const { t } = useTranslation('latency');
  if (comparisons.length === 0) return <p className="quiet">{t('nothingToCompare')}</p>;
  return (
    <div className="compared" aria-live="polite">
      <p className="compared__overall">{overall(comparisons)}</p>
      {comparisons.map((comparison) => {
        const point = points.find(({ id }) => id === comparison.vantage);
        const name = point === undefined ? comparison.vantage : vantageName(point);
        return (
          <div key={`${comparison.vantage}/${comparison.probe}`} className="compared__one">
            <div className="compared__head">
              <bdi className="compared__name ellipsis">{name}</bdi>
              <span className="faint">{t(`probes.${comparison.probe}`)}</span>
              <Chip icon={verdictIcons[comparison.verdict]} text={t(`verdicts.${comparison.verdict}`)} tone={verdictTones[comparison.verdict]} />
            </div>
            <p className="quiet">{verdictSentence(comparison)}</p>
            <dl className="compared__figures figures">
              {figureParts(comparison).map((part) => (
                <div key={part.name}>
                  <dt>{part.name}</dt>
                  <dd>{part.text}</dd>
                </div>
              ))}
            </dl>
          </div>
        );
      })}
    </div>
  );
}
