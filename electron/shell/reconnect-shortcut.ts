// The shortcut that brings the last session back from wherever the person is: the desktop hands it to Athena in every program.
import { app, globalShortcut } from 'electron';
import type { SessionId } from '../common/ids';
import type { Settings } from '../common/settings';
import type { Services } from '../domain/services';
import { usedEntries } from './quick-action';
import { runQuickAction } from './run-quick-action';
import { shortcutAction } from './shortcut-action';

/** @returns whether the desktop hands over the chosen keys; also true when none are chosen */
export function followReconnectShortcut(services: Services, openWindow: (chosen?: SessionId) => void): () => boolean {
  const { settings, sessions, library, log } = services;
  const chosen: { keys: Settings['reconnectShortcut'] } = { keys: 'off' };
  const press = (): void => {
    const action = shortcutAction(sessions.views(), usedEntries(library));
    if (action === null) openWindow();
    else runQuickAction(services, action, openWindow);
  };
  const follow = (): void => {
    const keys = settings.values.reconnectShortcut;
    if (keys === chosen.keys) return;
    if (chosen.keys !== 'off') globalShortcut.unregister(chosen.keys);
    chosen.keys = keys;
    // Another program may hold the keys, and Wayland's desktops give them to nobody.
    if (keys !== 'off' && !globalShortcut.register(keys, press)) log.warn('the desktop does not give the shortcut to Athena', { keys });
  };
  follow();
  settings.onChange(follow);
  app.once('will-quit', () => globalShortcut.unregisterAll());
  return () => chosen.keys === 'off' || globalShortcut.isRegistered(chosen.keys);
}
