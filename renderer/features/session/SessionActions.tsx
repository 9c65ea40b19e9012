// The session's buttons: what is meant to be pressed next is first while the stream is brought back.
import { Pause, Pencil, Play, RotateCw, SearchCheck, Server, SlidersHorizontal, Square, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isFormEntry } from '../../../electron/common/entry';
import type { SessionId } from '../../../electron/common/ids';
import type { SessionView } from '../../../electron/common/session';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useHosts } from '../../stores/hosts';
import { useSessionIncident } from '../../stores/incidents';
import { entryById, useLibrary } from '../../stores/library';
import { openRoute } from '../../stores/route';
import { launchEntry, tellSession } from '../../stores/sessions';
import { Button } from '../../ui/Button';
import { QuitApp } from './QuitApp';
import { isRecovery } from './recovery';
import { sessionActions } from './session-actions';
import { useFocusWhenAsked } from './use-focus-when-asked';

export function SessionActions({ session }: { readonly session: SessionView }): ReactNode {
  const { t } = useTranslation('session');
  const { id, link, app } = session;
  const entry = useLibrary((state) => entryById(state.view, session.entryId)?.entry);
  const canEdit = entry !== undefined && isFormEntry(entry);
  const isKnownHost = useHosts((state) => state.hosts.some(({ hostId, paired }) => hostId === session.hostId && paired));
  const canQuit = entry?.protocol === 'gamestream' && isKnownHost && link.kind !== 'stopping';
  const actions = sessionActions(session);
  const hasEnded = link.kind === 'ended';
  const isAsking = link.kind === 'asking';
  const isBack = isRecovery(session);
  // The count-down has buttons of its own. An app that was left paused can be let go without a stream, too.
  const showsApp = app.kind !== 'counting-down' && (!hasEnded || ['paused', 'resuming', 'uncertain'].includes(app.kind));
  // Nobody lets the app go by a blind press while its picture is still away.
  const preferred = !showsApp || isBack || actions.primary === 'reconnect' ? 'session-reconnect' : 'session-app';
  const appButton = showsApp && <AppButton session={session} />;
  return (
    <FocusGroup className="hero__actions" focusKey="session-actions" preferred={preferred}>
      {!isBack && appButton}
      {!isAsking && (
        <Button
          focusKey="session-reconnect"
          label={hasEnded ? t('launchAgain') : t('reconnect')}
          icon={RotateCw}
          look={actions.primary === 'reconnect' || actions.primary === 'launch-again' ? 'primary' : 'plain'}
          unavailable={hasEnded ? undefined : actions.reconnect.unavailable}
          onPress={() => (hasEnded ? launchEntry(session.entryId) : tellSession('reconnect', id))}
        />
      )}
      <Button
        focusKey="session-stop"
        label={hasEnded ? t('close') : t('stop')}
        icon={hasEnded ? X : Square}
        onPress={() => tellSession('stop', id)}
      />
      {isBack && appButton}
      {isBack && actions.primary === 'reconnect' && <FocusReconnect />}
      {session.link.kind === 'streaming' && app.kind === 'paused' && <FocusApp />}
      {canQuit && <QuitApp sessionId={id} />}
      <ShowCause sessionId={id} />
      <span className="hero__spring" />
      <Button label={t('openHost')} icon={Server} look="quiet" onPress={() => openRoute({ page: 'host', hostId: session.hostId })} />
      {!isBack && entry?.protocol === 'gamestream' && (
        <Button label={t('streamSettings')} icon={SlidersHorizontal} look="quiet" onPress={() => openRoute({ page: 'profile', entryId: session.entryId })} />
      )}
      {!isBack && entry?.protocol === 'gamestream' && entry.pause === undefined && (
        <Button label={t('setPause')} icon={Pause} look="quiet" onPress={() => openRoute({ page: 'pause-form', entryId: session.entryId })} />
      )}
      {!isBack && canEdit && (
        <Button label={t('edit')} icon={Pencil} look="quiet" onPress={() => openRoute({ page: 'entry-form', entryId: session.entryId })} />
      )}
    </FocusGroup>
  );
}

/** Once something has gone wrong: the newest incident of this session, judged or still going on. */
function ShowCause({ sessionId }: { readonly sessionId: SessionId }): ReactNode {
  const { t } = useTranslation('session');
  const incidentId = useSessionIncident(sessionId);
  if (incidentId === undefined) return null;
  return <Button focusKey="session-cause" label={t('showCause')} icon={SearchCheck} onPress={() => openRoute({ page: 'incident', incidentId })} />;
}

function AppButton({ session: { id, link, app } }: { readonly session: SessionView }): ReactNode {
  const { t } = useTranslation('session');
  const actions = sessionActions({ link, app });
  const { verb } = actions.app;
  return (
    <Button
      focusKey="session-app"
      label={verb === 'pause' ? t('pause') : t('resume')}
      icon={verb === 'pause' ? Pause : Play}
      look={actions.primary === 'app' ? 'primary' : 'plain'}
      unavailable={actions.app.unavailable}
      onPress={() => tellSession(verb, id)}
    />
  );
}

/** The stream has just broken off: the one thing to press has the focus, wherever among these buttons it was. */
function FocusReconnect(): ReactNode {
  useFocusWhenAsked('session-reconnect');
  return null;
}

/** Held by a person while its picture is there: to let it go is what comes next, not to reconnect. */
function FocusApp(): ReactNode {
  useFocusWhenAsked('session-app');
  return null;
}
