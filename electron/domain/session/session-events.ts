// What may happen to a session, and what the session machine asks to be done about it.
import type { AppReading, ControlReport } from '../pause/host-control';
import type { Failure } from '../../common/result';
import type { AppState, ClientEnd, LinkState, MarkKind, Question } from '../../common/session';

export type Timer = 'retry' | 'gate' | 'connect' | 'count-down';

export type SessionEvent =
  | { readonly kind: 'launched' }
  | { readonly kind: 'client-stage'; readonly stage: string }
  | { readonly kind: 'client-streaming' }
  | { readonly kind: 'client-ended'; readonly end: ClientEnd; readonly hadPassword?: boolean }
  /** The client could not even be started; the question says what to decide. */
  | { readonly kind: 'client-not-started'; readonly question: Question }
  | { readonly kind: 'gate-opened' }
  | { readonly kind: 'host-seen' }
  /** The user vouched for the host's SSH key: what could not be asked or ordered before can be now. */
  | { readonly kind: 'host-key-trusted' }
  | { readonly kind: 'timer-fired'; readonly timer: Timer }
  | { readonly kind: 'stop-wanted' }
  | { readonly kind: 'reconnect-wanted' }
  | { readonly kind: 'pause-wanted' }
  | { readonly kind: 'resume-wanted' }
  | { readonly kind: 'stay-paused-wanted' }
  /** `op` is the number the effect carried: an answer that an order has overtaken changes nothing. */
  | { readonly kind: 'app-read'; readonly op: number; readonly reading: AppReading }
  | { readonly kind: 'app-paused'; readonly op: number; readonly report: ControlReport }
  | { readonly kind: 'app-resumed'; readonly op: number; readonly report: ControlReport }
  | { readonly kind: 'app-order-failed'; readonly op: number; readonly failure: Failure };

export type Effect =
  | { readonly kind: 'start-client' }
  | { readonly kind: 'stop-client' }
  /** Look whether the app was left paused by an earlier session. */
  | { readonly kind: 'read-app'; readonly op: number }
  | { readonly kind: 'pause-app'; readonly op: number }
  | { readonly kind: 'resume-app'; readonly op: number }
  | { readonly kind: 'watch-gate' }
  | { readonly kind: 'leave-gate' }
  | { readonly kind: 'set-timer'; readonly timer: Timer; readonly delayMs: number }
  | { readonly kind: 'clear-timer'; readonly timer: Timer }
  | { readonly kind: 'mark'; readonly mark: MarkKind; readonly text: string };

/** The client process of a session: there is never more than one. */
export type ClientSlot =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  /** Athena asked it to end, so its end isn't news; `then` says what follows. */
  | { readonly kind: 'stopping'; readonly then: 'end' | 'retry' | 'restart' };

export interface SessionState {
  readonly link: LinkState;
  readonly app: AppState;
  readonly client: ClientSlot;
  readonly everStreamed: boolean;
  /** Number of the newest order to the app. */
  readonly appOp: number;
  readonly resumeCountdownS: number;
  /** How long a client may take to show a picture, in milliseconds. */
  readonly connectLimitMs: number;
}

export interface Moment {
  readonly nowMs: number;
  /** A random number in [0, 1). */
  readonly random01: number;
}

export interface Transition {
  readonly state: SessionState;
  readonly effects: readonly Effect[];
}
