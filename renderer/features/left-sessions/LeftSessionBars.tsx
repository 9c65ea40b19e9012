// One bar for each session that was streaming when Athena died: back in one press.
import { History, RotateCw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeftSession } from '../../../electron/common/session';
import { FocusGroup } from '../../navigation/FocusGroup';
import { comeBack, forgetLeft, useLeftSessions } from '../../stores/left-sessions';
import { hostById, useLibrary } from '../../stores/library';
import { sessionOfEntry, useSessions } from '../../stores/sessions';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { formatMoment } from '../../ui/format';
import { useNow } from '../../ui/use-now';

export function LeftSessionBars(): ReactNode {
  const left = useLeftSessions((state) => state.left);
  const sessions = useSessions((state) => state.sessions);
  // While it is on its way back, its own page tells.
  const waiting = left.filter(({ entryId }) => sessionOfEntry(sessions, entryId) === undefined);
  return waiting.map((session) => <LeftSessionBar key={session.entryId} session={session} />);
}

function LeftSessionBar({ session }: { readonly session: LeftSession }): ReactNode {
  const { t } = useTranslation('leftSessions');
  const { entryId, hostId, name, streamedAtMs } = session;
  const host = useLibrary((state) => hostById(state.view, hostId)?.record.name ?? hostId);
  const nowMs = useNow(60_000);
  return (
    <Banner
      tone="hold"
      icon={History}
      title={t('title', { name, host })}
      actions={
        <FocusGroup className="banner__actions" focusKey={`left:${entryId}`}>
          <Button label={t('comeBack')} icon={RotateCw} look="primary" size="small" onPress={() => comeBack(entryId)} />
          <Button label={t('forget')} icon={X} size="small" onPress={() => forgetLeft(entryId)} />
        </FocusGroup>
      }
    >
      {t('lead', { since: formatMoment(streamedAtMs, nowMs) })}
    </Banner>
  );
}
