// Runs one session: feeds the session machine with what happens and carries out what it decides.
import { assertNever } from '../../common/result';
import type { Mark, SessionView } from '../../common/session';
import { tell } from '../../common/told';
import type { Disposable } from '../clock';
import type { HostTold } from '../hosts/ask-host';
import { keepWarm } from '../pause/keep-warm';
import type { LeaseNews } from '../pause/lease';
import { AppOrderQueue } from './app-order-queue';
import type { ClientKeeper } from './client-keeper';
import { ClientRun } from './client-run';
import { GateGuard } from './gate-guard';
import { LeaseGuard, letRunOn, readingOf } from './lease-guard';
import { initialState, transition } from './session-machine';
import type { Effect, SessionEvent, SessionState } from './session-events';
import { SessionNotes } from './session-notes';
import { SessionTimers } from './session-timers';
import { StallGuard } from './stall-guard';
import { initialApp, sessionKind, type SessionFacts, type SupervisorParts } from './supervisor-parts';
import { wordsForWatchdog } from './watchdog-words';

const hostSilent: HostTold = { word: { kind: 'silent' }, appId: null, runningName: null };

export class Supervisor {
  private state: SessionState;
  private readonly timers: SessionTimers;
  private readonly client: ClientRun;
  private readonly notes: SessionNotes;
  private readonly gate: GateGuard;
  /** Null: Athena leaves the app alone. */
  private readonly appOrders: AppOrderQueue | null;
  private readonly changeListeners = new Set<() => void>();
  private readonly warmth: Disposable | null;
  private readonly lease: LeaseGuard | null;
  private readonly stalls: StallGuard | null;
  private readonly startedAtMs: number;
  private disposal: Promise<void> | null = null;
  private readonly pendingEvents: SessionEvent[] = [];
  private handling = false;

  constructor(
    readonly facts: SessionFacts,
    private readonly parts: SupervisorParts,
  ) {
    this.startedAtMs = parts.clock.nowMs();
    this.notes = new SessionNotes(parts.clock, () => this.announce());
    this.notes.onMark(({ kind, text }) => parts.log.info('session mark', { session: facts.id, mark: kind, text }));
    this.timers = new SessionTimers(parts.clock, (timer) => this.handle({ kind: 'timer-fired', timer }));
    this.client = new ClientRun(facts.clientName, {
      session: facts.id,
      log: parts.log,
      keeper: parts.keeper,
      prepare: parts.prepare,
      tell: (event) => this.handle(event),
      started: (pid) => this.notes.mark('client-started', tell`${this.client.name} started (process ${pid})`),
      signed: (sign) => {
        this.stalls?.sign(sign);
        this.notes.sign(sign);
      },
    });
    this.state = initialState(initialApp(facts), sessionKind(facts, parts), this.moment());
    this.gate = new GateGuard({
      gate: parts.gate,
      clock: parts.clock,
      opened: (why) => this.handle({ kind: 'gate-opened', why }),
      changed: () => this.announce(),
    });
    const { host, entry } = facts;
    const { control, log, onControlFailure, clock } = parts;
    const managed = this.state.app.kind !== 'unmanaged';
    this.warmth = managed ? keepWarm(control, host, clock, () => this.state.link.kind === 'streaming', entry.pause) : null;
    this.appOrders =
      managed && entry.pause
        ? new AppOrderQueue({ host, target: entry.pause, control, log, onControlFailure, clock, tell: (event) => this.handle(event) })
        : null;
    const { lease, stallWatcher } = parts;
    const leaseParts = managed && entry.pause && lease ? { keeper: lease, host, target: entry.pause } : null;
    this.lease = leaseParts && new LeaseGuard({ ...leaseParts, onNews: (news) => this.onLease(news) });
    this.stalls = stallWatcher
      ? new StallGuard({
          watcher: stallWatcher,
          entry,
          tell: (event) => this.handle(event),
          found: (evidence) => log.info('stream stands still', { session: facts.id, evidence }),
        })
      : null;
  }

  get view(): SessionView {
    const { id, entry, host } = this.facts;
    return {
      id,
      entryId: entry.id,
      hostId: host.id,
      name: entry.name,
      clientName: this.client.name,
      startedAtMs: this.startedAtMs,
      link: this.state.link,
      app: this.state.app,
      quality: this.notes.quality,
      ...(this.gate.view && { gate: this.gate.view }),
      marks: [...this.notes.marks],
    };
  }

  get clientPid(): number | null {
    return this.client.pid;
  }

  get keeper(): ClientKeeper {
    return this.parts.keeper;
  }

  onChange(listener: () => void): Disposable {
    this.changeListeners.add(listener);
    return { dispose: () => this.changeListeners.delete(listener) };
  }

  onMark(listener: (mark: Mark) => void): Disposable {
    return this.notes.onMark(listener);
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
    this.timers.clearAll();
    this.notes.dispose();
    this.gate.dispose();
    this.warmth?.dispose();
    this.stalls?.dispose();
    await Promise.all([this.client.dispose(), this.lease?.dispose()]);
    await this.appOrders?.settled();
  }

  private moment(): { nowMs: number; random01: number } {
    return { nowMs: this.parts.clock.nowMs(), random01: this.parts.random() };
  }

  private step(event: SessionEvent): void {
    const before = this.state;
    const { state, effects } = transition(before, event, this.moment());
    this.state = state;
    for (const effect of effects) this.carryOut(effect);
    if (!this.disposal) {
      this.stalls?.follow(state, this.client.pid);
      this.lease?.follow(state);
      this.gate.follow(state);
    }
    if (state !== before || effects.length > 0) {
      this.announce();
    }
  }

  private carryOut(effect: Effect): void {
    // Whoever heard of an earlier effect may have ended the session.
    if (this.disposal) return;
    switch (effect.kind) {
      case 'start-client':
        this.notes.newStream();
        void this.client.start({ resuming: this.state.everStreamed, caution: this.state.crashes.caution });
        return;
      case 'stop-client':
        this.client.stop();
        return;
      case 'ask-host':
        void this.askHost(effect.op);
        return;
      case 'read-app':
        void this.appOrders?.look(effect.op);
        return;
      case 'pause-app':
      case 'resume-app':
        this.appOrders?.give(effect);
        return;
      case 'watch-gate':
        this.gate.watch();
        return;
      case 'leave-gate':
        this.gate.leave();
        return;
      case 'set-timer':
        this.timers.set(effect.timer, effect.delayMs);
        return;
      case 'clear-timer':
        this.timers.clear(effect.timer);
        return;
      case 'mark':
        this.notes.mark(effect.mark, effect.text);
        return;
      default:
        assertNever(effect);
    }
  }

  /** A host that can't be asked counts as one that does not answer: the session must not hang on it. */
  private async askHost(op: number): Promise<void> {
    let told = hostSilent;
    try {
      if (this.parts.askHost) told = await this.parts.askHost();
    } catch (error) {
      this.parts.log.error('host could not be asked', { session: this.facts.id, error });
    }
    this.handle({ kind: 'host-told', op, told });
  }

  private onLease(news: LeaseNews): void {
    switch (news.kind) {
      case 'held':
        return;
      case 'lost':
        this.parts.log.info('lease lost', { session: this.facts.id, message: news.message });
        return;
      case 'unavailable':
        this.parts.log.warn('no lease on this host', { session: this.facts.id, message: news.message, advice: news.advice });
        return;
      case 'told':
        this.notes.mark('paused', wordsForWatchdog(news.report));
        this.announce();
        // A connection that was slow to come back may have cost the app its heartbeat while its picture was there.
        if (letRunOn(news.report)) this.handle({ kind: 'app-slipped' });
        else void this.appOrders?.look(this.state.appOp, readingOf(news.report));
        return;
      default:
        assertNever(news);
    }
  }

  private announce(): void {
    for (const listener of [...this.changeListeners]) listener();
  }
}
