// What the end of a stream client means for its session: over, interrupted, or a question only the user can answer.
import { assertNever } from '../../common/result';
import { terminationCodes, willRecur } from '../../common/termination-words';
import type { ClientEnd, InterruptionKind, Question } from '../../common/session';

export type EndVerdict =
  | { readonly kind: 'over'; readonly reason: 'closed' | 'host' }
  | { readonly kind: 'interrupted'; readonly interruption: InterruptionKind }
  | { readonly kind: 'ask'; readonly question: Question };

function interrupted(interruption: InterruptionKind): EndVerdict {
  return { kind: 'interrupted', interruption };
}

function ask(question: Question): EndVerdict {
  return { kind: 'ask', question };
}

/**
 * @param everStreamed whether this session has shown a picture before: what never worked isn't retried blindly, and a
 * name that resolved a minute ago is more likely to come back than to be misspelt
 * @param hadPassword whether the client had a password to offer
 */
export function verdictOf(end: ClientEnd, everStreamed: boolean, hadPassword = true): EndVerdict {
  switch (end.kind) {
    case 'ended-by-user':
      return { kind: 'over', reason: 'closed' };
    case 'host-ended':
      return { kind: 'over', reason: 'host' };
    // Trying a refused password again can lock the account, on a reconnect as well.
    case 'auth-refused':
      return ask({ kind: 'password', reason: hadPassword ? 'refused' : 'missing' });
    case 'certificate-unknown':
      return ask({ kind: 'trust-certificate', fingerprint: end.fingerprint, subject: end.subject });
    case 'certificate-changed':
      return ask({ kind: 'certificate-changed' });
    case 'host-name-unknown':
      return everStreamed ? interrupted('host-gone') : ask({ kind: 'host-name-unknown' });
    case 'host-unreachable':
      return interrupted('host-gone');
    case 'connection-lost':
      return interrupted('disconnect');
    case 'terminated':
      if (end.code === terminationCodes.graceful) return { kind: 'over', reason: 'host' };
      return willRecur(end.code) ? ask({ kind: 'client-failed', end }) : interrupted('disconnect');
    // A blocked port does not open by itself; after a picture, the same failure is the network's or the host's.
    case 'stage-failed':
      return everStreamed ? interrupted('host-gone') : ask({ kind: 'client-failed', end });
    // The host still holds a stream that broke off, or the last attempt: it lets go within seconds.
    case 'launch-refused':
      return end.reason === 'stream-limit' || (everStreamed && end.reason === 'no-picture')
        ? interrupted('disconnect')
        : ask({ kind: 'client-failed', end });
    case 'not-paired':
      return ask({ kind: 'not-paired' });
    case 'stalled':
      return interrupted('stall');
    // Neither the host nor the client is to blame.
    case 'slept':
      return interrupted('disconnect');
    case 'crashed':
    case 'thread-lost':
      return interrupted('crash');
    case 'unexpected':
      return everStreamed ? interrupted('crash') : ask({ kind: 'client-failed', end });
    // Neither heals by itself: the same arguments fail again, and without a display nothing can be shown.
    case 'client-misused':
    case 'display-lost':
      return ask({ kind: 'client-failed', end });
    default:
      return assertNever(end);
  }
}
