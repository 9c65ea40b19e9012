// What the end of a Moonlight means once the host was asked: over, interrupted, or a question.
import { assertNever } from '../../common/result';
import type { ClientEnd, InterruptionKind } from '../../common/session';
import { terminationCodes, willRecur } from '../../common/termination-words';
import { verdictOf, type EndVerdict } from './end-verdict';

/** What the host says after the client's end. */
export type HostWord =
  | { readonly kind: 'free' }
  | { readonly kind: 'busy'; readonly appId: number }
  | { readonly kind: 'silent' }
  /** Over TLS it does not know this client any more. */
  | { readonly kind: 'not-paired' }
  | { readonly kind: 'certificate-changed' }
  /** Another host answers at its address. */
  | { readonly kind: 'other-host' };

export interface GameStreamEnd {
  readonly end: ClientEnd;
  readonly host: HostWord;
  /** The app of this session; null: its id is not known. */
  readonly appId: number | null;
  readonly everStreamed: boolean;
  /** The client of this attempt has shown a picture. */
  readonly streamedNow: boolean;
}

export type GameStreamVerdict =
  /** `appRuns`: the app stays on the host; it can be resumed or ended. */
  | { readonly kind: 'over'; readonly reason: 'closed' | 'host'; readonly appRuns: boolean }
  /** `waitMs`: not before that, or the host refuses or garbles the next attempt. */
  | { readonly kind: 'interrupted'; readonly interruption: InterruptionKind; readonly waitMs: number }
  | Extract<EndVerdict, { kind: 'ask' }>
  /** Another app runs on the host: starting ours would end it, or resume it unasked. */
  | { readonly kind: 'ask-about-other-app'; readonly appId: number }
  | { readonly kind: 'ask-to-pair' };

/**
 * The host keeps one launch that waits for its stream, and garbles every other one until it gives the first up
 * (Sunshine: `ping_timeout`, 10 s by default).
 */
export const pendingLaunchMs = 10_000;

/** The host holds a stream that broke off for about 5 s, and may refuse a second one meanwhile. */
export const heldStreamMs = 5_000;

export function gameStreamVerdict(facts: GameStreamEnd): GameStreamVerdict {
  const { end, host } = facts;
  // Whatever the client says: without the right host there is nothing to come back to.
  if (host.kind === 'not-paired' || end.kind === 'not-paired') return { kind: 'ask-to-pair' };
  if (host.kind === 'certificate-changed') return { kind: 'ask', question: { kind: 'certificate-changed' } };
  switch (end.kind) {
    case 'ended-by-user':
      return { kind: 'over', reason: 'closed', appRuns: host.kind === 'busy' };
    case 'host-ended':
      return onHostEnded(facts);
    case 'terminated':
      if (end.code === terminationCodes.graceful) return onHostEnded(facts);
      return willRecur(end.code) ? { kind: 'ask', question: { kind: 'client-failed', end } } : onLost(facts, 'disconnect', isFailedStart(end.code));
    case 'connection-lost':
      return onLost(facts, 'disconnect', false);
    case 'host-unreachable':
    case 'host-name-unknown':
      // It answers now, and runs the app: the connection broke while the launch was on its way, which waits there.
      return facts.everStreamed || host.kind === 'silent' || host.kind === 'busy' ? onLost(facts, 'host-gone', host.kind === 'busy') : general(facts);
    case 'stalled':
      return onLost(facts, 'stall', false);
    case 'slept':
      return onLost(facts, 'disconnect', false);
    case 'crashed':
    case 'thread-lost':
      return onLost(facts, 'crash', false);
    case 'stage-failed':
      return facts.everStreamed ? onLost(facts, 'disconnect', true) : general(facts);
    case 'launch-refused':
      return onRefused(facts, end.reason);
    case 'unexpected':
      return facts.everStreamed ? onLost(facts, 'crash', false) : general(facts);
    case 'auth-refused':
    case 'certificate-unknown':
    case 'certificate-changed':
    case 'client-misused':
    case 'display-lost':
      return general(facts);
    default:
      return assertNever(end);
  }
}

/** "The app has ended": a host that is not through with it yet still says that it runs. */
function onHostEnded({ host, appId }: GameStreamEnd): GameStreamVerdict {
  const stillRuns = host.kind === 'busy' && (appId === null || host.appId === appId);
  return { kind: 'over', reason: 'host', appRuns: stillRuns };
}

/** @param pending the host may still wait for the stream of this attempt */
function onLost({ host, appId, everStreamed, streamedNow }: GameStreamEnd, interruption: InterruptionKind, pending: boolean): GameStreamVerdict {
  // A stream that broke off is no reason to wait: most hosts take the next one at once, and the others say so.
  const waitMs = pending && !streamedNow ? pendingLaunchMs : 0;
  switch (host.kind) {
    case 'busy':
      if (appId !== null && host.appId !== appId) return { kind: 'ask-about-other-app', appId: host.appId };
      return { kind: 'interrupted', interruption, waitMs };
    // The app has ended meanwhile, or somebody ended it: what would come back is another run of it.
    case 'free':
      return everStreamed ? { kind: 'over', reason: 'host', appRuns: false } : { kind: 'interrupted', interruption, waitMs };
    case 'silent':
    case 'other-host':
      return { kind: 'interrupted', interruption: 'host-gone', waitMs: 0 };
    case 'not-paired':
      return { kind: 'ask-to-pair' };
    case 'certificate-changed':
      return { kind: 'ask', question: { kind: 'certificate-changed' } };
    default:
      return assertNever(host);
  }
}

function onRefused(facts: GameStreamEnd, reason: Extract<ClientEnd, { kind: 'launch-refused' }>['reason']): GameStreamVerdict {
  const { host, appId } = facts;
  if (host.kind === 'busy' && appId !== null && host.appId !== appId) return { kind: 'ask-about-other-app', appId: host.appId };
  switch (reason) {
    case 'stream-limit':
      return { kind: 'interrupted', interruption: 'disconnect', waitMs: heldStreamMs };
    // A host whose screen has just gone to sleep may have it back at the next try; one that never had a picture needs somebody.
    case 'no-picture':
      return facts.everStreamed ? { kind: 'interrupted', interruption: 'disconnect', waitMs: pendingLaunchMs } : general(facts);
    case 'start-failed':
    case 'app-unknown':
    case 'other':
      return general(facts);
    default:
      return assertNever(reason);
  }
}

/** Without a picture, the control channel may never have been there, and then the launch still waits. */
function isFailedStart(code: number): boolean {
  return code === terminationCodes.noVideoTraffic || code === terminationCodes.noVideoFrame || code === terminationCodes.endedBeforeVideo;
}

/** Where the host's word adds nothing, the end speaks for itself. */
function general({ end, everStreamed, host }: GameStreamEnd): GameStreamVerdict {
  const verdict = verdictOf(end, everStreamed);
  switch (verdict.kind) {
    case 'over':
      return { ...verdict, appRuns: host.kind === 'busy' };
    case 'interrupted':
      return { ...verdict, waitMs: 0 };
    case 'ask':
      return verdict;
    default:
      return assertNever(verdict);
  }
}
