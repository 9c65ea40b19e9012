// All channels' handlers, a subject each.
import type { WindowView } from '../common/window-view';
import type { SaveFile } from '../domain/incidents/save-file';
import type { Services } from '../domain/services';
import { appHandlers } from './app-handlers';
import { hostHandlers } from './host-handlers';
import { incidentHandlers } from './incident-handlers';
import { libraryHandlers } from './library-handlers';
import { profileHandlers } from './profile-handlers';
import { sessionHandlers } from './session-handlers';
import { windowHandlers } from './window-handlers';
import type { Handlers } from './serve';

/** @param save where an export goes */
export function allHandlers(services: Services, save: SaveFile, view: WindowView): Handlers {
  return {
    ...appHandlers(services, view),
    ...libraryHandlers(services),
    ...profileHandlers(services),
    ...sessionHandlers(services),
    ...hostHandlers(services),
    ...incidentHandlers(services, save),
    ...windowHandlers(view),
  };
}
