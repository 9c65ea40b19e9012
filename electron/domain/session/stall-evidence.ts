// What is seen of a stream from outside its client, one look at a time: the input of the stall decision.
import type { ProbeKind } from '../../common/latency';

/** How one kind of probe fares with the session's host. */
export interface ProbeLook {
  readonly probe: ProbeKind;
  /** Milliseconds between two questions of this kind, as measured. */
  readonly intervalMs: number;
  /** Age in milliseconds of the newest question that was answered within a second. */
  readonly silentMs: number;
  /** It was answered lately, so that its silence says something. */
  readonly usable: boolean;
  /** The usual round-trip time in milliseconds. */
  readonly usualMs: number;
}

/** `stopped` is T or t of proc_pid_stat(5), `blocked` is D. */
export type ProcessState = 'alive' | 'stopped' | 'blocked' | 'gone';

/** The client with everything it started; the numbers only grow while it lives. */
export interface ClientLook {
  readonly state: ProcessState;
  /** CPU time of all threads in milliseconds. */
  readonly cpuMs: number;
  /** Time that threads were ready to run and had to wait for a processor, in milliseconds. */
  readonly waitMs: number;
  /** How often a thread got a processor: zero more means that nothing woke it. */
  readonly runs: number;
  /** The same of the thread that takes the pictures alone, where the client names one. */
  readonly pictures: { readonly runs: number; readonly waitMs: number } | null;
  /** Where in the kernel it hangs; null: it can't be read, or it doesn't. */
  readonly waitsIn: string | null;
}

/** Bytes or packets that came in, counted by the kernel; only grows. */
export interface ReceiveCount {
  /** Names it over its whole life: "socket 40122", "link eth0". */
  readonly key: string;
  /** `socket`: this client's alone. `link`: of all programs of this machine together. */
  readonly scope: 'socket' | 'link';
  readonly total: number;
  /** When it was read, on the monotonic clock. */
  readonly tMs: number;
  /** Nothing has come for this long, by the kernel's own clock; null: not known. */
  readonly silentMs: number | null;
}

/** All TCP connections of the client together. */
export interface SocketLook {
  /**
   * Milliseconds since the connection that was served last got data: at least `silentMs`, as it was when it was read, and at
   * most `lastReceivedMs`, for it may have got more since. null: not known.
   */
  readonly silentMs: number | null;
  readonly lastReceivedMs: number | null;
  /** Bytes that were sent and are not acknowledged, or wait to be sent. */
  readonly unackedBytes: number;
  /** Retransmissions in a row without an acknowledgement, of the connection that has most. */
  readonly retransmits: number;
  /** Bytes that arrived, and the client has not taken (UDP sockets too). */
  readonly unreadBytes: number;
  /** Segments with data that the client has sent; null: not known. */
  readonly sentSegments: number | null;
  readonly rttMs: number | null;
}

/** One connection made to the service of the host, to hear whether it still answers; only when there is reason to ask. */
export type AskLook =
  | { readonly kind: 'none' }
  /** No answer to the connection request yet. */
  | { readonly kind: 'connecting'; readonly forMs: number }
  /** The system accepted it, and the service has said nothing for this long. */
  | { readonly kind: 'mute'; readonly forMs: number }
  | { readonly kind: 'answered'; readonly agoMs: number }
  /** Refused, or no way there: this is no silence. */
  | { readonly kind: 'refused'; readonly agoMs: number };

export interface OwnLook {
  /** How much the worst turn of our own event loop since the last look was late, in milliseconds. */
  readonly loopDelayMs: number;
  /** Share of the time (0 to 1) in which some process of this machine waited for a processor; null: not known. */
  readonly cpuPressure: number | null;
}

export interface StallLook {
  /** Monotonic milliseconds. */
  readonly tMs: number;
  readonly own: OwnLook;
  readonly probes: readonly ProbeLook[];
  /** Other watched hosts that answered within the last 600 ms, and how many there are. */
  readonly others: { readonly answering: number; readonly watched: number };
  /** null: not measured on this system. */
  readonly client: ClientLook | null;
  readonly sockets: SocketLook | null;
  readonly received: readonly ReceiveCount[];
  readonly ask: AskLook;
  /** How often the client said since the last look that it waits for a whole picture. */
  readonly idrWaits: number;
}
