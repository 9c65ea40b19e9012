// Launches an entry that was chosen outside the window: in the tray, or by a second start.
import type { EntryId, SessionId } from '../common/ids';
import type { Services } from '../domain/services';

/** @param openWindow opens the session's page, or the library when the launch failed: the tray has no room for reasons */
export function launchEntry({ sessions, log }: Services, entryId: EntryId, openWindow: (chosen?: SessionId) => void): void {
  sessions
    .launch(entryId)
    .then((launched) => {
      if (!launched.ok) log.warn('launch failed', { entry: entryId, ...launched.failure });
      openWindow(launched.ok ? launched.value : undefined);
    })
    .catch((error: unknown) => log.error('launch failed', { entry: entryId, error }));
}
