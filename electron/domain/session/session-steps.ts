// The steps that the session machine is made of: to start a client, to wait, to ask the user, to end.
import type { Interruption, LinkState, Question } from '../../common/session';
import { tell, type Told } from '../../common/told';
import { holdApp, letGo, onStreamLost } from './app-machine';
import { pendingLaunchMs } from './gamestream-verdict';
import { retryDelayMs } from './retry-policy';
import type { Effect, Moment, SessionState, Transition } from './session-events';

/** An attempt starts at the latest this long after it asked for a fit network, in milliseconds. */
export const gateForcedAfterMs = 30_000;

export const stay = (state: SessionState): Transition => ({ state, effects: [] });

/** Joins two steps: the second sees what the first made. */
export function andThen(first: Transition, step: (state: SessionState) => Transition): Transition {
  const second = step(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}

export const quiet: readonly Effect[] = [
  { kind: 'clear-timer', timer: 'retry' },
  { kind: 'clear-timer', timer: 'gate' },
  { kind: 'clear-timer', timer: 'connect' },
  { kind: 'clear-timer', timer: 'stall' },
  { kind: 'leave-gate' },
];

export function isRecovering(state: SessionState): state is SessionState & {
  link: { interruption: Interruption; attempt: number };
} {
  const { kind } = state.link;
  return kind === 'stalled' || kind === 'waiting' || kind === 'gating' || kind === 'reconnecting';
}

/** Never a second client: one that is still there is ended first, and waited for. */
export function startClient(state: SessionState, moment: Moment): Transition {
  const connecting = { ...state, inquiry: null };
  if (state.client.kind !== 'none') {
    const link = connectingLink(state, tell`ending the old client`, moment);
    const stop: readonly Effect[] = state.client.kind === 'running' ? [{ kind: 'stop-client' }] : [];
    return { state: { ...connecting, link, client: { kind: 'stopping', then: 'start' } }, effects: [...quiet, ...stop] };
  }
  const start: readonly Effect[] = [
    { kind: 'start-client' },
    { kind: 'set-timer', timer: 'connect', delayMs: state.connectLimitMs },
  ];
  const link = connectingLink(state, tell`starting the client`, moment);
  return { state: { ...connecting, link, client: { kind: 'running' } }, effects: [...quiet, ...start] };
}

function connectingLink(state: SessionState, stage: Told, { nowMs: sinceMs }: Moment): LinkState {
  if (isRecovering(state)) {
    const { interruption, attempt } = state.link;
    return { kind: 'reconnecting', interruption, attempt: Math.max(1, attempt), stage, sinceMs };
  }
  return { kind: 'connecting', attempt: state.link.kind === 'connecting' ? state.link.attempt : 1, stage, sinceMs };
}

/** Waits for the retry delay, and for the host where it needs longer; no delay goes straight to the gate. */
export function planAttempt(state: SessionState, interruption: Interruption, attempt: number, moment: Moment): Transition {
  // No host needs longer than this, but the wall clock may have been set back.
  const hostNeedsMs = Math.min(state.notBeforeMs - moment.nowMs, pendingLaunchMs);
  const delayMs = Math.max(retryDelayMs(attempt, moment.nowMs - interruption.atMs, moment.random01), hostNeedsMs);
  if (delayMs <= 0) return openGate(state, interruption, attempt, moment);
  return {
    state: { ...state, link: { kind: 'waiting', interruption, attempt, nextAtMs: moment.nowMs + delayMs } },
    effects: [...quiet, { kind: 'set-timer', timer: 'retry', delayMs }],
  };
}

export function openGate(state: SessionState, interruption: Interruption, attempt: number, moment: Moment): Transition {
  return {
    state: { ...state, link: { kind: 'gating', interruption, attempt, sinceMs: moment.nowMs } },
    effects: [...quiet, { kind: 'set-timer', timer: 'gate', delayMs: gateForcedAfterMs }, { kind: 'watch-gate' }],
  };
}

export function ask(state: SessionState, question: Question, moment: Moment): Transition {
  const interruption = isRecovering(state) ? state.link.interruption : null;
  const asked: Transition = { state: { ...state, inquiry: null, link: { kind: 'asking', question, interruption } }, effects: quiet };
  // While recovering, what becomes of the app was decided at the interruption, or by the user since.
  return state.everStreamed && !isRecovering(state) ? andThen(asked, (next) => onStreamLost(next, moment)) : asked;
}

/** Only a person who stops a session leaves its app as it stands; where the host or its client ended it, the app is let go. */
export function end(state: SessionState, reason: 'stopped' | 'closed' | 'host', text: Told, moment: Moment): Transition {
  const ended: Transition = {
    state: { ...state, inquiry: null, link: { kind: 'ended', atMs: moment.nowMs, reason } },
    effects: [...quiet, { kind: 'mark', mark: 'ended', text }],
  };
  return andThen(ended, (next) => (reason === 'stopped' ? holdApp(next) : letGo(next, moment)));
}
