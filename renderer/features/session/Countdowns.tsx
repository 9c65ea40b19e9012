// The parts of the session page that count; each draws itself alone.
import { Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionId } from '../../../electron/common/ids';
import type { LinkState } from '../../../electron/common/session';
import { decimal } from '../../language/locale';
import { FocusGroup } from '../../navigation/FocusGroup';
import { tellSession } from '../../stores/sessions';
import { Button } from '../../ui/Button';
import { isInterrupted } from '../../ui/session-words';
import { useNow } from '../../ui/use-now';
import { useFocusWhenAsked } from './use-focus-when-asked';

export function Attempt({ link }: { readonly link: LinkState }): ReactNode {
  const { t } = useTranslation('session');
  if (link.kind !== 'waiting' && link.kind !== 'gating' && link.kind !== 'reconnecting') return null;
  return (
    <span className="attempt figures">
      {link.attempt > 0 && t('attempt', { attempt: link.attempt })}
      {link.kind === 'waiting' && <NextTry nextAtMs={link.nextAtMs} />}
    </span>
  );
}

function NextTry({ nextAtMs }: { readonly nextAtMs: number }): ReactNode {
  const { t } = useTranslation('session');
  const leftMs = Math.max(0, nextAtMs - useNow(100));
  return <>, {t('nextIn', { seconds: decimal((leftMs / 1000).toFixed(1)) })}</>;
}

/** How long the stream is gone, in whole seconds and then in minutes. */
export function LostAgo({ link }: { readonly link: LinkState }): ReactNode {
  return isRecoveringLink(link) ? <Since atMs={link.interruption.atMs} /> : null;
}

function isRecoveringLink(link: LinkState): link is Extract<LinkState, { kind: 'stalled' | 'waiting' | 'gating' | 'reconnecting' }> {
  return isInterrupted(link);
}

function Since({ atMs }: { readonly atMs: number }): ReactNode {
  const { t } = useTranslation('session');
  const seconds = Math.max(0, Math.floor((useNow(1000) - atMs) / 1000));
  return <span className="hero__since figures">{t('lostAgo', { time: seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min` })}</span>;
}

/** Minutes and seconds since the stream is there. */
export function StreamingFor({ sinceMs }: { readonly sinceMs: number }): ReactNode {
  const { t } = useTranslation('session');
  const seconds = Math.max(0, Math.floor((useNow(1000) - sinceMs) / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const time = hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  return <span className="figures">{t('streamingFor', { time })}</span>;
}

export function ResumeCountdown({ sessionId, endsAtMs }: { readonly sessionId: SessionId; readonly endsAtMs: number }): ReactNode {
  const { t } = useTranslation('session');
  useFocusWhenAsked('session-countdown');
  const left = Math.max(0, Math.ceil((endsAtMs - useNow(100)) / 1000));
  return (
    <div className="countdown">
      <div className="countdown__number figures" role="timer" aria-label={t('runsOnIn', { seconds: left })}>
        <span key={left}>{left}</span>
      </div>
      <FocusGroup className="countdown__actions" focusKey="session-countdown" preferred="session-resume-now">
        <Button
          focusKey="session-resume-now"
          label={t('resumeNow')}
          icon={Play}
          look="primary"
          onPress={() => tellSession('resume', sessionId)}
        />
        <Button label={t('stayPaused')} icon={Pause} onPress={() => tellSession('stay-paused', sessionId)} />
      </FocusGroup>
    </div>
  );
}
