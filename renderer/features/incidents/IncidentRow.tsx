// One incident in the list: when, what, whom, how long, why.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentSummary } from '../../../electron/common/incident';
import { formatMinute } from '../../language/locale';
import { say } from '../../language/told';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { openRoute } from '../../stores/route';
import { formatGap } from '../../ui/format';
import { plainName } from '../../ui/host-state';
import { CauseChip } from './CauseChip';

interface IncidentRowProps {
  readonly incident: IncidentSummary;
  readonly isFresh: boolean;
  readonly nowMs: number;
}

export function IncidentRow({ incident, isFresh, nowMs }: IncidentRowProps): ReactNode {
  const { t } = useTranslation('incidents');
  const { id, kind, beganAtMs, endedAtMs, hostName, entryName, headline, cause } = incident;
  const target = useFocusTarget<HTMLButtonElement>(`incident:${id}`);
  const clock = formatMinute(beganAtMs);
  return (
    <button {...target} type="button" className="incident-row" onClick={() => openRoute({ page: 'incident', incidentId: id })}>
      <time className="incident-row__time figures">{clock}</time>
      <span className="incident-row__words">
        <span className="incident-row__headline">
          <bdi className="ellipsis">{plainName(say(headline))}</bdi>
          {isFresh && <span className="incident-row__fresh">{t('fresh')}</span>}
        </span>
        <span className="incident-row__about ellipsis">
          {t(`kinds.${kind}`)} · <bdi>{plainName(hostName)}</bdi>
          {entryName !== null && (
            <>
              {' · '}
              <bdi>{plainName(entryName)}</bdi>
            </>
          )}
        </span>
      </span>
      <span className="incident-row__cause">
        <CauseChip cause={cause} />
      </span>
      <span className="incident-row__lasted figures">{endedAtMs === null ? (nowMs - beganAtMs < 3_600_000 ? t('goesOn') : '') : formatGap(endedAtMs - beganAtMs)}</span>
    </button>
  );
}
