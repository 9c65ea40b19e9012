// Puts the handlers where Electron's windows ask.
import { ipcMain } from 'electron';
import { toText } from '../common/ipc-text';
import type { Services } from '../domain/services';
import { allHandlers } from './handlers';
import { serve, type SenderCheck } from './serve';

export function registerHandlers(services: Services, isOurs: SenderCheck): void {
  serve(allHandlers(services), isOurs, services.log, {
    handle: (channel, answer) => ipcMain.handle(channel, async (event, args: unknown) => toText(await answer(event, args))),
  });
}
