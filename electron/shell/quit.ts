// Quitting in order: every client, thread and probe has ended before Electron does.
import { app } from 'electron';
import type { Services } from '../domain/services';

/** The quit goes on after this even if something hangs: the clients' terminals close with the process, which ends them. */
const disposeLimitMs = 8_000;

export interface Quit {
  /** The user wants Athena to end: closing the window no longer hides it. */
  readonly wanted: boolean;
}

export function quitOnce(services: Services): Quit {
  const quit = { wanted: false };
  const state = { disposed: false };
  app.on('before-quit', () => (quit.wanted = true));
  app.on('will-quit', (event) => {
    if (state.disposed) return;
    event.preventDefault();
    const limit = new Promise((resolve) => setTimeout(resolve, disposeLimitMs));
    Promise.race([services.dispose(), limit])
      .catch((error: unknown) => services.log.error('quit in disorder', { error }))
      .finally(() => {
        state.disposed = true;
        // Not in this very event: while Electron still handles it, another quit is ignored.
        setImmediate(() => app.quit());
      });
  });
  // A terminal's Ctrl+C and a service manager's stop are quits like any other.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  return quit;
}
