// The client's half of a supervisor: prepares it, hands it to the keeper, and turns what the keeper tells into session events.
import { assertNever } from '../../common/result';
import type { SessionId } from '../../common/ids';
import type { ClientEnd } from '../../common/session';
import type { Told } from '../../common/told';
import { CancelSource } from '../cancel-source';
import type { Disposable } from '../clock';
import type { Log } from '../log';
import type { ClientKeeper, KeeperEvent } from './client-keeper';
import type { Attempt, PreparedClient } from './prepared-client';
import type { SessionEvent } from './session-events';
import type { StreamSign } from './stream-client';

export interface ClientRunParts {
  readonly session: SessionId;
  readonly log: Log;
  readonly keeper: ClientKeeper;
  /** Finds the client, its secrets and its arguments; asked anew before each start. */
  readonly prepare: (attempt: Attempt) => Promise<PreparedClient>;
  readonly tell: (event: SessionEvent) => void;
  readonly started: (pid: number) => void;
  readonly signed: (sign: StreamSign) => void;
}

export class ClientRun {
  /** As people know the program; known before the first start by what was found then. */
  name: string;
  private keptPid: number | null = null;
  private hasPassword = false;
  /** The look-up of program, password and arguments that a client waits for; what an older one finds is worth nothing. */
  private preparation: CancelSource | null = null;
  private readonly subscription: Disposable;

  constructor(
    name: string,
    private readonly parts: ClientRunParts,
  ) {
    this.name = name;
    this.subscription = parts.keeper.onEvent((event) => this.onKeeper(event));
  }

  get pid(): number | null {
    return this.keptPid;
  }

  async start({ resuming, caution }: Pick<Attempt, 'resuming' | 'caution'>): Promise<void> {
    const preparation = new CancelSource();
    this.preparation = preparation;
    const stage = (text: Told): void => {
      if (this.preparation === preparation) this.parts.tell({ kind: 'client-stage', stage: text });
    };
    const prepared = await this.prepare({ resuming, caution, stage, cancel: preparation });
    if (this.preparation !== preparation) return;
    this.preparation = null;
    if (prepared === null) this.parts.tell({ kind: 'client-ended', end: { kind: 'thread-lost' } });
    else this.begin(prepared);
  }

  stop(): void {
    if (this.preparation === null) {
      this.parts.keeper.stop();
      return;
    }
    // There is no process yet, and a keyring may wait a minute for its user: nothing to wait for.
    this.dropPreparation();
    this.parts.tell({ kind: 'client-ended', end: { kind: 'ended-by-user' } });
  }

  async dispose(): Promise<void> {
    this.dropPreparation();
    this.subscription.dispose();
    await this.parts.keeper.dispose();
  }

  private dropPreparation(): void {
    this.preparation?.cancel();
    this.preparation = null;
  }

  /** @returns null after an exception: a bug, but the session must not hang on it */
  private async prepare(attempt: Attempt): Promise<PreparedClient | null> {
    try {
      return await this.parts.prepare(attempt);
    } catch (error) {
      this.parts.log.error('client could not be prepared', { session: this.parts.session, error });
      return null;
    }
  }

  private begin(prepared: PreparedClient): void {
    const { tell, keeper, log, session } = this.parts;
    switch (prepared.kind) {
      case 'question':
        tell({ kind: 'client-not-started', question: prepared.question });
        return;
      case 'ended':
        tell({ kind: 'client-ended', end: prepared.end, told: prepared.told });
        return;
      case 'ready':
        this.name = prepared.clientName;
        this.hasPassword = prepared.hasPassword;
        try {
          keeper.start(prepared.client, prepared.plan);
        } catch (error) {
          log.error('client could not be started', { session, error });
          tell({ kind: 'client-ended', end: { kind: 'thread-lost' } });
        }
        return;
      default:
        assertNever(prepared);
    }
  }

  private onKeeper(event: KeeperEvent): void {
    const { tell } = this.parts;
    switch (event.kind) {
      case 'started':
        this.keptPid = event.pid;
        this.parts.started(event.pid);
        return;
      case 'stage':
        tell({ kind: 'client-stage', stage: event.stage });
        return;
      case 'streaming':
        tell({ kind: 'client-streaming' });
        return;
      case 'ended':
        this.keptPid = null;
        tell({ kind: 'client-ended', end: event.end, hadPassword: this.hasPassword });
        return;
      // The process may sit in a dialog for ever.
      case 'terminated':
        tell({ kind: 'client-gave-up', end: endOf(event.code) });
        return;
      case 'given-up':
        tell({ kind: 'client-gave-up', end: event.end });
        return;
      case 'printed':
        return;
      case 'poor':
      case 'okay':
      case 'lost-frames':
      case 'lost-audio':
      case 'waiting-for-idr':
      case 'reordering':
      case 'back-pressure':
      case 'too-slow':
        this.parts.signed(event);
        return;
      default:
        assertNever(event);
    }
  }
}

/** 0 is the host's own end of the app (moonlight-common-c, ML_ERROR_GRACEFUL_TERMINATION). */
function endOf(code: number): ClientEnd {
  return code === 0 ? { kind: 'host-ended' } : { kind: 'terminated', code };
}
