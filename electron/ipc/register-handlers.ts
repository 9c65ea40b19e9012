// Puts the handlers where Electron's windows ask.
import { ipcMain } from 'electron';
import type { Services } from '../domain/services';
import { allHandlers } from './handlers';
import { serve, type SenderCheck } from './serve';

export function registerHandlers(services: Services, isOurs: SenderCheck): void {
  serve(allHandlers(services), isOurs, services.log, ipcMain);
}
