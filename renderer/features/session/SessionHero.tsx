// The big calm part of the session page: the state in words, what is tried next, and the buttons.
import { LoaderCircle, Pause, Pencil, Play, RotateCw, Server, SlidersHorizontal, Square, TriangleAlert, X, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { isFormEntry } from '../../../electron/common/entry';
import type { SessionView } from '../../../electron/common/session';
import { FocusGroup } from '../../navigation/FocusGroup';
import { useHosts } from '../../stores/hosts';
import { entryById, hostById, useLibrary } from '../../stores/library';
import { openRoute } from '../../stores/route';
import { launchEntry, tellSession } from '../../stores/sessions';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { sessionIcon } from '../../ui/SessionChip';
import { StateDisc } from '../../ui/StateDisc';
import { appWords, isInterrupted, isPaused, linkDetail, sessionWords } from '../../ui/session-words';
import { Attempt, ResumeCountdown, StreamingFor } from './Countdowns';
import { QuestionPanel } from './QuestionPanel';
import { QualityChips } from './QualityChips';
import { QuitApp } from './QuitApp';
import { sessionActions } from './session-actions';
import { texts } from './texts';

export function SessionHero({ session }: { readonly session: SessionView }): ReactNode {
  const { link, app } = session;
  const host = useLibrary((state) => hostById(state.view, session.hostId));
  const state = sessionWords(session);
  const appLine = appWords(app);
  const isCounting = link.kind === 'streaming' && app.kind === 'counting-down';
  return (
    <section className="hero" data-tone={state.tone}>
      <header className="hero__head">
        <h1 className="hero__name ellipsis" dir="auto">
          {session.name}
        </h1>
        <span className="quiet ellipsis">
          {host?.record.name ?? session.hostId} · {session.clientName}
        </span>
      </header>
      <div className="hero__body">
        <StateDisc icon={sessionIcon(session)} isWorking={state.isWorking} />
        <div className="hero__words">
          <p className="hero__title">{state.text}</p>
          <p className="hero__detail">
            {linkDetail(link)}
            {link.kind === 'streaming' && <StreamingFor sinceMs={link.sinceMs} />}
          </p>
          <div className="hero__facts">
            {isInterrupted(link) && <Attempt link={link} />}
            <Chip
              icon={appIcon(session)}
              text={appLine.text}
              tone={appLine.tone}
              turning={appLine.isWorking}
            />
            {link.kind === 'streaming' && <QualityChips quality={session.quality} />}
            {appLine.detail !== '' && <span className="hero__app-detail">{appLine.detail}</span>}
          </div>
        </div>
        {isCounting && <ResumeCountdown sessionId={session.id} endsAtMs={app.endsAtMs} />}
      </div>
      {link.kind === 'asking' && <QuestionPanel session={session} question={link.question} />}
      <Actions session={session} />
    </section>
  );
}

function appIcon({ app }: SessionView): LucideIcon {
  if (isPaused(app)) return Pause;
  if (app.kind === 'uncertain') return TriangleAlert;
  return app.kind === 'pausing' || app.kind === 'resuming' ? LoaderCircle : Play;
}

function Actions({ session }: { readonly session: SessionView }): ReactNode {
  const { id, link, app } = session;
  const entry = useLibrary((state) => entryById(state.view, session.entryId)?.entry);
  const canEdit = entry !== undefined && isFormEntry(entry);
  const isKnownHost = useHosts((state) => state.hosts.some(({ hostId, paired }) => hostId === session.hostId && paired));
  const canQuit = entry?.protocol === 'gamestream' && isKnownHost && link.kind !== 'stopping';
  const actions = sessionActions(session);
  const { verb } = actions.app;
  const hasEnded = link.kind === 'ended';
  const isAsking = link.kind === 'asking';
  // The count-down has buttons of its own. An app that was left paused can be let go without a stream, too.
  const showsApp = app.kind !== 'counting-down' && (!hasEnded || ['paused', 'resuming', 'uncertain'].includes(app.kind));
  const preferred = !showsApp || actions.primary === 'reconnect' ? 'session-reconnect' : 'session-app';
  return (
    <FocusGroup className="hero__actions" focusKey="session-actions" preferred={preferred}>
      {showsApp && (
        <Button
          focusKey="session-app"
          label={verb === 'pause' ? texts.pause : texts.resume}
          icon={verb === 'pause' ? Pause : Play}
          look={actions.primary === 'app' ? 'primary' : 'plain'}
          unavailable={actions.app.unavailable}
          onPress={() => tellSession(verb, id)}
        />
      )}
      {!isAsking && (
        <Button
          focusKey="session-reconnect"
          label={hasEnded ? texts.launchAgain : texts.reconnect}
          icon={RotateCw}
          look={actions.primary === 'reconnect' || actions.primary === 'launch-again' ? 'primary' : 'plain'}
          unavailable={hasEnded ? undefined : actions.reconnect.unavailable}
          onPress={() => (hasEnded ? launchEntry(session.entryId) : tellSession('reconnect', id))}
        />
      )}
      <Button
        focusKey="session-stop"
        label={hasEnded ? texts.close : texts.stop}
        icon={hasEnded ? X : Square}
        onPress={() => tellSession('stop', id)}
      />
      {canQuit && <QuitApp sessionId={id} />}
      <span className="hero__spring" />
      <Button label={texts.openHost} icon={Server} look="quiet" onPress={() => openRoute({ page: 'host', hostId: session.hostId })} />
      {entry?.protocol === 'gamestream' && (
        <Button label={texts.streamSettings} icon={SlidersHorizontal} look="quiet" onPress={() => openRoute({ page: 'profile', entryId: session.entryId })} />
      )}
      {canEdit && <Button label={texts.edit} icon={Pencil} look="quiet" onPress={() => openRoute({ page: 'entry-form', entryId: session.entryId })} />}
    </FocusGroup>
  );
}
