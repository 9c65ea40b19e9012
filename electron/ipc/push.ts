// News for every open window, as the contract names them.
import type { WebContents } from 'electron';
import type { PushChannel, PushPayload } from '../common/ipc-contract';
import { toText } from '../common/ipc-text';
import type { Services } from '../domain/services';

/** @param pages the windows that show Athena's page at the moment */
export function pushNews(services: Services, pages: () => readonly WebContents[]): void {
  const push = <C extends PushChannel>(channel: C, payload: PushPayload<C>): void => {
    const present = pages().filter((page) => !page.isDestroyed() && !page.isCrashed());
    if (present.length === 0) return;
    const text = toText(payload);
    for (const page of present) page.send(channel, text);
  };
  services.onLibraryView((view) => push('library:changed', view));
  services.sessions.onNews({
    changed: (view) => push('session:changed', view),
    printed: (sessionId, startsAt, text) => push('session:printed', { sessionId, startsAt, text }),
    forgotten: (sessionId) => push('session:forgotten', { sessionId }),
  });
  services.journal.onChange(() => push('session:left-changed', services.journal.left()));
  services.storage.onChange((trouble) => push('app:storage-changed', trouble));
  services.probe.onSamples((batches) => push('latency:sampled', [...batches]));
  services.probe.onTrouble((trouble) => push('latency:troubled', trouble));
  services.latency.onNews({ summarised: (summaries) => push('latency:summarised', [...summaries]) });
  services.hostKeys.onNews({
    asked: (question) => push('host:key-asked', question),
    answered: (hostId) => push('host:key-answered', { hostId }),
  });
  services.hostWatch.onNews({ changed: (hosts) => push('host:states-changed', [...hosts]) });
  services.foundHosts.onNews({ changed: (found) => push('host:found-changed', [...found]) });
  services.pairings.onChange((state) => push('host:pairing-changed', state));
  services.recorder.onIncident((summary) => push('incident:changed', summary));
  services.settings.onChange((view) => push('settings:changed', view));
  services.practice.onChange((state) => push('practice:changed', state));
}
