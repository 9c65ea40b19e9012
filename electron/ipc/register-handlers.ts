// All channels' handlers, a subject each.
import type { Services } from '../domain/services';
import { appHandlers } from './app-handlers';
import { hostHandlers } from './host-handlers';
import { libraryHandlers } from './library-handlers';
import { serve, type SenderCheck } from './serve';
import { sessionHandlers } from './session-handlers';

export function registerHandlers(services: Services, isOurs: SenderCheck): void {
  const handlers = {
    ...appHandlers(services),
    ...libraryHandlers(services),
    ...sessionHandlers(services),
    ...hostHandlers(services),
  };
  serve(handlers, isOurs, services.log);
}
