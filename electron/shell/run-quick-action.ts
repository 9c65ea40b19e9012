// Does what was chosen outside the window: in the tray's menu, or by the shortcut.
import type { SessionId } from '../common/ids';
import { assertNever, type Result } from '../common/result';
import type { Services } from '../domain/services';
import { launchEntry } from './launch-entry';
import type { QuickAction } from './quick-action';

export function runQuickAction(services: Services, action: QuickAction, openWindow: (chosen?: SessionId) => void): void {
  switch (action.kind) {
    case 'launch':
      launchEntry(services, action.entryId, openWindow);
      return;
    case 'show':
      openWindow(action.sessionId);
      return;
    case 'wake':
      follow(services, action, services.wake.wake(action.hostId));
      return;
    case 'pause':
    case 'resume':
    case 'reconnect':
      follow(services, action, services.sessions.steer(action.sessionId, { kind: `${action.kind}-wanted` }));
      return;
    default:
      assertNever(action);
  }
}

/** There is no room for reasons here: what failed is told by the tray's icon, the window and the log. */
function follow({ log }: Services, action: QuickAction, done: Promise<Result<unknown>> | Result<unknown>): void {
  Promise.resolve(done)
    .then((result) => {
      if (!result.ok) log.warn('what was asked outside the window could not be done', { action, ...result.failure });
    })
    .catch((error: unknown) => log.error('what was asked outside the window could not be done', { action, error }));
}
