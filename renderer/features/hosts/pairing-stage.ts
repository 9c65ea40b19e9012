// What the pairing panel shows: pure, from the host, its pairing, and whether this page saw that pairing go on.
import type { GameStreamHostView, PairingState } from '../../../electron/common/gamestream';
import { assertNever, type Failure } from '../../../electron/common/result';

export type PairingStage =
  | { readonly kind: 'none' }
  /** `failure`: how the last try ended. */
  | { readonly kind: 'offer'; readonly failure: Failure | null }
  | { readonly kind: 'waiting'; readonly pin: string }
  | { readonly kind: 'web' }
  | { readonly kind: 'paired'; readonly apps: number };

/**
 * @param watched a pairing was under way while this page was shown: how it ended is told; an older end would be no news
 * @param refusal why the pairing that was asked for last could not begin
 */
export function pairingStage(
  host: Pick<GameStreamHostView, 'paired' | 'state'>,
  pairing: PairingState | undefined,
  watched: boolean,
  refusal: Failure | null,
): PairingStage {
  const isWanted = !host.paired || host.state === 'certificate-changed';
  if (pairing?.kind === 'waiting') return pairing.byWeb ? { kind: 'web' } : { kind: 'waiting', pin: pairing.pin };
  if (refusal !== null) return { kind: 'offer', failure: refusal };
  switch (pairing?.kind) {
    case 'paired':
      return watched ? { kind: 'paired', apps: pairing.apps } : offered(isWanted, null);
    case 'failed':
      return offered(isWanted || watched, pairing.failure);
    case 'cancelled':
    case undefined:
      return offered(isWanted, null);
    default:
      return assertNever(pairing);
  }
}

function offered(isWanted: boolean, failure: Failure | null): PairingStage {
  return isWanted ? { kind: 'offer', failure } : { kind: 'none' };
}
