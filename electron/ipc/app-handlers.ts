// The snapshot a window begins with, and the practice run's channels.
import type { Snapshot } from '../common/ipc-contract';
import { failure, success } from '../common/result';
import type { WindowView } from '../common/window-view';
import { startOfLibrary } from '../domain/library/library-start';
import type { Services } from '../domain/services';
import type { Handlers } from './serve';

type AppChannel = Extract<keyof Handlers, `app:${string}` | `practice:${string}`>;

function snapshot(services: Services, view: WindowView): Snapshot {
  const { version, sessions, latency, hostKeys, hostWatch, foundHosts, pairings, practice } = services;
  return {
    version,
    couch: view.isCouch,
    settings: services.settings.view(),
    library: startOfLibrary(services.libraryView(), { sessions: sessions.views(), hosts: hostWatch.views() }),
    sessions: sessions.views(),
    summaries: latency.summaries(),
    probeTroubles: latency.troubles(),
    hostKeyQuestions: hostKeys.questions(),
    gameStreamHosts: hostWatch.views(),
    leftSessions: services.journal.left(),
    ...(services.storage.current && { storageTrouble: services.storage.current }),
    foundHosts: foundHosts.list(),
    pairings: pairings.states(),
    practice: practice.state,
  };
}

export function appHandlers(services: Services, view: WindowView): Pick<Handlers, AppChannel> {
  const { practice, log } = services;
  return {
    'app:snapshot': async () => {
      // The first page asks while files are still being read.
      await services.load();
      return snapshot(services, view);
    },
    'practice:start': () => {
      if (practice.state.kind === 'running') {
        return failure('already-there', 'A practice run is under way.', 'Stop it before you start another one.');
      }
      // Its end is pushed; a failure is part of its summary.
      practice.run().catch((error: unknown) => log.error('practice run failed', { error }));
      return success(undefined);
    },
    'practice:stop': async () => {
      await practice.stop();
      return success(undefined);
    },
  };
}
