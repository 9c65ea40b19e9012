// The part of the session machine that knows a stream that is alive but dead: held for a moment, then given up.
import { wordsForEnd } from '../../common/end-words';
import { assertNever } from '../../common/result';
import type { ClientEnd } from '../../common/session';
import { tell } from '../../common/told';
import { onStreamBack, onStreamLost } from './app-machine';
import { onClientGaveUp } from './session-end';
import type { Moment, SessionState, Transition } from './session-events';
import { andThen, openGate, quiet, stay } from './session-steps';
import type { StallKind } from './stall-watch';

/**
 * How long a stalled stream may come back by itself, in milliseconds: a Moonlight survives a silence of nearly ten seconds
 * and is sooner back than any reconnect, but never gives a frozen picture up (moonlight-common-c, ControlStream.c). A host
 * that sends over TCP tries again after 0.2, 0.6, 1.4, 3, 6.2, 12.6 s and so on (RFC 6298): past the first of them, a new
 * connection is there sooner.
 */
export function stallPatienceMs(what: StallKind, isTcp: boolean): number {
  switch (what) {
    case 'network':
      return isTcp ? 3_500 : 10_000;
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
      effects: [{ kind: 'set-timer', timer: 'stall', delayMs: stallPatienceMs(what, isTcp(next)) }],
    }),
  );
}

export function onFlows(state: SessionState, moment: Moment): Transition {
  if (!hasStalledClient(state)) return stay(state);
  const streaming: Transition = {
    state: { ...state, link: { kind: 'streaming', sinceMs: moment.nowMs } },
    effects: [...quiet, { kind: 'mark', mark: 'reconnected', text: tell`The stream flows again` }],
  };
  return andThen(streaming, (next) => onStreamBack(next, moment));
}

/**
 * It did not come back by itself, and the session comes back as after any other loss. Over a way that is cut, the client
 * stays until a new one is worth starting: its host could not hear it end, and would go on writing to a connection that
 * nobody reads, for as long as it waits between two tries.
 */
export function onStallOver(state: SessionState, moment: Moment): Transition {
  const { link } = state;
  if (link.kind !== 'stalled') return stay(state);
  const { interruption, attempt } = link;
  const isCut = interruption.end.kind === 'stalled' && interruption.end.what === 'network';
  return isCut && isTcp(state) ? openGate(state, interruption, attempt, moment) : onClientGaveUp(state, interruption.end, moment);
}

/** Whether a client is there that may show something new at any moment, though it shows nothing now. */
export function hasStalledClient({ link, client }: SessionState): boolean {
  return client.kind === 'running' && (link.kind === 'stalled' || link.kind === 'gating');
}

/** VNC and RDP; a GameStream host sends datagrams, and must be asked what a loss means. */
function isTcp({ asksHost }: SessionState): boolean {
  return !asksHost;
}
