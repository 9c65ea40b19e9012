// Runs one session: feeds the session machine with what happens and carries out what it decides.
import type { Entry } from '../../common/entry';
import type { HostRecord } from '../../common/host';
import type { SessionId } from '../../common/ids';
import { assertNever } from '../../common/result';
import type { Mark, MarkKind, SessionView } from '../../common/session';
import type { Clock, Disposable } from '../clock';
import type { Log } from '../log';
import type { ControlFailure, HostControl } from '../pause/host-control';
import { keepWarm } from '../pause/keep-warm';
import { AppOrderQueue } from './app-order-queue';
import type { ClientKeeper, KeeperEvent } from './client-keeper';
import type { PreparedClient } from './prepare-client';
import { connectLimitMs, gameStreamConnectLimitMs, initialState, transition } from './session-machine';
import type { Effect, SessionEvent, SessionState, Timer } from './session-events';

/** Marks kept of one session. */
const keptMarks = 200;

export interface SupervisorParts {
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  readonly keeper: ClientKeeper;
  readonly control: HostControl;
  /** Finds the client, its secrets and its arguments; asked anew before each start. */
  readonly prepare: () => Promise<PreparedClient>;
  /** Calls once, as soon as the network to the host is fit; at once when it is. */
  readonly watchGate: (onFit: () => void) => Disposable;
  readonly onControlFailure: (failure: ControlFailure) => void;
}

export interface SessionFacts {
  readonly id: SessionId;
  readonly entry: Entry;
  readonly host: HostRecord;
  readonly clientName: string;
}

export class Supervisor {
  private state: SessionState;
  private marks: readonly Mark[] = [];
  private readonly timers = new Map<Timer, Disposable>();
  private gateWatch: Disposable | null = null;
  /** Null: Athena leaves the app alone. */
  private readonly appOrders: AppOrderQueue | null;
  private readonly changeListeners = new Set<() => void>();
  private readonly markListeners = new Set<(mark: Mark) => void>();
  private readonly keeperSubscription: Disposable;
  private readonly warmth: Disposable | null;
  private readonly startedAtMs: number;
  private clientName: string;
  private kept: number | null = null;
  private hasPassword = false;
  /** The look-up of program, password and arguments that a client waits for; what an older one finds is worth nothing. */
  private preparation: object | null = null;
  private disposal: Promise<void> | null = null;
  private readonly pendingEvents: SessionEvent[] = [];
  private handling = false;

  constructor(
    readonly facts: SessionFacts,
    private readonly parts: SupervisorParts,
  ) {
    this.startedAtMs = parts.clock.nowMs();
    this.clientName = facts.clientName;
    const limitMs = facts.entry.protocol === 'gamestream' ? gameStreamConnectLimitMs : connectLimitMs;
    this.state = initialState(this.initialApp(), facts.entry.resumeCountdownS, this.moment(), limitMs);
    this.keeperSubscription = parts.keeper.onEvent((event) => this.onKeeper(event));
    const { host, entry } = facts;
    const { control, log, onControlFailure, clock } = parts;
    const managed = this.state.app.kind !== 'unmanaged';
    this.warmth = managed ? keepWarm(control, host, clock, () => this.state.link.kind === 'streaming') : null;
    this.appOrders =
      managed && entry.pause
        ? new AppOrderQueue({ host, target: entry.pause, control, log, onControlFailure, tell: (event) => this.handle(event) })
        : null;
  }

  get view(): SessionView {
    const { id, entry, host } = this.facts;
    return {
      id,
      entryId: entry.id,
      hostId: host.id,
      name: entry.name,
      clientName: this.clientName,
      startedAtMs: this.startedAtMs,
      link: this.state.link,
      app: this.state.app,
      marks: [...this.marks],
    };
  }

  get clientPid(): number | null {
    return this.kept;
  }

  get keeper(): ClientKeeper {
    return this.parts.keeper;
  }

  onChange(listener: () => void): Disposable {
    this.changeListeners.add(listener);
    return { dispose: () => this.changeListeners.delete(listener) };
  }

  onMark(listener: (mark: Mark) => void): Disposable {
    this.markListeners.add(listener);
    return { dispose: () => this.markListeners.delete(listener) };
  }

  /** One step of the machine, and all that it asks for. Events that arise meanwhile wait their turn. */
  handle(event: SessionEvent): void {
    if (this.disposal) return;
    this.pendingEvents.push(event);
    if (this.handling) return;
    this.handling = true;
    try {
      for (let next = this.pendingEvents.shift(); next && !this.disposal; next = this.pendingEvents.shift()) this.step(next);
    } finally {
      this.handling = false;
    }
  }

  /** Ends the client, the timers and the thread; a paused app stays paused and is found so by the next launch. */
  dispose(): Promise<void> {
    this.disposal ??= this.end();
    return this.disposal;
  }

  private async end(): Promise<void> {
    for (const timer of this.timers.values()) timer.dispose();
    this.timers.clear();
    this.preparation = null;
    this.gateWatch?.dispose();
    this.keeperSubscription.dispose();
    this.warmth?.dispose();
    await this.parts.keeper.dispose();
    await this.appOrders?.settled();
  }

  private initialApp(): SessionState['app'] {
    const { entry, host } = this.facts;
    if (!entry.pause) return { kind: 'unmanaged', why: 'The entry does not say which processes to pause.' };
    if (!host.ssh) return { kind: 'unmanaged', why: 'Athena has no SSH access to this host.' };
    return { kind: 'running' };
  }

  private moment(): { nowMs: number; random01: number } {
    return { nowMs: this.parts.clock.nowMs(), random01: this.parts.random() };
  }

  private step(event: SessionEvent): void {
    const before = this.state;
    const { state, effects } = transition(before, event, this.moment());
    this.state = state;
    for (const effect of effects) this.carryOut(effect);
    if (state !== before || effects.length > 0) {
      for (const listener of [...this.changeListeners]) listener();
    }
  }

  private carryOut(effect: Effect): void {
    // Whoever heard of an earlier effect may have ended the session.
    if (this.disposal) return;
    switch (effect.kind) {
      case 'start-client':
        void this.startClient();
        return;
      case 'stop-client':
        this.stopClient();
        return;
      case 'read-app':
        void this.appOrders?.look(effect.op);
        return;
      case 'pause-app':
      case 'resume-app':
        this.appOrders?.give(effect);
        return;
      case 'watch-gate':
        this.gateWatch = this.parts.watchGate(() => this.handle({ kind: 'gate-opened' }));
        return;
      case 'leave-gate':
        this.gateWatch?.dispose();
        this.gateWatch = null;
        return;
      case 'set-timer':
        this.setTimer(effect.timer, effect.delayMs);
        return;
      case 'clear-timer':
        this.timers.get(effect.timer)?.dispose();
        this.timers.delete(effect.timer);
        return;
      case 'mark':
        this.mark(effect.mark, effect.text);
        return;
      default:
        assertNever(effect);
    }
  }

  private setTimer(timer: Timer, delayMs: number): void {
    this.timers.get(timer)?.dispose();
    const running = this.parts.clock.after(delayMs, () => {
      this.timers.delete(timer);
      this.handle({ kind: 'timer-fired', timer });
    });
    this.timers.set(timer, running);
  }

  private mark(kind: MarkKind, text: string): void {
    const mark: Mark = { kind, atMs: this.parts.clock.nowMs(), text };
    this.marks = [...this.marks, mark].slice(-keptMarks);
    this.parts.log.info('session mark', { session: this.facts.id, mark: kind, text });
    for (const listener of [...this.markListeners]) listener(mark);
  }

  private async startClient(): Promise<void> {
    const preparation = {};
    this.preparation = preparation;
    const prepared = await this.prepare();
    if (this.preparation !== preparation) return;
    this.preparation = null;
    if (prepared?.ready === false) {
      this.handle({ kind: 'client-not-started', question: prepared.question });
      return;
    }
    if (prepared === null || !this.keep(prepared)) this.handle({ kind: 'client-ended', end: { kind: 'thread-lost' } });
  }

  /** @returns null after an exception: a bug, but the session must not hang on it */
  private async prepare(): Promise<PreparedClient | null> {
    try {
      return await this.parts.prepare();
    } catch (error) {
      this.parts.log.error('client could not be prepared', { session: this.facts.id, error });
      return null;
    }
  }

  private keep({ client, clientName, plan, hasPassword }: Extract<PreparedClient, { ready: true }>): boolean {
    this.clientName = clientName;
    this.hasPassword = hasPassword;
    try {
      this.parts.keeper.start(client, plan);
      return true;
    } catch (error) {
      this.parts.log.error('client could not be started', { session: this.facts.id, error });
      return false;
    }
  }

  private stopClient(): void {
    if (this.preparation === null) {
      this.parts.keeper.stop();
      return;
    }
    // There is no process yet, and a keyring may wait a minute for its user: nothing to wait for.
    this.preparation = null;
    this.handle({ kind: 'client-ended', end: { kind: 'ended-by-user' } });
  }

  private onKeeper(event: KeeperEvent): void {
    switch (event.kind) {
      case 'started':
        this.kept = event.pid;
        this.mark('client-started', `${this.clientName} started (process ${event.pid})`);
        return;
      case 'stage':
        this.handle({ kind: 'client-stage', stage: event.stage });
        return;
      case 'streaming':
        this.handle({ kind: 'client-streaming' });
        return;
      case 'ended':
        this.kept = null;
        this.handle({ kind: 'client-ended', end: event.end, hadPassword: this.hasPassword });
        return;
      // The process may sit in a dialog for ever; its end tells the machine why.
      case 'terminated':
      case 'given-up':
        this.parts.keeper.stop();
        return;
      case 'poor':
      case 'okay':
      case 'lost-frames':
      case 'lost-audio':
      case 'waiting-for-idr':
      case 'reordering':
      case 'back-pressure':
      case 'too-slow':
      case 'printed':
        return;
      default:
        assertNever(event);
    }
  }
}
