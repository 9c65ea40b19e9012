// Whether an app may be called paused: nobody must be told so who has not seen it.
import type { AppState } from './session';

/** And that was read back: an app that was only asked to pause may run, and one that was ended does not come back. */
export function isPaused(app: AppState): boolean {
  return (app.kind === 'paused' || app.kind === 'counting-down') && app.verified !== false && app.method !== 'quit';
}
