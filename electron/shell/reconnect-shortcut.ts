// The shortcut that brings the last session back from wherever the person is: the desktop hands it to Athena in every program.
import { app, globalShortcut } from 'electron';
import type { SessionId } from '../common/ids';
import type { Settings } from '../common/settings';
import type { Services } from '../domain/services';
import { runAction } from './run-action';
import { shortcutAction, usedEntries } from './tray-menu';

export function followReconnectShortcut(services: Services, openWindow: (chosen?: SessionId) => void): void {
  const { settings, sessions, library, log } = services;
  const held: { keys: Settings['reconnectShortcut'] } = { keys: 'off' };
  const press = (): void => {
    const action = shortcutAction(sessions.views(), usedEntries(library));
    if (action === null) openWindow();
    else runAction(services, action, openWindow);
  };
  const follow = (): void => {
    const keys = settings.values.reconnectShortcut;
    if (keys === held.keys) return;
    if (held.keys !== 'off') globalShortcut.unregister(held.keys);
    held.keys = keys;
    // Another program may hold the keys, and Wayland's desktops give them to nobody.
    if (keys !== 'off' && !globalShortcut.register(keys, press)) log.warn('the desktop does not give the shortcut to Athena', { keys });
  };
  follow();
  settings.onChange(follow);
  app.once('will-quit', () => globalShortcut.unregisterAll());
}
