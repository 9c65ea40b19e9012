// One incident in the list: when, what, whom, how long, why.
import type { ReactNode } from 'react';
import type { IncidentSummary } from '../../../electron/common/incident';
import { useFocusTarget } from '../../navigation/use-focus-target';
import { openRoute } from '../../stores/route';
import { formatGap } from '../../ui/format';
import { plainName } from '../../ui/host-state';
import { CauseChip } from './CauseChip';
import { kindTexts, texts } from './texts';

interface IncidentRowProps {
  readonly incident: IncidentSummary;
  readonly isFresh: boolean;
  readonly nowMs: number;
}

export function IncidentRow({ incident, isFresh, nowMs }: IncidentRowProps): ReactNode {
  const { id, kind, beganAtMs, endedAtMs, hostName, entryName, headline, cause } = incident;
  const target = useFocusTarget<HTMLButtonElement>(`incident:${id}`);
  const clock = new Date(beganAtMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return (
    <button {...target} type="button" className="incident-row" onClick={() => openRoute({ page: 'incident', incidentId: id })}>
      <time className="incident-row__time figures">{clock}</time>
      <span className="incident-row__words">
        <span className="incident-row__headline">
          <bdi className="ellipsis">{plainName(headline)}</bdi>
          {isFresh && <span className="incident-row__fresh">{texts.fresh}</span>}
        </span>
        <span className="incident-row__about ellipsis">
          {kindTexts[kind]} · <bdi>{plainName(hostName)}</bdi>
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
      <span className="incident-row__lasted figures">{endedAtMs === null ? (nowMs - beganAtMs < 3_600_000 ? texts.goesOn : '') : formatGap(endedAtMs - beganAtMs)}</span>
    </button>
  );
}
