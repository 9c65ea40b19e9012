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
import type { ClientKeeper, KeeperEvent } from './client-keeper';
import { initialState, transition } from './session-machine';
import type { Effect, SessionEvent, SessionState, Timer } from './session-events';
import type { LaunchPlan, StreamClientId } from './stream-client';
import type { Question } from '../../common/session';

/** Marks kept of one session. */
const keptMarks = 200;

export type PreparedClient =
  | {
      readonly ready: true;
      readonly client: StreamClientId;
      readonly clientName: string;
      readonly plan: LaunchPlan;
      /** Whether the client was given a password; a refusal without one means that one is needed. */
      readonly hasPassword: boolean;
    }
  | { readonly ready: false; readonly question: Question };

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
  /** Orders to the app run one after another, in the order they were given. */
  private appOrders: Promise<void> = Promise.resolve();
  private newestAppOp = 0;
  private readonly changeListeners = new Set<() => void>();
  private readonly markListeners = new Set<(mark: Mark) => void>();
  private readonly keeperSubscription: Disposable;
  private readonly warmth: Disposable | null;
  private readonly startedAtMs: number;
  private clientName: string;
  private kept: number | null = null;
  private hasPassword = false;
  private disposed = false;
  private readonly pendingEvents: SessionEvent[] = [];
  private handling = false;

  constructor(
    readonly facts: SessionFacts,
    private readonly parts: SupervisorParts,
  ) {
    this.startedAtMs = parts.clock.nowMs();
    this.clientName = facts.clientName;
    this.state = initialState(this.initialApp(), facts.entry.resumeCountdownS, this.moment());
    this.keeperSubscription = parts.keeper.onEvent((event) => this.onKeeper(event));
    this.warmth =
      this.state.app.kind === 'unmanaged'
        ? null
        : keepWarm(parts.control, facts.host, parts.clock, () => this.state.link.kind === 'streaming');
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
    if (this.disposed) return;
    this.pendingEvents.push(event);
    if (this.handling) return;
    this.handling = true;
    try {
      for (let next = this.pendingEvents.shift(); next; next = this.pendingEvents.shift()) this.step(next);
    } finally {
      this.handling = false;
    }
  }

  /** Ends the client, the timers and the thread; a paused app stays paused and is found so by the next launch. */
  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    for (const timer of this.timers.values()) timer.dispose();
    this.timers.clear();
    this.gateWatch?.dispose();
    this.keeperSubscription.dispose();
    this.warmth?.dispose();
    await this.parts.keeper.dispose();
    await this.appOrders;
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
    switch (effect.kind) {
      case 'start-client':
        void this.startClient();
        return;
      case 'stop-client':
        this.parts.keeper.stop();
        return;
      case 'read-app':
        void this.readApp();
        return;
      case 'pause-app':
      case 'resume-app':
        this.orderApp(effect.kind, effect.op);
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
    let prepared: PreparedClient;
    try {
      prepared = await this.parts.prepare();
    } catch (error) {
      // A bug, but the session must not hang on it.
      this.parts.log.error('client could not be prepared', { session: this.facts.id, error });
      this.handle({ kind: 'client-ended', end: { kind: 'thread-lost' } });
      return;
    }
    if (this.disposed) return;
    // The user may have stopped the session while its secrets were read.
    if (this.state.client.kind !== 'running') {
      this.handle({ kind: 'client-ended', end: { kind: 'ended-by-user' } });
      return;
    }
    if (!prepared.ready) {
      this.handle({ kind: 'client-not-started', question: prepared.question });
      return;
    }
    this.clientName = prepared.clientName;
    this.hasPassword = prepared.hasPassword;
    this.parts.keeper.start(prepared.client, prepared.plan);
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
      case 'printed':
        return;
      default:
        assertNever(event);
    }
  }

  private async readApp(): Promise<void> {
    const { host, entry } = this.facts;
    if (!entry.pause || !host.ssh) return;
    const warm = await this.parts.control.warm(host);
    if (!warm.ok) {
      this.parts.onControlFailure(warm.failure);
      return;
    }
    const reading = await this.parts.control.read(host, entry.pause);
    if (reading.ok) this.handle({ kind: 'app-read', reading: reading.value });
    else this.parts.onControlFailure(reading.failure);
  }

  private orderApp(order: 'pause-app' | 'resume-app', op: number): void {
    this.newestAppOp = op;
    this.appOrders = this.appOrders.then(() => this.carryOutOrder(order, op));
  }

  private async carryOutOrder(order: 'pause-app' | 'resume-app', op: number): Promise<void> {
    const { host, entry } = this.facts;
    // An overtaken order must not be sent: pausing after a newer resume would leave the app frozen.
    if (!entry.pause || op !== this.newestAppOp) return;
    const { control } = this.parts;
    const done = order === 'pause-app' ? await control.pause(host, entry.pause) : await control.resume(host, entry.pause);
    if (done.ok) {
      this.handle({ kind: order === 'pause-app' ? 'app-paused' : 'app-resumed', op, report: done.value });
      return;
    }
    this.parts.onControlFailure(done.failure);
    this.handle({ kind: 'app-order-failed', op, failure: done.failure });
  }
}
