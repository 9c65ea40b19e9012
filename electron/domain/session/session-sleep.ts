// The part of the session machine that knows what a sleep of this machine does to a stream: it is over, and nobody is to blame.
import { wordsForEnd } from '../../common/end-words';
import { assertNever } from '../../common/result';
import type { ClientEnd } from '../../common/session';
import { onClientGaveUp } from './session-end';
import type { Moment, SessionState, Transition } from './session-events';
import { andThen, openGate, stay } from './session-steps';

/**
 * The host has paused the app and dropped the stream meanwhile, whatever the client still shows: it is ended, and the
 * session comes back as after any other loss, through the gate.
 */
export function onMachineWoke(state: SessionState, sleptMs: number, moment: Moment): Transition {
  const end: ClientEnd = { kind: 'slept', forMs: sleptMs };
  return andThen(blameSleep(state, end, moment), (next) => comeBack(next, end, moment));
}

/** What was noticed since we are awake, before we were told of the sleep, is its work: a dead connection, a silence. */
function blameSleep(state: SessionState, end: Extract<ClientEnd, { kind: 'slept' }>, { nowMs }: Moment): Transition {
  const { link } = state;
  if (link.kind !== 'stalled' && link.kind !== 'waiting' && link.kind !== 'gating' && link.kind !== 'reconnecting') return stay(state);
  const { interruption } = link;
  if (interruption.end.kind === 'slept' || nowMs - interruption.atMs >= end.forMs) return stay(state);
  const inquiry = state.inquiry && { ...state.inquiry, end };
  return {
    state: { ...state, inquiry, link: { ...link, interruption: { ...interruption, kind: 'disconnect', end } } },
    effects: [{ kind: 'mark', mark: 'interrupted', text: wordsForEnd(end) }],
  };
}

function comeBack(state: SessionState, end: ClientEnd, moment: Moment): Transition {
  const { link } = state;
  switch (link.kind) {
    case 'connecting':
    case 'streaming':
    case 'stalled':
    case 'reconnecting':
      return onClientGaveUp(state, end, moment);
    // What was waited for may be long past, and what was measured says nothing of now.
    case 'waiting':
      return moment.nowMs >= state.notBeforeMs ? openGate(state, link.interruption, link.attempt, moment) : stay(state);
    case 'gating':
      return state.inquiry === null ? openGate(state, link.interruption, link.attempt, moment) : stay(state);
    case 'asking':
    case 'stopping':
    case 'ended':
      return stay(state);
    default:
      return assertNever(link);
  }
}
