// The big calm part of the session page: the state in words, what is tried next, and the buttons.
import { CircleCheck, LoaderCircle, Pause, Play, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { isPaused } from '../../../electron/common/paused-app';
import type { SessionView } from '../../../electron/common/session';
import { hostById, useLibrary } from '../../stores/library';
import { Chip } from '../../ui/Chip';
import { sessionIcon } from '../../ui/SessionChip';
import { StateDisc } from '../../ui/StateDisc';
import { appWords, isInterrupted, linkDetail, sessionWords } from '../../ui/session-words';
import { Attempt, LostAgo, ResumeCountdown, StreamingFor } from './Countdowns';
import { QuestionPanel } from './QuestionPanel';
import { QualityChips } from './QualityChips';
import { SessionActions } from './SessionActions';

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
            <Chip
              icon={appIcon(session)}
              text={appLine.text}
              tone={appLine.tone}
              turning={appLine.isWorking}
            />
            {link.kind === 'streaming' && <QualityChips quality={session.quality} />}
            {appLine.detail !== '' && <span className="hero__app-detail">{appLine.detail}</span>}
          </div>
          {isInterrupted(link) && (
            <div className="hero__facts">
              <Attempt link={link} />
              <LostAgo link={link} />
            </div>
          )}
        </div>
        {isCounting && <ResumeCountdown sessionId={session.id} endsAtMs={app.endsAtMs} />}
      </div>
      {link.kind === 'asking' && <QuestionPanel session={session} question={link.question} />}
      <SessionActions session={session} />
    </section>
  );
}

function appIcon({ app }: SessionView): LucideIcon {
  // Said by the host's own process table, not by us.
  if (isPaused(app)) return app.kind === 'paused' ? CircleCheck : Pause;
  if (app.kind === 'uncertain') return TriangleAlert;
  return app.kind === 'pausing' || app.kind === 'resuming' ? LoaderCircle : Play;
}
