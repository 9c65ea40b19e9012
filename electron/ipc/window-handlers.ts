// The window's own channels: what only the program that owns it can change.
import { success } from '../common/result';
import type { WindowView } from '../common/window-view';
import type { Handlers } from './serve';

type WindowChannel = Extract<keyof Handlers, `window:${string}`>;

export function windowHandlers(view: WindowView): Pick<Handlers, WindowChannel> {
  return {
    'window:set-couch': ({ couch }) => {
      view.setCouch(couch);
      return success(undefined);
    },
    'window:quit': () => {
      view.quit();
      return success(undefined);
    },
  };
}
