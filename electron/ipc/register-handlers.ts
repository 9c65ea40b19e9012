// Puts the handlers where Electron's windows ask.
import { ipcMain } from 'electron';
import type { Desktop } from '../common/desktop';
import type { WindowView } from '../common/window-view';
import { toText } from '../common/ipc-text';
import type { Services } from '../domain/services';
import { allHandlers, type FileDialogs } from './handlers';
import { serve, type SenderCheck } from './serve';

export function registerHandlers(services: Services, isOurs: SenderCheck, dialogs: FileDialogs, view: WindowView, desktop: Desktop): void {
  serve(allHandlers(services, dialogs, view, desktop), isOurs, services.log, {
    handle: (channel, answer) => ipcMain.handle(channel, async (event, args: unknown) => toText(await answer(event, args))),
  });
}
