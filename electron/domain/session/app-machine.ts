// The half of the session machine that knows what the remote app does: running, paused, counting down to run on.
import type { AppState, PausedBy } from '../../common/session';
import { assertNever } from '../../common/result';
import { asIs, tell } from '../../common/told';
import type { AppReading } from '../pause/host-control';
import { wordsForPause, wordsForResume } from '../pause/pause-words';
import type { Moment, SessionEvent, SessionState, Transition } from './session-events';

function withApp(state: SessionState, app: AppState): SessionState {
  return { ...state, app };
}

function unchanged(state: SessionState): Transition {
  return { state, effects: [] };
}

/** Whether somebody can see the app: a client that was told to end shows its last picture for a moment yet. */
function hasPicture({ link, client }: SessionState): boolean {
  return link.kind === 'streaming' && client.kind === 'running';
}

/** Asks what an earlier session left behind; while an order is under way, its answer tells more than a look beside it. */
export function lookAtApp(state: SessionState): Transition {
  return state.app.kind === 'running' ? { state, effects: [{ kind: 'read-app', op: state.appOp }] } : unchanged(state);
}

/** Starts a pause order; every older order is overtaken by it. */
export function pauseApp(state: SessionState, by: PausedBy, moment: Moment): Transition {
  if (state.app.kind === 'unmanaged') return unchanged(state);
  const op = state.appOp + 1;
  return {
    state: { ...state, appOp: op, app: { kind: 'pausing', by, sinceMs: moment.nowMs } },
    effects: [
      { kind: 'clear-timer', timer: 'count-down' },
      { kind: 'pause-app', op },
    ],
  };
}

/** Starts a resume order; every older order is overtaken by it. */
export function resumeApp(state: SessionState, moment: Moment): Transition {
  if (state.app.kind === 'unmanaged' || state.app.kind === 'running' || state.app.kind === 'resuming') {
    return unchanged(state);
  }
  const op = state.appOp + 1;
  return {
    state: { ...state, appOp: op, app: { kind: 'resuming', sinceMs: moment.nowMs } },
    effects: [
      { kind: 'clear-timer', timer: 'count-down' },
      { kind: 'resume-app', op },
    ],
  };
}

function countDown(state: SessionState, moment: Moment): Transition {
  if (state.app.kind !== 'paused') return unchanged(state);
  if (state.resumeCountdownS === 0) return resumeApp(state, moment);
  const delayMs = state.resumeCountdownS * 1_000;
  return {
    state: withApp(state, { kind: 'counting-down', endsAtMs: moment.nowMs + delayMs, ...howPaused(state.app) }),
    effects: [{ kind: 'set-timer', timer: 'count-down', delayMs }],
  };
}

/** Stops a running count-down: the app stays paused until there is a picture again. */
export function holdApp(state: SessionState): Transition {
  if (state.app.kind !== 'counting-down') return unchanged(state);
  return {
    state: withApp(state, { kind: 'paused', by: 'interruption', ...howPaused(state.app) }),
    effects: [{ kind: 'clear-timer', timer: 'count-down' }],
  };
}

/**
 * Nobody comes back to it through this session: what an interruption paused runs on, or it would stand for good with nobody
 * to let it. A pause the user made stays the user's.
 */
export function letGo(state: SessionState, moment: Moment): Transition {
  const { app } = state;
  switch (app.kind) {
    case 'counting-down':
      return resumeApp(state, moment);
    case 'pausing':
    case 'paused':
    case 'uncertain':
      return app.by === 'interruption' ? resumeApp(state, moment) : unchanged(state);
    case 'unmanaged':
    case 'running':
    case 'resuming':
      return unchanged(state);
    default:
      return assertNever(app);
  }
}

/** The stream broke off: the app must not run on unseen. A pause the user made stays the user's. */
export function onStreamLost(state: SessionState, moment: Moment): Transition {
  switch (state.app.kind) {
    case 'running':
    case 'resuming':
      return pauseApp(state, 'interruption', moment);
    case 'uncertain':
      return pauseApp(state, state.app.wanted === 'paused' ? state.app.by : 'interruption', moment);
    case 'counting-down':
      return holdApp(state);
    case 'unmanaged':
    case 'pausing':
    case 'paused':
      return unchanged(state);
    default:
      return assertNever(state.app);
  }
}

/** There is a picture again: count down and run on, unless the user wanted the pause. */
export function onStreamBack(state: SessionState, moment: Moment): Transition {
  switch (state.app.kind) {
    case 'paused':
      return state.app.by === 'interruption' ? countDown(state, moment) : unchanged(state);
    // Some of its processes may be stopped: resuming is harmless when they are not.
    case 'uncertain':
      return state.app.by === 'interruption' ? resumeApp(state, moment) : unchanged(state);
    case 'unmanaged':
    case 'running':
    case 'pausing':
    case 'counting-down':
    case 'resuming':
      return unchanged(state);
    default:
      return assertNever(state.app);
  }
}

/** The way to the host is open again: an order that could not be delivered is sent once more. */
export function onHostReachable(state: SessionState, moment: Moment): Transition {
  const { app } = state;
  if (app.kind !== 'uncertain') return unchanged(state);
  if (app.wanted === 'paused') return pauseApp(state, app.by, moment);
  return app.by === 'user' || hasPicture(state) ? resumeApp(state, moment) : unchanged(state);
}

type AppEvent = Extract<
  SessionEvent,
  { kind: 'app-read' | 'app-paused' | 'app-resumed' | 'app-slipped' | 'app-order-failed' | 'pause-wanted' | 'resume-wanted' | 'stay-paused-wanted' }
>;

export function onAppEvent(state: SessionState, event: AppEvent, moment: Moment): Transition {
  const { app } = state;
  switch (event.kind) {
    case 'app-read': {
      if (event.op !== state.appOp || app.kind !== 'running') return unchanged(state);
      const left = leftBehind(event.reading, moment);
      if (left === null) return unchanged(state);
      const found = withApp(state, left);
      return hasPicture(found) ? onStreamBack(found, moment) : unchanged(found);
    }
    case 'app-paused': {
      if (event.op !== state.appOp || app.kind !== 'pausing') return unchanged(state);
      const { method, pids, verified = true } = event.report;
      const how = { method, processes: pids.length, atMs: moment.nowMs, ...(verified ? {} : { verified }) };
      const paused = withApp(state, { kind: 'paused', by: app.by, ...how });
      const next = hasPicture(paused) ? onStreamBack(paused, moment) : unchanged(paused);
      return {
        state: next.state,
        effects: [
          { kind: 'mark', mark: 'paused', text: wordsForPause(event.report) },
          ...next.effects,
        ],
      };
    }
    case 'app-resumed':
      if (event.op !== state.appOp || app.kind !== 'resuming') return unchanged(state);
      return {
        state: withApp(state, { kind: 'running' }),
        effects: [{ kind: 'mark', mark: 'resumed', text: wordsForResume(event.report) }],
      };
    case 'app-slipped':
      // Whoever let it run on, an interruption's pause still holds as long as nobody sees the app.
      if (app.kind !== 'paused' && app.kind !== 'counting-down') return unchanged(state);
      return app.kind === 'paused' && !hasPicture(state) && state.link.kind !== 'ended'
        ? pauseApp(state, app.by, moment)
        : { state: withApp(state, { kind: 'running' }), effects: [{ kind: 'clear-timer', timer: 'count-down' }] };
    case 'app-order-failed': {
      if (event.op !== state.appOp || (app.kind !== 'pausing' && app.kind !== 'resuming')) return unchanged(state);
      const message = asIs(event.failure.message);
      const advice = asIs(event.failure.advice);
      const wanted = app.kind === 'pausing' ? 'paused' : 'running';
      const by = app.kind === 'pausing' ? app.by : 'user';
      const uncertain = withApp(state, { kind: 'uncertain', wanted, by, message, advice });
      // The picture is back already: no pause is needed any more, but a half-done one must be undone.
      const next = hasPicture(state) && wanted === 'paused' ? onStreamBack(uncertain, moment) : unchanged(uncertain);
      return {
        state: next.state,
        effects: [
          { kind: 'mark', mark: wanted === 'paused' ? 'pause-failed' : 'resume-failed', text: message },
          ...next.effects,
        ],
      };
    }
    case 'pause-wanted':
      return app.kind === 'pausing' || app.kind === 'paused' ? stayPaused(state) : pauseApp(state, 'user', moment);
    case 'resume-wanted':
      return resumeApp(state, moment);
    case 'stay-paused-wanted':
      return stayPaused(state);
    default:
      return assertNever(event);
  }
}

/** What an earlier session left: null for an app that runs, or is not there. */
function leftBehind({ state: found, method, pids, verified = true }: AppReading, moment: Moment): AppState | null {
  switch (found) {
    case 'running':
    case 'gone':
      return null;
    case 'paused':
      return {
        kind: 'paused',
        by: 'interruption',
        method: method ?? 'sigstop',
        processes: pids.length,
        atMs: moment.nowMs,
        ...(verified ? {} : { verified }),
      };
    case 'mixed':
      return {
        kind: 'uncertain',
        wanted: 'running',
        by: 'interruption',
        message: tell`Some of its processes are stopped, others run.`,
        advice: tell`It is let run on when the stream is there; or resume it by hand.`,
      };
    default:
      return assertNever(found);
  }
}

/** Makes a pause the user's own, so that only the user lifts it. */
function stayPaused(state: SessionState): Transition {
  const { app } = state;
  if (app.kind === 'counting-down' || app.kind === 'paused') {
    return {
      state: withApp(state, { kind: 'paused', by: 'user', ...howPaused(app) }),
      effects: [{ kind: 'clear-timer', timer: 'count-down' }],
    };
  }
  if (app.kind === 'pausing') return { state: withApp(state, { ...app, by: 'user' }), effects: [] };
  return unchanged(state);
}

type HowPaused = Pick<Extract<AppState, { kind: 'paused' }>, 'method' | 'processes' | 'atMs' | 'verified'>;

function howPaused({ method, processes, atMs, verified }: HowPaused): HowPaused {
  return { method, processes, atMs, ...(verified === undefined ? {} : { verified }) };
}
