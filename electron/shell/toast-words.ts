// What the toast over a stream says: only what a person in front of a frozen picture wants to know.
import { isPaused } from '../common/paused-app';
import { assertNever } from '../common/result';
import type { AppState, SessionView } from '../common/session';

export interface ToastWords {
  readonly title: string;
  readonly detail: string;
  /** The name of a colour token of the window's styles. */
  readonly tone: 'warn' | 'hold' | 'good' | 'bad';
}

/** null: everything is as it should be, or nobody needs to know. */
export function toastWords({ name, link, app }: Pick<SessionView, 'name' | 'link' | 'app'>): ToastWords | null {
  switch (link.kind) {
    case 'connecting':
    case 'stopping':
    case 'ended':
      return null;
    case 'streaming':
      return streamingWords(name, app);
    case 'stalled':
      return { title: `${name} stands still`, detail: `${pauseWords(app)} It is given a moment to come back by itself.`, tone: toneOf(app) };
    case 'waiting':
    case 'gating':
    case 'reconnecting':
      return { title: `${name} was lost`, detail: `${pauseWords(app)} Athena is bringing it back.`, tone: toneOf(app) };
    case 'asking':
      return { title: `${name} needs you`, detail: `${pauseWords(app)} Open Athena to answer.`, tone: 'bad' };
    default:
      return assertNever(link);
  }
}

function streamingWords(name: string, app: AppState): ToastWords | null {
  if (app.kind === 'counting-down') return { title: `${name} is back`, detail: 'It runs on in a moment.', tone: 'good' };
  if (app.kind !== 'uncertain') return null;
  const failed = app.wanted === 'paused' ? 'could not be paused' : 'could not be resumed';
  return { title: `${name} ${failed}`, detail: app.advice, tone: 'bad' };
}

/** "Paused" is said only when the host's own state said so. */
function pauseWords(app: AppState): string {
  switch (app.kind) {
    case 'paused':
    case 'counting-down':
      if (app.method === 'quit') return 'The app was ended on the host.';
      return app.verified === false ? 'It was asked to pause.' : 'Paused ✓ ·';
    case 'pausing':
      return 'It is being paused.';
    case 'unmanaged':
    case 'running':
    case 'resuming':
      return 'It plays on.';
    case 'uncertain':
      return 'Nobody knows whether it is paused.';
    default:
      return assertNever(app);
  }
}

function toneOf(app: AppState): ToastWords['tone'] {
  return isPaused(app) ? 'hold' : 'warn';
}
