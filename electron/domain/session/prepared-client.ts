// What comes of preparing a client: something to start, a question, or the knowledge that starting it is of no use.
import type { ClientEnd, Question } from '../../common/session';
import type { Told } from '../../common/told';
import type { HostTold } from '../hosts/ask-host';
import type { CancelSignal } from '../hosts/gamestream-host';
import type { Caution } from './crash-loop';
import type { LaunchPlan, StreamClientId } from './stream-client';

export type PreparedClient =
  | {
      readonly kind: 'ready';
      readonly client: StreamClientId;
      readonly clientName: string;
      readonly plan: LaunchPlan;
      /** Whether the client was given a password; a refusal without one means that one is needed. */
      readonly hasPassword: boolean;
    }
  | { readonly kind: 'question'; readonly question: Question }
  /** The host was asked, and no client can come to a picture: as if one had been started and had ended so. */
  | { readonly kind: 'ended'; readonly end: ClientEnd; readonly told: HostTold };

/** One attempt to show a picture, as its preparation sees it. */
export interface Attempt {
  /** The session has shown a picture before: what it comes back to must still be there. */
  readonly resuming: boolean;
  /** How much less than the profile says the stream is asked for. */
  readonly caution: Caution;
  /** Tells what is being done now. */
  readonly stage: (text: Told) => void;
  /** Nobody waits for this attempt any more. */
  readonly cancel: CancelSignal;
}
