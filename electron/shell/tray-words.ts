// The tray's one line and icon, from all sessions.
import { isPaused } from '../common/paused-app';
import { assertNever } from '../common/result';
import type { SessionView } from '../common/session';
import { tell, type Told } from '../common/told';

export type TrayState = 'idle' | 'streaming' | 'paused' | 'trouble';

function stateOf({ link, app }: SessionView): TrayState {
  switch (link.kind) {
    case 'ended':
      return 'idle';
    case 'streaming':
      return isPaused(app) ? 'paused' : app.kind === 'uncertain' ? 'trouble' : 'streaming';
    case 'connecting':
    case 'stopping':
      return 'streaming';
    case 'stalled':
    case 'waiting':
    case 'gating':
    case 'reconnecting':
    case 'asking':
      return 'trouble';
    default:
      return assertNever(link);
  }
}

const byWeight: readonly TrayState[] = ['trouble', 'paused', 'streaming', 'idle'];

/** The state that matters most. */
export function trayState(views: readonly SessionView[]): TrayState {
  const states = new Set(views.map(stateOf));
  return byWeight.find((state) => states.has(state)) ?? 'idle';
}

function wordsFor(view: SessionView): Told {
  const paused = isPaused(view.app) ? tell`, paused` : '';
  switch (view.link.kind) {
    case 'connecting':
      return tell`connecting to ${view.name}`;
    case 'streaming':
      return tell`streaming ${view.name}${paused}`;
    case 'stalled':
      return tell`${view.name} stands still${paused}`;
    case 'waiting':
    case 'gating':
    case 'reconnecting':
      return tell`reconnecting ${view.name}${paused}`;
    case 'asking':
      return tell`${view.name} needs an answer${paused}`;
    case 'stopping':
      return tell`ending ${view.name}`;
    case 'ended':
      return tell`${view.name} ended${paused}`;
    default:
      return assertNever(view.link);
  }
}

export function trayWords(views: readonly SessionView[]): Told {
  const live = views.filter((view) => view.link.kind !== 'ended');
  const [first, ...others] = live;
  if (!first) return tell`idle`;
  return others.length === 0 ? wordsFor(first) : tell`${wordsFor(first)}, and ${others.length} more`;
}
