// Which vantage points are drawn: one switch each.
import { Eye, EyeOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { VantageId, VantagePoint } from '../../../electron/common/vantage';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { toggleVantage } from '../../stores/network-view';
import { vantageName } from '../../ui/vantage-name';

export function LaneToggles({ points, hidden }: { readonly points: readonly VantagePoint[]; readonly hidden: ReadonlySet<VantageId> }): ReactNode {
  const { t } = useTranslation('latency');
  if (points.length === 0) return <div className="lane-toggles" />;
  return (
    <FocusGroup className="lane-toggles" role="group" label={t('shown')} focusKey="network-lanes">
      {points.map((point) => (
        <LaneToggle key={point.id} point={point} isShown={!hidden.has(point.id)} />
      ))}
    </FocusGroup>
  );
}

function LaneToggle({ point, isShown }: { readonly point: VantagePoint; readonly isShown: boolean }): ReactNode {
  const target = useFocusTarget<HTMLButtonElement>(`lane:${point.id}`);
  const Icon = isShown ? Eye : EyeOff;
  return (
    <button {...target} type="button" className="lane-toggle" aria-pressed={isShown} title={vantageName(point)} onClick={() => toggleVantage(point.id)}>
      <Icon size="1em" aria-hidden />
      <bdi className="ellipsis">{vantageName(point)}</bdi>
    </button>
  );
}
