// The session machine: what a session does next, decided by a pure function; the supervisor carries it out.
import { assertNever } from '../../common/result';
import type { AppState } from '../../common/session';
import { tell, type Told } from '../../common/told';
import { holdApp, lookAtApp, onAppEvent, onHostReachable, onStreamBack } from './app-machine';
import { noCrashes, type CrashLimits } from './crash-loop';
import { onClientEnded, onClientGaveUp, onHostTold } from './session-end';
import { onMachineWoke } from './session-sleep';
import { onFlows, onStalled, onStallOver } from './session-stall';
import type { Effect, Moment, SessionEvent, SessionState, Transition } from './session-events';
import { ask, end, openGate, quiet, startClient, stay, andThen } from './session-steps';

/** A client that neither shows a picture nor ends by itself is given up on after this long, in milliseconds. */
export const connectLimitMs = 30_000;

/**
 * The same for GameStream: a host answers a launch when the app's preparation commands have run, for which Moonlight gives
 * it 120 s, after up to 40 s of looking for host and app.
 */
export const gameStreamConnectLimitMs = 165_000;

/** What differs from session to session. */
export interface SessionKind {
  readonly resumeCountdownS: number;
  readonly connectLimitMs: number;
  readonly asksHost: boolean;
  readonly crashLimits: CrashLimits;
}

export function initialState(app: AppState, kind: SessionKind, moment: Moment): SessionState {
  return {
    link: { kind: 'connecting', attempt: 1, stage: tell`starting the client`, sinceMs: moment.nowMs },
    app,
    client: { kind: 'none' },
    everStreamed: false,
    inquiry: null,
    hostOp: 0,
    notBeforeMs: 0,
    crashes: noCrashes,
    appOp: 0,
    ...kind,
  };
}

function onStreaming(state: SessionState, moment: Moment): Transition {
  if (state.client.kind !== 'running') return stay(state);
  if (state.link.kind !== 'connecting' && state.link.kind !== 'reconnecting') return stay(state);
  const back = state.everStreamed;
  const streaming: Transition = {
    state: { ...state, everStreamed: true, notBeforeMs: 0, link: { kind: 'streaming', sinceMs: moment.nowMs } },
    effects: [...quiet, { kind: 'mark', mark: back ? 'reconnected' : 'streaming', text: back ? tell`Streaming again` : tell`Streaming` }],
  };
  return andThen(streaming, (next) => onStreamBack(next, moment));
}

function onStage(state: SessionState, stage: Told): Transition {
  const { link } = state;
  if (link.kind !== 'connecting' && link.kind !== 'reconnecting') return stay(state);
  return stay({ ...state, link: { ...link, stage } });
}

function onGateOpened(state: SessionState, text: Told, moment: Moment): Transition {
  if (state.link.kind !== 'gating') return stay(state);
  const marked: Transition = { state, effects: [{ kind: 'mark', mark: 'gate-open', text }] };
  // The client first: the pause that is sent again runs beside it.
  return andThen(
    andThen(marked, (next) => startClient(next, moment)),
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
      return onGateOpened(state, tell`Network not fit for 30 s: trying all the same`, moment);
    case 'connect':
      if (state.client.kind !== 'running' || state.link.kind === 'streaming') return stay(state);
      return { state: { ...state, client: { kind: 'stopping', then: 'retry' } }, effects: [{ kind: 'stop-client' }] };
    case 'stall':
      return onStallOver(state, moment);
    case 'count-down':
      return state.app.kind === 'counting-down' ? onAppEvent(state, { kind: 'resume-wanted' }, moment) : stay(state);
    default:
      return assertNever(timer);
  }
}

function onStopWanted(state: SessionState, moment: Moment): Transition {
  if (state.link.kind === 'ended') return stay(state);
  if (state.client.kind === 'none') return end(state, 'stopped', tell`Stopped`, moment);
  const stop: readonly Effect[] = state.client.kind === 'running' ? [{ kind: 'stop-client' }] : [];
  const stopping: Transition = {
    // What the host would have answered does not matter any more.
    state: { ...state, inquiry: null, client: { kind: 'stopping', then: 'end' }, link: { kind: 'stopping', sinceMs: moment.nowMs } },
    effects: [...quiet, ...stop],
  };
  return andThen(stopping, holdApp);
}

function onReconnectWanted(state: SessionState, moment: Moment): Transition {
  switch (state.client.kind) {
    case 'running':
      return andThen(
        { state: { ...state, client: { kind: 'stopping', then: 'restart' } }, effects: [{ kind: 'stop-client' }] },
        holdApp,
      );
    case 'stopping':
      return state.client.then === 'wait' ? startClient(state, moment) : stay(state);
    case 'none': {
      // Somebody wants it again: what crashed before is forgiven, but not forgotten.
      const isLoop = state.link.kind === 'asking' && state.link.question.kind === 'crash-loop';
      const started = startClient(isLoop ? { ...state, crashes: { ...state.crashes, atMs: [] } } : state, moment);
      return state.link.kind === 'ended' ? andThen(started, lookAtApp) : started;
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
      const marked: Transition = { state, effects: [{ kind: 'mark', mark: 'launched', text: tell`Launched` }] };
      return andThen(andThen(marked, lookAtApp), (next) => startClient(next, moment));
    }
    case 'client-stage':
      return onStage(state, event.stage);
    case 'client-streaming':
      return onStreaming(state, moment);
    case 'client-ended':
      return onClientEnded(state, event, moment);
    case 'client-gave-up':
      return onClientGaveUp(state, event.end, moment);
    case 'stream-stalled':
      return onStalled(state, event.what, moment);
    case 'stream-flows':
      return onFlows(state, moment);
    case 'host-told':
      return onHostTold(state, event.op, event.told, moment);
    case 'client-not-started':
      return ask({ ...state, client: { kind: 'none' } }, event.question, moment);
    case 'gate-opened':
      return onGateOpened(state, event.why, moment);
    case 'host-seen':
      return state.link.kind === 'waiting' && moment.nowMs >= state.notBeforeMs
        ? openGate(state, state.link.interruption, state.link.attempt, moment)
        : stay(state);
    case 'machine-woke':
      return onMachineWoke(state, event.sleptMs, moment);
    case 'host-key-trusted':
      return andThen(lookAtApp(state), (next) => onHostReachable(next, moment));
    case 'timer-fired':
      return onTimer(state, event.timer, moment);
    case 'stop-wanted':
      return onStopWanted(state, moment);
    case 'reconnect-wanted':
      return onReconnectWanted(state, moment);
    case 'app-read':
    case 'app-paused':
    case 'app-resumed':
    case 'app-slipped':
    case 'app-order-failed':
    case 'pause-wanted':
    case 'resume-wanted':
    case 'stay-paused-wanted':
      return onAppEvent(state, event, moment);
    default:
      return assertNever(event);
  }
}
