// The sessions' channels.
import { failure, success, type Result } from '../common/result';
import type { SessionId } from '../common/ids';
import type { SessionView } from '../common/session';
import type { Services } from '../domain/services';
import type { Handlers } from './serve';

type SessionChannel = Extract<keyof Handlers, `session:${string}`>;

function gone(): ReturnType<typeof failure> {
  return failure('not-found', 'This session is not there any more.', 'Launch the entry again.');
}

export function sessionHandlers(services: Services): Pick<Handlers, SessionChannel> {
  const { sessions, passwords, certificates, library, log } = services;
  const withSession = async (
    sessionId: SessionId,
    act: (view: SessionView) => Promise<Result<undefined>>,
  ): Promise<Result<undefined>> => {
    const view = sessions.view(sessionId);
    return view ? act(view) : gone();
  };
  return {
    'session:launch': ({ entryId }) => sessions.launch(entryId),
    'session:stop': ({ sessionId }) => sessions.stop(sessionId),
    'session:reconnect': ({ sessionId }) => sessions.steer(sessionId, { kind: 'reconnect-wanted' }),
    'session:pause': ({ sessionId }) => sessions.steer(sessionId, { kind: 'pause-wanted' }),
    'session:resume': ({ sessionId }) => sessions.steer(sessionId, { kind: 'resume-wanted' }),
    'session:stay-paused': ({ sessionId }) => sessions.steer(sessionId, { kind: 'stay-paused-wanted' }),
    'session:take-over': ({ sessionId }) =>
      withSession(sessionId, async ({ link, hostId }) => {
        if (link.kind !== 'asking' || link.question.kind !== 'other-app') {
          return failure('not-found', 'No other app is being asked about.', 'Look at what is shown now.');
        }
        const quit = await services.quitAppOn(hostId);
        return quit.ok ? sessions.steer(sessionId, { kind: 'reconnect-wanted' }) : quit;
      }),
    'session:quit-app': ({ sessionId }) =>
      withSession(sessionId, async ({ hostId, entryId }) => {
        const app = library.entry(entryId)?.app;
        if (app === undefined) return failure('not-supported', 'Only apps of GameStream hosts can be ended from here.', 'Close it on the host itself.');
        const { word, appId, runningName } = await services.askHost(hostId, app);
        if (word.kind === 'busy' && appId !== null && word.appId !== appId) {
          return failure('not-found', `${runningName ?? 'Another app'} runs on the host, not this one.`, 'Quit it on the page of the host.');
        }
        const quit = await services.quitAppOn(hostId);
        return quit.ok ? success(undefined) : quit;
      }),
    'session:forget-left': ({ entryId }) => {
      services.journal.forget(entryId);
      return success(undefined);
    },
    'session:read-output': ({ sessionId }) => sessions.readOutput(sessionId),
    'session:give-password': ({ sessionId, password, remember }) =>
      withSession(sessionId, async (view) => {
        try {
          await passwords.give(view.entryId, password, remember);
        } catch (error) {
          // It is held for this run: the session goes on, only the remembering failed.
          log.warn('password could not be remembered', { error });
        }
        return sessions.steer(sessionId, { kind: 'reconnect-wanted' });
      }),
    'session:trust-certificate': ({ sessionId, fingerprint }) =>
      withSession(sessionId, async ({ link, hostId, entryId }) => {
        const shown = link.kind === 'asking' && link.question.kind === 'trust-certificate' ? link.question.fingerprint : null;
        const entry = library.entry(entryId);
        if (shown !== fingerprint || !entry) {
          return failure('not-found', 'This certificate is not being asked about any more.', 'Look at what is shown now.');
        }
        await certificates.trust(hostId, entry.protocol, fingerprint);
        return sessions.steer(sessionId, { kind: 'reconnect-wanted' });
      }),
    'session:forget-certificate': ({ sessionId }) =>
      withSession(sessionId, async ({ link, hostId, entryId }) => {
        const entry = library.entry(entryId);
        if (link.kind !== 'asking' || link.question.kind !== 'certificate-changed' || !entry) {
          return failure('not-found', 'No changed certificate is being asked about.', 'Look at what is shown now.');
        }
        await certificates.forget(hostId, entry.protocol);
        return sessions.steer(sessionId, { kind: 'reconnect-wanted' });
      }),
  };
}
