// Latency in numbers: a row of figures that keep their width while they change.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LatencySummary } from '../../electron/common/latency';
import { formatMs, formatPercent } from './format';

export function Figure(props: { readonly label: string; readonly value: string | null; readonly unit: string }): ReactNode {
  return (
    <div className="figure">
      <span className="figure__value">
        {props.value ?? '–'}
        {props.value !== null && <span className="figure__unit">{props.unit}</span>}
      </span>
      <span className="figure__label">{props.label}</span>
    </div>
  );
}

export function LatencyFigures({ summary, withTail = false }: { readonly summary: LatencySummary | undefined; readonly withTail?: boolean }): ReactNode {
  const { t } = useTranslation('ui');
  const ms = (value: number | null | undefined): string | null => (value === null || value === undefined ? null : formatMs(value));
  return (
    <div className="figures-row">
      <Figure label={t('figures.typical')} value={ms(summary?.p50Ms)} unit="ms" />
      <Figure label={t('figures.slow')} value={ms(summary?.p95Ms)} unit="ms" />
      {withTail && <Figure label={t('figures.slowest')} value={ms(summary?.p99Ms)} unit="ms" />}
      <Figure label={t('figures.jitter')} value={ms(summary?.jitterMs)} unit="ms" />
      <Figure label={t('figures.lost')} value={summary === undefined || summary.sent === 0 ? null : formatPercent(summary.lossRatio)} unit="%" />
    </div>
  );
}
