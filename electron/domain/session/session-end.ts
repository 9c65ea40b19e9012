// The part of the session machine that knows what an end of the client leads to, and when only the host can tell.
import { wordsForEnd } from '../../common/end-words';
import { assertNever } from '../../common/result';
import type { ClientEnd, Interruption, InterruptionKind } from '../../common/session';
import { tell, type Told } from '../../common/told';
import type { HostTold } from '../hosts/ask-host';
import { onStreamLost } from './app-machine';
import { afterCrash, cautionWords } from './crash-loop';
import { verdictOf, type EndVerdict } from './end-verdict';
import { gameStreamVerdict } from './gamestream-verdict';
import type { Inquiry, Moment, SessionState, Transition } from './session-events';
import { ask, end, isRecovering, planAttempt, quiet, startClient, stay, andThen } from './session-steps';

export interface EndFacts {
  readonly end: ClientEnd;
  readonly hadPassword?: boolean | undefined;
  readonly told?: HostTold | undefined;
}

export function onClientEnded(state: SessionState, facts: EndFacts, moment: Moment): Transition {
  const slot = state.client;
  const freed: SessionState = { ...state, client: { kind: 'none' } };
  switch (slot.kind) {
    case 'none':
      return stay(state);
    case 'running':
      return onUnwantedEnd(freed, facts, moment);
    case 'stopping':
      switch (slot.then) {
        case 'end':
          return end(freed, 'stopped', tell`Stopped`, moment);
        case 'retry':
          return onUnwantedEnd(freed, { end: { kind: 'host-unreachable' } }, moment);
        case 'restart':
        case 'start':
          return startClient(freed, moment);
        case 'wait':
          return stay(freed);
        default:
          return assertNever(slot.then);
      }
    default:
      return assertNever(slot);
  }
}

/** The stream is over and the client is not: everything goes on as if it had ended, but nothing starts before it has. */
export function onClientGaveUp(state: SessionState, end_: ClientEnd, moment: Moment): Transition {
  if (state.client.kind !== 'running') return stay(state);
  const stopped: Transition = { state: { ...state, client: { kind: 'stopping', then: 'wait' } }, effects: [{ kind: 'stop-client' }] };
  return andThen(stopped, (next) => onUnwantedEnd(next, { end: end_ }, moment));
}

function onUnwantedEnd(state: SessionState, { end: end_, hadPassword, told }: EndFacts, moment: Moment): Transition {
  const verdict = verdictOf(end_, state.everStreamed, hadPassword);
  if (state.asksHost && isForTheHost(end_, verdict)) return inquire(state, end_, verdict, told, moment);
  switch (verdict.kind) {
    case 'over':
      return end(state, verdict.reason, wordsForEnd(end_), moment);
    case 'ask':
      return ask(state, verdict.question, moment);
    case 'interrupted':
      return recover(interrupt(state, verdict.interruption, end_, moment), verdict.interruption, end_, moment);
    default:
      return assertNever(verdict);
  }
}

/** Ends that speak for themselves: nothing that the host says would change what follows. */
function isForTheHost({ kind }: ClientEnd, verdict: EndVerdict): boolean {
  return verdict.kind !== 'over' && kind !== 'client-misused' && kind !== 'display-lost';
}

/** The interruption is told and the app paused at once; an end while recovering adds nothing to that. */
function interrupt(state: SessionState, kind: InterruptionKind, end_: ClientEnd, moment: Moment): Transition {
  if (state.link.kind === 'stalled') {
    const { interruption: stall } = state.link;
    return stay({ ...state, link: { kind: 'gating', interruption: stall, attempt: 0, sinceMs: moment.nowMs } });
  }
  if (isRecovering(state)) return stay(state);
  const marked: Transition = { state, effects: [{ kind: 'mark', mark: 'interrupted', text: wordsForEnd(end_) }] };
  const lost = state.everStreamed ? andThen(marked, (next) => onStreamLost(next, moment)) : marked;
  const interruption: Interruption = { kind, end: end_, atMs: moment.nowMs };
  return andThen(lost, (next) => stay({ ...next, link: { kind: 'gating', interruption, attempt: 0, sinceMs: moment.nowMs } }));
}

function recover(interrupted: Transition, kind: InterruptionKind, end_: ClientEnd, moment: Moment): Transition {
  return andThen(interrupted, (state) => {
    const known = isRecovering(state) ? state.link : null;
    const interruption = known?.interruption ?? { kind, end: end_, atMs: moment.nowMs };
    const next = { ...state, inquiry: null };
    if (kind !== 'crash') return planAttempt(next, interruption, (known?.attempt ?? 0) + 1, moment);
    const { record, stop, steppedDown } = afterCrash(state.crashes, state.crashLimits, moment.nowMs);
    const counted: SessionState = { ...next, crashes: record };
    if (stop) {
      const { stopCrashes, stopMs } = state.crashLimits;
      return ask(counted, { kind: 'crash-loop', crashes: stopCrashes, minutes: stopMs / 60_000, end: end_ }, moment);
    }
    const planned = planAttempt(counted, interruption, (known?.attempt ?? 0) + 1, moment);
    if (!steppedDown || record.caution === 0) return planned;
    return { ...planned, effects: [{ kind: 'mark', mark: 'stepped-down', text: cautionWords[record.caution] }, ...planned.effects] };
  });
}

/** Asks the host what the end means. A stream that was there is held for interrupted meanwhile, and its app is paused. */
function inquire(state: SessionState, end_: ClientEnd, verdict: EndVerdict, told: HostTold | undefined, moment: Moment): Transition {
  const op = state.hostOp + 1;
  const streamedNow = state.link.kind === 'streaming' || state.link.kind === 'stalled';
  const inquiry: Inquiry = { op, end: end_, streamedNow, atMs: moment.nowMs };
  const asked: SessionState = { ...state, hostOp: op, inquiry };
  const kind = verdict.kind === 'interrupted' ? verdict.interruption : 'disconnect';
  const held: Transition = state.everStreamed
    ? interrupt(asked, kind, end_, moment)
    : stay(isRecovering(asked) ? asked : { ...asked, link: { kind: 'connecting', attempt: 1, stage: tell`asking the host`, sinceMs: moment.nowMs } });
  const calm = andThen({ state: held.state, effects: [...quiet, ...held.effects] }, stay);
  if (told !== undefined) return andThen(calm, (next) => onHostTold(next, op, told, moment));
  return andThen(calm, (next) => ({ state: next, effects: [{ kind: 'ask-host', op }] }));
}

export function onHostTold(state: SessionState, op: number, { word, appId, runningName }: HostTold, moment: Moment): Transition {
  const { inquiry } = state;
  if (inquiry?.op !== op) return stay(state);
  const { end: end_, streamedNow, atMs } = inquiry;
  const answered: SessionState = { ...state, inquiry: null };
  const verdict = gameStreamVerdict({ end: end_, host: word, appId, everStreamed: state.everStreamed, streamedNow });
  switch (verdict.kind) {
    case 'over':
      return end(answered, verdict.reason, overText(end_, verdict), moment);
    case 'ask':
      return ask(answered, verdict.question, moment);
    case 'ask-to-pair':
      return ask(answered, { kind: 'not-paired' }, moment);
    case 'ask-about-other-app':
      return ask(answered, { kind: 'other-app', appName: runningName }, moment);
    case 'interrupted': {
      const held: SessionState = { ...answered, notBeforeMs: verdict.waitMs === 0 ? 0 : atMs + verdict.waitMs };
      return recover(interrupt(held, verdict.interruption, end_, moment), verdict.interruption, end_, moment);
    }
    default:
      return assertNever(verdict);
  }
}

function overText(end_: ClientEnd, { reason, appRuns }: { readonly reason: 'closed' | 'host'; readonly appRuns: boolean }): Told {
  if (reason === 'closed') return wordsForEnd(end_);
  return appRuns ? tell`The host ended the session; its app still runs` : tell`The app has ended on the host`;
}
