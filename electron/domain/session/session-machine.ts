// The session machine: what a session does next, decided by a pure function; the supervisor carries it out.
import { wordsForEnd } from '../../common/end-words';
import { assertNever } from '../../common/result';
import type { AppState, ClientEnd, Interruption, Question } from '../../common/session';
import { holdApp, lookAtApp, onAppEvent, onHostReachable, onStreamBack, onStreamLost } from './app-machine';
import { verdictOf } from './end-verdict';
import { retryDelayMs } from './retry-policy';
import type { Effect, Moment, SessionEvent, SessionState, Transition } from './session-events';

/** An attempt starts at the latest this long after it asked for a fit network, in milliseconds. */
export const gateForcedAfterMs = 30_000;

/** A client that neither shows a picture nor ends by itself is given up on after this long, in milliseconds. */
export const connectLimitMs = 30_000;

/**
 * The same for GameStream: a host answers a launch when the app's preparation commands have run, for which Moonlight gives
 * it 120 s, after up to 40 s of looking for host and app.
 */
export const gameStreamConnectLimitMs = 165_000;

export function initialState(app: AppState, resumeCountdownS: number, moment: Moment, limitMs = connectLimitMs): SessionState {
  return {
    link: { kind: 'connecting', attempt: 1, stage: 'starting', sinceMs: moment.nowMs },
    app,
    client: { kind: 'none' },
    everStreamed: false,
    appOp: 0,
    resumeCountdownS,
    connectLimitMs: limitMs,
  };
}

const stay = (state: SessionState): Transition => ({ state, effects: [] });

/** Joins two steps: the second sees what the first made. */
function then(first: Transition, step: (state: SessionState) => Transition): Transition {
  const second = step(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}

const quiet: readonly Effect[] = [
  { kind: 'clear-timer', timer: 'retry' },
  { kind: 'clear-timer', timer: 'gate' },
  { kind: 'clear-timer', timer: 'connect' },
  { kind: 'leave-gate' },
];

function isRecovering(state: SessionState): state is SessionState & {
  link: { interruption: Interruption; attempt: number };
} {
  const { kind } = state.link;
  return kind === 'waiting' || kind === 'gating' || kind === 'reconnecting';
}

function startClient(state: SessionState, moment: Moment): Transition {
  const start: readonly Effect[] = [
    { kind: 'start-client' },
    { kind: 'set-timer', timer: 'connect', delayMs: state.connectLimitMs },
  ];
  const running: SessionState = { ...state, client: { kind: 'running' } };
  if (isRecovering(state)) {
    const { interruption, attempt } = state.link;
    const link = { kind: 'reconnecting', interruption, attempt, stage: 'starting', sinceMs: moment.nowMs } as const;
    return { state: { ...running, link }, effects: [...quiet, ...start] };
  }
  const attempt = state.link.kind === 'connecting' ? state.link.attempt : 1;
  const link = { kind: 'connecting', attempt, stage: 'starting', sinceMs: moment.nowMs } as const;
  return { state: { ...running, link }, effects: [...quiet, ...start] };
}

/** Waits for the retry delay; no delay goes straight to the gate. */
function planAttempt(state: SessionState, interruption: Interruption, attempt: number, moment: Moment): Transition {
  const delayMs = retryDelayMs(attempt, moment.nowMs - interruption.atMs, moment.random01);
  if (delayMs === 0) return openGate(state, interruption, attempt, moment);
  return {
    state: { ...state, link: { kind: 'waiting', interruption, attempt, nextAtMs: moment.nowMs + delayMs } },
    effects: [...quiet, { kind: 'set-timer', timer: 'retry', delayMs }],
  };
}

function openGate(state: SessionState, interruption: Interruption, attempt: number, moment: Moment): Transition {
  return {
    state: { ...state, link: { kind: 'gating', interruption, attempt, sinceMs: moment.nowMs } },
    effects: [...quiet, { kind: 'set-timer', timer: 'gate', delayMs: gateForcedAfterMs }, { kind: 'watch-gate' }],
  };
}

function ask(state: SessionState, question: Question, moment: Moment): Transition {
  const interruption = isRecovering(state) ? state.link.interruption : null;
  const asked: Transition = { state: { ...state, link: { kind: 'asking', question, interruption } }, effects: quiet };
  // While recovering, what becomes of the app was decided at the interruption, or by the user since.
  return state.everStreamed && !isRecovering(state) ? then(asked, (next) => onStreamLost(next, moment)) : asked;
}

function end(state: SessionState, reason: 'stopped' | 'closed' | 'host', text: string, moment: Moment): Transition {
  const ended: Transition = {
    state: { ...state, link: { kind: 'ended', atMs: moment.nowMs, reason } },
    effects: [...quiet, { kind: 'mark', mark: 'ended', text }],
  };
  return then(ended, holdApp);
}

function onUnwantedEnd(state: SessionState, end_: ClientEnd, moment: Moment, hadPassword?: boolean): Transition {
  const verdict = verdictOf(end_, state.everStreamed, hadPassword);
  switch (verdict.kind) {
    case 'over':
      return end(state, verdict.reason, wordsForEnd(end_), moment);
    case 'ask':
      return ask(state, verdict.question, moment);
    case 'interrupted': {
      if (isRecovering(state)) return planAttempt(state, state.link.interruption, state.link.attempt + 1, moment);
      const interruption: Interruption = { kind: verdict.interruption, end: end_, atMs: moment.nowMs };
      const marked: Transition = {
        state,
        effects: [{ kind: 'mark', mark: 'interrupted', text: wordsForEnd(end_) }],
      };
      const paused = state.everStreamed ? then(marked, (next) => onStreamLost(next, moment)) : marked;
      return then(paused, (next) => planAttempt(next, interruption, 1, moment));
    }
    default:
      return assertNever(verdict);
  }
}

function onClientEnded(state: SessionState, end_: ClientEnd, moment: Moment, hadPassword?: boolean): Transition {
  const slot = state.client;
  const freed: SessionState = { ...state, client: { kind: 'none' } };
  switch (slot.kind) {
    case 'none':
      return stay(state);
    case 'running':
      return onUnwantedEnd(freed, end_, moment, hadPassword);
    case 'stopping':
      switch (slot.then) {
        case 'end':
          return end(freed, 'stopped', 'Stopped', moment);
        case 'retry':
          return onUnwantedEnd(freed, { kind: 'host-unreachable' }, moment);
        case 'restart':
          return startClient(freed, moment);
        default:
          return assertNever(slot.then);
      }
    default:
      return assertNever(slot);
  }
}

function onStreaming(state: SessionState, moment: Moment): Transition {
  if (state.client.kind !== 'running') return stay(state);
  if (state.link.kind !== 'connecting' && state.link.kind !== 'reconnecting') return stay(state);
  const back = state.everStreamed;
  const streaming: Transition = {
    state: { ...state, everStreamed: true, link: { kind: 'streaming', sinceMs: moment.nowMs } },
    effects: [...quiet, { kind: 'mark', mark: back ? 'reconnected' : 'streaming', text: back ? 'Streaming again' : 'Streaming' }],
  };
  return then(streaming, (next) => onStreamBack(next, moment));
}

function onStage(state: SessionState, stage: string): Transition {
  const { link } = state;
  if (link.kind !== 'connecting' && link.kind !== 'reconnecting') return stay(state);
  return stay({ ...state, link: { ...link, stage } });
}

function onGateOpened(state: SessionState, text: string, moment: Moment): Transition {
  if (state.link.kind !== 'gating') return stay(state);
  const marked: Transition = { state, effects: [{ kind: 'mark', mark: 'gate-open', text }] };
  // The client first: the pause that is sent again runs beside it.
  return then(
    then(marked, (next) => startClient(next, moment)),
    (next) => onHostReachable(next, moment),
  );
}

function onTimer(state: SessionState, timer: Extract<SessionEvent, { kind: 'timer-fired' }>['timer'], moment: Moment): Transition {
  switch (timer) {
    case 'retry':
      return state.link.kind === 'waiting'
        ? openGate(state, state.link.interruption, state.link.attempt, moment)
        : stay(state);
    case 'gate':
      return onGateOpened(state, 'Network not fit for 30 s: trying all the same', moment);
    case 'connect':
      if (state.client.kind !== 'running' || state.link.kind === 'streaming') return stay(state);
      return { state: { ...state, client: { kind: 'stopping', then: 'retry' } }, effects: [{ kind: 'stop-client' }] };
    case 'count-down':
      return state.app.kind === 'counting-down' ? onAppEvent(state, { kind: 'resume-wanted' }, moment) : stay(state);
    default:
      return assertNever(timer);
  }
}

function onStopWanted(state: SessionState, moment: Moment): Transition {
  if (state.link.kind === 'ended') return stay(state);
  if (state.client.kind === 'none') return end(state, 'stopped', 'Stopped', moment);
  const stop: readonly Effect[] = state.client.kind === 'running' ? [{ kind: 'stop-client' }] : [];
  const stopping: Transition = {
    state: { ...state, client: { kind: 'stopping', then: 'end' }, link: { kind: 'stopping', sinceMs: moment.nowMs } },
    effects: [...quiet, ...stop],
  };
  return then(stopping, holdApp);
}

function onReconnectWanted(state: SessionState, moment: Moment): Transition {
  switch (state.client.kind) {
    case 'running':
      return then(
        { state: { ...state, client: { kind: 'stopping', then: 'restart' } }, effects: [{ kind: 'stop-client' }] },
        holdApp,
      );
    case 'stopping':
      return stay(state);
    case 'none': {
      const started = startClient(state, moment);
      return state.link.kind === 'ended' ? then(started, lookAtApp) : started;
    }
    default:
      return assertNever(state.client);
  }
}

/**
 * One step of a session.
 * @returns the next state and what is to be done, in this order. Pure: the same arguments, the same answer.
 */
export function transition(state: SessionState, event: SessionEvent, moment: Moment): Transition {
  switch (event.kind) {
    case 'launched': {
      const marked: Transition = { state, effects: [{ kind: 'mark', mark: 'launched', text: 'Launched' }] };
      return then(then(marked, lookAtApp), (next) => startClient(next, moment));
    }
    case 'client-stage':
      return onStage(state, event.stage);
    case 'client-streaming':
      return onStreaming(state, moment);
    case 'client-ended':
      return onClientEnded(state, event.end, moment, event.hadPassword);
    case 'client-not-started':
      return ask({ ...state, client: { kind: 'none' } }, event.question, moment);
    case 'gate-opened':
      return onGateOpened(state, 'Network is fit', moment);
    case 'host-seen':
      return state.link.kind === 'waiting'
        ? openGate(state, state.link.interruption, state.link.attempt, moment)
        : stay(state);
    case 'host-key-trusted':
      return then(lookAtApp(state), (next) => onHostReachable(next, moment));
    case 'timer-fired':
      return onTimer(state, event.timer, moment);
    case 'stop-wanted':
      return onStopWanted(state, moment);
    case 'reconnect-wanted':
      return onReconnectWanted(state, moment);
    case 'app-read':
    case 'app-paused':
    case 'app-resumed':
    case 'app-order-failed':
    case 'pause-wanted':
    case 'resume-wanted':
    case 'stay-paused-wanted':
      return onAppEvent(state, event, moment);
    default:
      return assertNever(event);
  }
}
