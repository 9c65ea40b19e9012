// All channels' handlers, a subject each.
import type { Desktop } from '../common/desktop';
import type { WindowView } from '../common/window-view';
import type { ChooseConnectionFiles } from '../domain/imports/connection-files';
import type { SaveFile } from '../domain/incidents/save-file';
import type { Services } from '../domain/services';
import { appHandlers } from './app-handlers';
import { desktopHandlers } from './desktop-handlers';
import { hostHandlers } from './host-handlers';
import { importHandlers } from './import-handlers';
import { incidentHandlers } from './incident-handlers';
import { libraryHandlers } from './library-handlers';
import { profileHandlers } from './profile-handlers';
import { sessionHandlers } from './session-handlers';
import { settingsHandlers } from './settings-handlers';
import { windowHandlers } from './window-handlers';
import type { Handlers } from './serve';

/** The shell's file dialogs. */
export interface FileDialogs {
  /** Where an export goes. */
  readonly save: SaveFile;
  readonly choose: ChooseConnectionFiles;
}

export function allHandlers(services: Services, { save, choose }: FileDialogs, view: WindowView, desktop: Desktop): Handlers {
  return {
    ...appHandlers(services, view),
    ...libraryHandlers(services),
    ...profileHandlers(services),
    ...sessionHandlers(services),
    ...hostHandlers(services),
    ...importHandlers(services, choose),
    ...incidentHandlers(services, save),
    ...settingsHandlers(services),
    ...windowHandlers(view),
    ...desktopHandlers(desktop),
  };
}
