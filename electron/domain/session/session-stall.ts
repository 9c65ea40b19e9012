// The part of the session machine that knows a stream that is alive but dead: held for a moment, then given up.
import { wordsForEnd } from '../../common/end-words';
import { assertNever } from '../../common/result';
import type { ClientEnd } from '../../common/session';
import { onStreamBack, onStreamLost } from './app-machine';
import { onClientGaveUp } from './session-end';
import type { Moment, SessionState, Transition } from './session-events';
import { andThen, quiet, stay } from './session-steps';
import type { StallKind } from './stall-watch';

/**
 * How long a stalled stream may come back by itself, in milliseconds: a Moonlight survives a silence of nearly ten seconds
 * and is sooner back than any reconnect, but never gives a frozen picture up (moonlight-common-c, ControlStream.c).
 */
export function stallPatienceMs(what: StallKind): number {
  switch (what) {
    case 'network':
      return 10_000;
    case 'picture':
      return 4_000;
    case 'client':
      return 5_000;
    default:
      return assertNever(what);
  }
}

/** The app is paused at once: nobody sees it, whatever becomes of the client. */
export function onStalled(state: SessionState, what: StallKind, moment: Moment): Transition {
  if (state.link.kind !== 'streaming' || state.client.kind !== 'running') return stay(state);
  const end: ClientEnd = { kind: 'stalled', what };
  const { nowMs } = moment;
  const marked: Transition = { state, effects: [{ kind: 'mark', mark: 'interrupted', text: wordsForEnd(end) }] };
  return andThen(
    andThen(marked, (next) => onStreamLost(next, moment)),
    (next) => ({
      state: { ...next, link: { kind: 'stalled', interruption: { kind: 'stall', end, atMs: nowMs }, attempt: 0, sinceMs: nowMs } },
      effects: [{ kind: 'set-timer', timer: 'stall', delayMs: stallPatienceMs(what) }],
    }),
  );
}

export function onFlows(state: SessionState, moment: Moment): Transition {
  if (state.link.kind !== 'stalled' || state.client.kind !== 'running') return stay(state);
  const streaming: Transition = {
    state: { ...state, link: { kind: 'streaming', sinceMs: moment.nowMs } },
    effects: [...quiet, { kind: 'mark', mark: 'reconnected', text: 'The stream flows again' }],
  };
  return andThen(streaming, (next) => onStreamBack(next, moment));
}

/** It did not come back: the client is ended, and the session comes back as after any other loss. */
export function onStallOver(state: SessionState, moment: Moment): Transition {
  return state.link.kind === 'stalled' ? onClientGaveUp(state, state.link.interruption.end, moment) : stay(state);
}
