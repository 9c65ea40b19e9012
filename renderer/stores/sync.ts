// Keeps the stores a mirror of main: listen first, then one snapshot, so that nothing falls between the two.
import type { Snapshot } from '../../electron/common/ipc-contract';
import { bridge } from '../bridge';
import { useAppState } from './app-state';
import { putCouch } from './couch';
import { dropQuestion, putQuestion, useHostKeys } from './host-keys';
import { putFound, putPairing, tellPairingElsewhere, useHosts } from './hosts';
import { putSummaries, putTrouble, useLatency } from './latency';
import { loadIncidents, putIncident } from './incidents';
import { useLeftSessions } from './left-sessions';
import { useLibrary } from './library';
import type { LiveSamples } from './live-samples';
import { usePractice } from './practice';
import { goBack, openRoute, useRoute } from './route';
import { putSettings } from './settings';
import { useStorage } from './storage';
import { forgetSession, putSession, useSessions } from './sessions';

/** Resolves when the first snapshot is in the stores; main sends pushes in order, so those that came before it are older. */
export async function startSync(samples: LiveSamples): Promise<void> {
  const athena = bridge();
  athena.on('library:changed', (view) => useLibrary.setState({ view }));
  athena.on('session:changed', putSession);
  athena.on('session:forgotten', ({ sessionId }) => {
    forgetSession(sessionId);
    const { route } = useRoute.getState();
    if (route.page === 'session' && route.sessionId === sessionId) goBack();
  });
  athena.on('session:left-changed', (left) => useLeftSessions.setState({ left }));
  athena.on('app:storage-changed', (trouble) => useStorage.setState({ trouble }));
  athena.on('session:chosen', ({ sessionId }) => openRoute({ page: 'session', sessionId }));
  athena.on('latency:sampled', (batches) => samples.append(batches));
  athena.on('latency:summarised', putSummaries);
  athena.on('latency:troubled', putTrouble);
  athena.on('host:key-asked', putQuestion);
  athena.on('host:key-answered', ({ hostId }) => dropQuestion(hostId));
  athena.on('host:states-changed', (hosts) => useHosts.setState({ hosts }));
  athena.on('host:found-changed', putFound);
  athena.on('host:pairing-changed', (pairing) => {
    putPairing(pairing);
    tellPairingElsewhere(pairing);
  });
  athena.on('incident:changed', putIncident);
  athena.on('window:couch-changed', ({ couch }) => putCouch(couch));
  athena.on('settings:changed', putSettings);
  athena.on('practice:changed', (practice) => usePractice.setState({ practice }));
  try {
    fill(await athena.invoke('app:snapshot', undefined));
    if (useLibrary.getState().view?.entriesToCome !== undefined) {
      await nextPainted();
      // What main pushed meanwhile was whole too, and is no newer than this answer.
      useLibrary.setState({ view: await athena.invoke('library:read', undefined) });
    }
    void loadIncidents();
  } catch (error) {
    console.error('app:snapshot', error);
    useAppState.setState({ start: { kind: 'failed' } });
  }
}

/** A window out of sight paints nothing. */
const longestPaintMs = 500;

/** Resolves when what the stores hold now stands on the screen, or would by then. */
function nextPainted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, longestPaintMs);
    // A page draws in steps: it measures its place first. When it is idle between two frames, the last step is done.
    requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => requestAnimationFrame(() => resolve()))));
  });
}

function fill(snapshot: Snapshot): void {
  putSettings(snapshot.settings);
  putCouch(snapshot.couch);
  useLibrary.setState({ view: snapshot.library });
  useSessions.setState({ sessions: snapshot.sessions });
  useLatency.setState({ summaries: {}, troubles: {} });
  useLeftSessions.setState({ left: snapshot.leftSessions });
  useStorage.setState({ trouble: snapshot.storageTrouble ?? null });
  putSummaries(snapshot.summaries);
  snapshot.probeTroubles.forEach(putTrouble);
  useHostKeys.setState({ questions: snapshot.hostKeyQuestions });
  useHosts.setState({ hosts: snapshot.gameStreamHosts, pairings: snapshot.pairings });
  putFound(snapshot.foundHosts);
  usePractice.setState({ practice: snapshot.practice });
  useAppState.setState({ start: { kind: 'ready', version: snapshot.version } });
}
