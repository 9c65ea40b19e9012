// When the session page is the reconnect screen: big, calm, and about nothing but the way back.
import type { SessionView } from '../../../electron/common/session';
import { isInterrupted } from '../../ui/session-words';

export function isRecovery({ link, app }: Pick<SessionView, 'link' | 'app'>): boolean {
  if (isInterrupted(link)) return true;
  if (link.kind === 'asking') return link.question.kind === 'crash-loop';
  return link.kind === 'streaming' && app.kind === 'counting-down';
}
