// What the toast over a stream says: only what a person in front of a frozen picture wants to know.
import { isPaused } from '../common/paused-app';
import { assertNever } from '../common/result';
import type { AppState, SessionView } from '../common/session';
import { tell, type Told } from '../common/told';

export interface ToastWords {
  readonly title: Told;
  readonly detail: Told;
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
      return { title: tell`${name} stands still`, detail: tell`${pauseWords(app)} It is given a moment to come back by itself.`, tone: toneOf(app) };
    case 'waiting':
    case 'gating':
    case 'reconnecting':
      return { title: tell`${name} was lost`, detail: tell`${pauseWords(app)} Athena is bringing it back.`, tone: toneOf(app) };
    case 'asking':
      return { title: tell`${name} needs you`, detail: tell`${pauseWords(app)} Open Athena to answer.`, tone: 'bad' };
    default:
      return assertNever(link);
  }
}

function streamingWords(name: string, app: AppState): ToastWords | null {
  if (app.kind === 'counting-down') return { title: tell`${name} is back`, detail: tell`It runs on in a moment.`, tone: 'good' };
  if (app.kind !== 'uncertain') return null;
  const title = app.wanted === 'paused' ? tell`${name} could not be paused` : tell`${name} could not be resumed`;
  return { title, detail: app.advice, tone: 'bad' };
}

/** "Paused" is said only when the host's own state said so. */
function pauseWords(app: AppState): Told {
  switch (app.kind) {
    case 'paused':
    case 'counting-down':
      if (app.method === 'quit') return tell`The app was ended on the host.`;
      return app.verified === false ? tell`It was asked to pause.` : tell`Paused ✓ ·`;
    case 'pausing':
      return tell`It is being paused.`;
    case 'unmanaged':
    case 'running':
    case 'resuming':
      return tell`It plays on.`;
    case 'uncertain':
      return tell`Nobody knows whether it is paused.`;
    default:
      return assertNever(app);
  }
}

function toneOf(app: AppState): ToastWords['tone'] {
  return isPaused(app) ? 'hold' : 'warn';
}
