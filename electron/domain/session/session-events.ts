// What may happen to a session, and what the session machine asks to be done about it.
import type { Told } from '../../common/told';
import type { HostTold } from '../hosts/ask-host';
import type { CrashLimits, CrashRecord } from './crash-loop';
import type { StallKind } from './stall-watch';
import type { AppReading, ControlReport } from '../pause/host-control';
import type { Failure } from '../../common/result';
import type { AppState, ClientEnd, LinkState, MarkKind, Question } from '../../common/session';

export type Timer = 'retry' | 'gate' | 'connect' | 'count-down' | 'stall';

export type SessionEvent =
  | { readonly kind: 'launched' }
  | { readonly kind: 'client-stage'; readonly stage: Told }
  | { readonly kind: 'client-streaming' }
  /** `told`: the host was asked already, so its word needs no second question. */
  | { readonly kind: 'client-ended'; readonly end: ClientEnd; readonly hadPassword?: boolean; readonly told?: HostTold }
  /** The stream is over by the client's own verdict, though its process still lives: Moonlight stays with a dialog. */
  | { readonly kind: 'client-gave-up'; readonly end: ClientEnd }
  /** The client lives, but nothing new is shown. */
  | { readonly kind: 'stream-stalled'; readonly what: StallKind }
  | { readonly kind: 'stream-flows' }
  /** What the host says after an end; `op` is the number the question carried. */
  | { readonly kind: 'host-told'; readonly op: number; readonly told: HostTold }
  /** The client could not even be started; the question says what to decide. */
  | { readonly kind: 'client-not-started'; readonly question: Question }
  /** `why` as a sentence for the journey. */
  | { readonly kind: 'gate-opened'; readonly why: Told }
  /** Something happened in the network after which the host may be there again. */
  | { readonly kind: 'host-seen' }
  /** This machine has slept for so many milliseconds, and is awake again. */
  | { readonly kind: 'machine-woke'; readonly sleptMs: number }
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
  /** The host let a paused app run on by itself: the maximum hold was over, or somebody there resumed it. */
  | { readonly kind: 'app-slipped' }
  | { readonly kind: 'app-order-failed'; readonly op: number; readonly failure: Failure };

export type Effect =
  | { readonly kind: 'start-client' }
  | { readonly kind: 'stop-client' }
  /** Ask the host what it is doing: some clients' ends do not say. */
  | { readonly kind: 'ask-host'; readonly op: number }
  /** Look whether the app was left paused by an earlier session. */
  | { readonly kind: 'read-app'; readonly op: number }
  | { readonly kind: 'pause-app'; readonly op: number }
  | { readonly kind: 'resume-app'; readonly op: number }
  | { readonly kind: 'watch-gate' }
  | { readonly kind: 'leave-gate' }
  | { readonly kind: 'set-timer'; readonly timer: Timer; readonly delayMs: number }
  | { readonly kind: 'clear-timer'; readonly timer: Timer }
  | { readonly kind: 'mark'; readonly mark: MarkKind; readonly text: Told };

/** The client process of a session: there is never more than one. */
export type ClientSlot =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  /**
   * Athena asked it to end, so its end isn't news; `then` says what follows. wait: what follows is decided elsewhere
   * already, and starts no second client before this one is gone. start: it was decided, and starts as soon as it is gone.
   */
  | { readonly kind: 'stopping'; readonly then: 'end' | 'retry' | 'restart' | 'wait' | 'start' };

/** An end whose meaning only the host knows. */
export interface Inquiry {
  readonly op: number;
  readonly end: ClientEnd;
  /** The client of this attempt has shown a picture. */
  readonly streamedNow: boolean;
  readonly atMs: number;
}

export interface SessionState {
  readonly link: LinkState;
  readonly app: AppState;
  readonly client: ClientSlot;
  readonly everStreamed: boolean;
  /** Whether the host can be asked what an end means: GameStream. */
  readonly asksHost: boolean;
  /** Null: none is under way. */
  readonly inquiry: Inquiry | null;
  /** Number of the newest question to the host. */
  readonly hostOp: number;
  readonly crashes: CrashRecord;
  readonly crashLimits: CrashLimits;
  /** No attempt before this: the host would refuse or garble it. Epoch milliseconds. */
  readonly notBeforeMs: number;
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
