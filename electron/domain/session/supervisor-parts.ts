// What a supervisor is made of, and what a session begins with.
import type { Entry } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { SessionId } from '../../common/ids';
import type { AppState } from '../../common/session';
import type { Clock } from '../clock';
import type { HostTold } from '../hosts/ask-host';
import type { Log } from '../log';
import type { ControlFailure, HostControl } from '../pause/host-control';
import type { LeaseKeeper } from '../pause/lease';
import { whyLeftAlone } from '../pause/left-alone';
import type { ClientKeeper } from './client-keeper';
import { usualCrashLimits, type CrashLimits } from './crash-loop';
import type { Attempt, PreparedClient } from './prepared-client';
import type { SessionGate } from './session-gate';
import { connectLimitMs, gameStreamConnectLimitMs, type SessionKind } from './session-machine';
import type { StallWatcher } from './stall-watch';

export interface SupervisorParts {
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  readonly keeper: ClientKeeper;
  readonly control: HostControl;
  /** Finds the client, its secrets and its arguments; asked anew before each start. */
  readonly prepare: (attempt: Attempt) => Promise<PreparedClient>;
  /** What the host is doing, where it can be asked; null: it can't. */
  readonly askHost: (() => Promise<HostTold>) | null;
  /** The dead man's switch; absent: the app is only paused over the network. */
  readonly lease?: LeaseKeeper;
  /** Notices streams that are alive but dead; absent: only the client's own word counts. */
  readonly stallWatcher?: StallWatcher;
  /** Absent: the usual ones. */
  readonly crashLimits?: CrashLimits;
  /** What an attempt waits for. */
  readonly gate: SessionGate;
  readonly onControlFailure: (failure: ControlFailure) => void;
}

export interface SessionFacts {
  readonly id: SessionId;
  readonly entry: Entry;
  readonly host: HostRecord;
  readonly clientName: string;
}

export function sessionKind({ entry }: SessionFacts, parts: Pick<SupervisorParts, 'askHost' | 'crashLimits'>): SessionKind {
  const { resumeCountdownS, protocol } = entry;
  const limitMs = protocol === 'gamestream' ? gameStreamConnectLimitMs : connectLimitMs;
  return { resumeCountdownS, connectLimitMs: limitMs, asksHost: parts.askHost !== null, crashLimits: parts.crashLimits ?? usualCrashLimits };
}

/** Unmanaged: Athena leaves the app alone, and says why. */
export function initialApp({ entry, host }: SessionFacts): AppState {
  const why = whyLeftAlone(entry, host);
  return why === null ? { kind: 'running' } : { kind: 'unmanaged', why };
}
