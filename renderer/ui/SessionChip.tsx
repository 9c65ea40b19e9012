// A session's state as a chip, for tiles and lists.
import { CirclePause, CirclePlay, LoaderCircle, MessageCircleQuestionMark, Square, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { isPaused } from '../../electron/common/paused-app';
import type { SessionView } from '../../electron/common/session';
import { Chip } from './Chip';
import { sessionWords } from './session-words';

export function sessionIcon({ link, app }: Pick<SessionView, 'link' | 'app'>): LucideIcon {
  if (link.kind === 'asking') return MessageCircleQuestionMark;
  if (isPaused(app)) return CirclePause;
  if (link.kind === 'ended') return Square;
  if (app.kind === 'uncertain') return TriangleAlert;
  return link.kind === 'streaming' ? CirclePlay : LoaderCircle;
}

export function SessionChip({ session, plain = false }: { readonly session: SessionView; readonly plain?: boolean }): ReactNode {
  const { text, tone } = sessionWords(session);
  const icon = sessionIcon(session);
  return <Chip icon={icon} text={text} tone={tone} plain={plain} turning={icon === LoaderCircle} />;
}
