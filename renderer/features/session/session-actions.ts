// Which of the session's buttons can be pressed now, and why not otherwise: pure.
import { assertNever } from '../../../electron/common/result';
import type { SessionView } from '../../../electron/common/session';
import { wordsOf } from '../../language/language';
import { say } from '../../language/told';

const words = wordsOf('session');

export interface SessionActions {
  /** The one button for both: what it would do, and why it can't (undefined: it can). */
  readonly app: { readonly verb: 'pause' | 'resume'; readonly unavailable: string | undefined };
  readonly reconnect: { readonly unavailable: string | undefined };
  /** The button that is meant to be pressed next. */
  readonly primary: 'app' | 'reconnect' | 'stop' | 'launch-again' | null;
}

export function sessionActions({ link, app }: Pick<SessionView, 'link' | 'app'>): SessionActions {
  return { app: appAction(app), reconnect: { unavailable: reconnectUnavailable(link) }, primary: primaryOf({ link, app }) };
}

function appAction(app: SessionView['app']): SessionActions['app'] {
  switch (app.kind) {
    case 'unmanaged':
      return { verb: 'pause', unavailable: say(app.why) };
    case 'running':
      return { verb: 'pause', unavailable: undefined };
    case 'pausing':
      return { verb: 'pause', unavailable: words('appBusy') };
    case 'paused':
    case 'counting-down':
      return { verb: 'resume', unavailable: undefined };
    case 'resuming':
      return { verb: 'resume', unavailable: words('appBusy') };
    case 'uncertain':
      return { verb: app.wanted === 'paused' ? 'pause' : 'resume', unavailable: undefined };
    default:
      return assertNever(app);
  }
}

function reconnectUnavailable(link: SessionView['link']): string | undefined {
  switch (link.kind) {
    case 'streaming':
    case 'stalled':
    case 'waiting':
    case 'gating':
    case 'asking':
      return undefined;
    case 'connecting':
    case 'reconnecting':
      return words('underWay');
    case 'stopping':
    case 'ended':
      return words('noStream');
    default:
      return assertNever(link);
  }
}

function primaryOf({ link, app }: Pick<SessionView, 'link' | 'app'>): SessionActions['primary'] {
  if (link.kind === 'ended') return 'launch-again';
  if (link.kind === 'stalled' || link.kind === 'waiting' || link.kind === 'gating') return 'reconnect';
  if (link.kind === 'streaming' && (app.kind === 'paused' || app.kind === 'uncertain')) return 'app';
  return null;
}
