// What the lines and marks of the latency graph mean.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function GraphLegend(): ReactNode {
  const { t } = useTranslation('ui');
  return (
    <figcaption className="graph__legend">
      <span className="graph__key graph__key--icmp">{t('graph.echo')}</span>
      <span className="graph__key graph__key--tcp">{t('graph.port')}</span>
      <span className="graph__key graph__key--jitter">{t('graph.jitter')}</span>
      <span className="graph__key graph__key--loss">{t('graph.lost')}</span>
    </figcaption>
  );
}
