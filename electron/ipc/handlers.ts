// All channels' handlers, a subject each.
import type { Services } from '../domain/services';
import { appHandlers } from './app-handlers';
import { hostHandlers } from './host-handlers';
import { libraryHandlers } from './library-handlers';
import { profileHandlers } from './profile-handlers';
import { sessionHandlers } from './session-handlers';
import type { Handlers } from './serve';

export function allHandlers(services: Services): Handlers {
  return {
    ...appHandlers(services),
    ...libraryHandlers(services),
    ...profileHandlers(services),
    ...sessionHandlers(services),
    ...hostHandlers(services),
  };
}
