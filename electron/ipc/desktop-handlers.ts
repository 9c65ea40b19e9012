// The channel on what the desktop grants.
import type { Desktop } from '../common/desktop';
import { success } from '../common/result';
import type { Handlers } from './serve';

type DesktopChannel = Extract<keyof Handlers, `desktop:${string}`>;

export function desktopHandlers(desktop: Desktop): Pick<Handlers, DesktopChannel> {
  return { 'desktop:look': async () => success(await desktop.grants()) };
}
