// What Electron and the desktop draw of Athena's windows, in the colours that were chosen: menus, dialogs, the ground before a page.
import { nativeTheme } from 'electron';
import type { Settings } from '../common/settings';
import type { Services } from '../domain/services';

/** The part of the main window that has a colour of its own. */
export interface GroundedWindow {
  setGround(theme: Settings['theme']): void;
}

export function followTheme(settings: Services['settings'], window: GroundedWindow): void {
  const follow = (): void => {
    const { theme } = settings.values;
    nativeTheme.themeSource = theme === 'light' ? 'light' : 'dark';
    window.setGround(theme);
  };
  follow();
  settings.onChange(follow);
}
