// What the lines of the network page mean, and what the hand can do.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function NetworkLegend({ isLive }: { readonly isLive: boolean }): ReactNode {
  const { t } = useTranslation('latency');
  return (
    <div className="network__legend">
      <span className="graph__key graph__key--icmp">{isLive ? t('live') : t('recorded')}</span>
      {isLive && <span className="graph__key graph__key--tcp">{t('beside')}</span>}
      <span className="graph__key graph__key--loss">{t('lost')}</span>
      <span className="network__keys">{t('keys')}</span>
    </div>
  );
}
