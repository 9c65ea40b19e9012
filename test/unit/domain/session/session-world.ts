// A small world for the session machine: one client process, one app of two processes, orders whose answers come late, timers.
import type { AppState, ClientEnd, Question } from '../../../../electron/common/session';
import { tell } from '../../../../electron/common/told';
import { usualCrashLimits } from '../../../../electron/domain/session/crash-loop';
import type { HostWord } from '../../../../electron/domain/session/gamestream-verdict';
import { initialState, transition } from '../../../../electron/domain/session/session-machine';
import type { Effect, SessionEvent, SessionState, Timer } from '../../../../electron/domain/session/session-events';

const anEnd: readonly ClientEnd[] = [
  { kind: 'ended-by-user' },
  { kind: 'host-ended' },
  { kind: 'auth-refused' },
  { kind: 'certificate-unknown', fingerprint: 'aa:bb', subject: 'CN=rig' },
  { kind: 'certificate-changed' },
  { kind: 'host-name-unknown' },
  { kind: 'host-unreachable' },
  { kind: 'connection-lost' },
  { kind: 'terminated', code: -1 },
  { kind: 'terminated', code: -100 },
  { kind: 'launch-refused', reason: 'stream-limit', code: null, message: 'the limit is reached' },
  { kind: 'stage-failed', stage: 'RTSP handshake', code: 111 },
  { kind: 'crashed', signal: 'SIGSEGV' },
  { kind: 'client-misused', detail: '/bad' },
  { kind: 'display-lost' },
  { kind: 'thread-lost' },
  { kind: 'unexpected', exitCode: 7 },
];
const aWord: readonly HostWord[] = [
  { kind: 'free' },
  { kind: 'silent' },
  { kind: 'busy', appId: 8 },
  { kind: 'busy', appId: 7 },
  { kind: 'other-host' },
  { kind: 'not-paired' },
  { kind: 'certificate-changed' },
];
const aQuestion: readonly Question[] = [
  { kind: 'password', reason: 'missing' },
  { kind: 'client-failed', end: { kind: 'client-misused', detail: 'not installed' } },
];

interface Client {
  /** Its program, password and arguments are still being looked up: there is no process yet. */
  preparing: boolean;
  askedToEnd: boolean;
}

type Order = Extract<Effect, { kind: 'pause-app' | 'resume-app' }>;

/** What may happen next; `pick` chooses among the possible answers. */
export interface Happening {
  readonly kind:
    | 'client-moves-on'
    | 'client-streams'
    | 'client-ends'
    | 'client-gives-up'
    | 'host-answers'
    | 'stream-stalls'
    | 'stream-flows'
    | 'gate-opens'
    | 'host-seen'
    | 'key-trusted'
    | 'timer-fires'
    | 'order-answered'
    | 'app-looked-at'
    | 'look-answered'
    | 'time-passes'
    | 'stop-wanted'
    | 'reconnect-wanted'
    | 'pause-wanted'
    | 'resume-wanted'
    | 'stay-paused-wanted';
  readonly pick: number;
}

/** Whether each of the app's two processes is stopped. */
type Stopped = readonly [boolean, boolean];

export class SessionWorld {
  state: SessionState;
  nowMs = 1_000_000;
  client: Client | null = null;
  gateWatched = false;
  /** The moment each running timer is due. */
  readonly timers = new Map<Timer, number>();
  /** In the order they were given; only the newest is carried out when its turn comes. */
  readonly orders: Order[] = [];
  /** Questions to the host without an answer, oldest first. */
  readonly asked: number[] = [];
  /** Looks at the app that were asked for, each with what it saw, or null while it has not looked yet. */
  readonly looks: { readonly effect: Extract<Effect, { kind: 'read-app' }>; saw: Stopped | null }[] = [];
  stopped: Stopped;
  /** The machine was told the app's state at least once, so what it says about it can be held against the app. */
  appKnown = false;
  /** The user paused the app, or wanted it to stay paused, and has not lifted that. */
  userHoldsPause = false;
  /** The user let the app run on although nobody sees it. */
  userLetRun = false;
  /** The user wants no client any more. */
  wantsEnd = false;
  /** What was broken, in words; a healthy machine leaves this empty. */
  readonly broken: string[] = [];

  constructor(managed: boolean, stopped: Stopped, countdownS: number, asksHost: boolean) {
    const app: AppState = managed ? { kind: 'running' } : { kind: 'unmanaged', why: tell`no SSH access` };
    this.stopped = stopped;
    this.state = initialState(app, { resumeCountdownS: countdownS, connectLimitMs: 30_000, asksHost, crashLimits: usualCrashLimits }, this.moment(0));
    this.tell({ kind: 'launched' }, 0);
  }

  /** @returns whether this could happen now */
  happen({ kind, pick }: Happening): boolean {
    switch (kind) {
      case 'client-moves-on':
        return this.moveClientOn(pick);
      case 'client-streams':
        return this.client !== null && !this.client.preparing && this.tell({ kind: 'client-streaming' }, pick);
      case 'client-ends':
        return this.endClient(pick);
      case 'client-gives-up': {
        if (!this.client || this.client.preparing) return false;
        return this.tell({ kind: 'client-gave-up', end: anEnd[pick % anEnd.length] ?? { kind: 'connection-lost' } }, pick);
      }
      case 'host-answers': {
        const op = this.asked.shift();
        const word = aWord[pick % aWord.length] ?? { kind: 'silent' };
        return op !== undefined && this.tell({ kind: 'host-told', op, told: { word, appId: 7, runningName: null } }, pick);
      }
      case 'stream-stalls':
        return this.client !== null && this.tell({ kind: 'stream-stalled', what: pick % 2 === 0 ? 'network' : 'picture' }, pick);
      case 'stream-flows':
        return this.tell({ kind: 'stream-flows' }, pick);
      case 'gate-opens':
        if (!this.gateWatched) return false;
        this.gateWatched = false;
        return this.tell({ kind: 'gate-opened', why: tell`Network is fit` }, pick);
      case 'host-seen':
        return this.tell({ kind: 'host-seen' }, pick);
      case 'key-trusted':
        return this.tell({ kind: 'host-key-trusted' }, pick);
      case 'timer-fires':
        return this.fireTimer(pick);
      case 'order-answered':
        return this.answerOrder(pick);
      case 'app-looked-at':
        return this.look();
      case 'look-answered':
        return this.answerLook(pick);
      case 'time-passes':
        this.nowMs += pick % 500;
        return true;
      case 'stop-wanted':
      case 'reconnect-wanted':
        this.wantsEnd = kind === 'stop-wanted';
        return this.tell({ kind }, pick);
      case 'pause-wanted':
      case 'resume-wanted':
      case 'stay-paused-wanted':
        return this.steerApp(kind, pick);
    }
  }

  get hasPicture(): boolean {
    return this.state.link.kind === 'streaming' && this.state.client.kind === 'running';
  }

  protected moment(pick: number): { nowMs: number; random01: number } {
    return { nowMs: this.nowMs, random01: (pick % 100) / 100 };
  }

  private moveClientOn(pick: number): boolean {
    if (!this.client) return false;
    if (!this.client.preparing) return this.tell({ kind: 'client-stage', stage: tell`stage ${pick % 3}` }, pick);
    if (this.client.askedToEnd) return false;
    const question = aQuestion[pick % 4];
    if (question === undefined) {
      this.client.preparing = false;
      return true;
    }
    this.client = null;
    return this.tell({ kind: 'client-not-started', question }, pick);
  }

  private endClient(pick: number): boolean {
    if (!this.client) return false;
    const { preparing, askedToEnd } = this.client;
    this.client = null;
    const preparedEnd: ClientEnd = askedToEnd ? { kind: 'ended-by-user' } : { kind: 'thread-lost' };
    const end = preparing ? preparedEnd : (anEnd[pick % anEnd.length] ?? preparedEnd);
    return this.tell({ kind: 'client-ended', end, hadPassword: pick % 2 === 0 }, pick);
  }

  private fireTimer(pick: number): boolean {
    const due = [...this.timers].sort(([, one], [, other]) => one - other)[0];
    if (!due) return false;
    const [timer, dueMs] = due;
    this.timers.delete(timer);
    this.nowMs = Math.max(this.nowMs, dueMs);
    return this.tell({ kind: 'timer-fired', timer }, pick);
  }

  protected answerOrder(pick: number): boolean {
    const order = this.orders.shift();
    if (!order) return false;
    const newest = Math.max(order.op, ...this.orders.map(({ op }) => op));
    // As the supervisor does: an order that was overtaken while it waited is not sent.
    if (order.op !== newest && pick % 3 === 0) return true;
    const pausing = order.kind === 'pause-app';
    if (pick % 4 === 1) {
      this.stopped = [pausing, this.stopped[1]];
      const failure = { kind: 'not-verified', message: 'one process would not', advice: '' } as const;
      return this.tell({ kind: 'app-order-failed', op: order.op, failure }, pick);
    }
    this.stopped = [pausing, pausing];
    this.appKnown = true;
    const report = { method: 'sigstop', pids: [7, 8], tries: 1, tookMs: 5 } as const;
    return this.tell({ kind: pausing ? 'app-paused' : 'app-resumed', op: order.op, report }, pick);
  }

  private look(): boolean {
    const waiting = this.looks.find(({ saw }) => saw === null);
    if (waiting) waiting.saw = this.stopped;
    return waiting !== undefined;
  }

  protected answerLook(pick: number): boolean {
    const index = this.looks.findIndex(({ saw }) => saw !== null);
    const look = this.looks[index];
    if (!look?.saw) return false;
    this.looks.splice(index, 1);
    if (pick % 5 === 0) return true; // the host could not be asked
    const [one, other] = look.saw;
    const state = one && other ? 'paused' : one || other ? 'mixed' : 'running';
    const { op } = look.effect;
    return this.tell({ kind: 'app-read', op, reading: { state, pids: [7, 8], method: state === 'paused' ? 'sigstop' : null } }, pick);
  }

  private steerApp(kind: 'pause-wanted' | 'resume-wanted' | 'stay-paused-wanted', pick: number): boolean {
    this.tell({ kind }, pick);
    const { app } = this.state;
    if (kind === 'resume-wanted') {
      this.userHoldsPause = false;
      this.userLetRun = true;
    } else if ((app.kind === 'pausing' || app.kind === 'paused') && app.by === 'user') this.userHoldsPause = true;
    return true;
  }

  protected tell(event: SessionEvent, pick: number): true {
    const before = this.state;
    const { state, effects } = transition(before, event, this.moment(pick));
    this.state = state;
    if (before.link.kind === 'streaming' && state.link.kind !== 'streaming') this.userLetRun = false;
    for (const effect of effects) this.carryOut(effect, event);
    return true;
  }

  private carryOut(effect: Effect, event: SessionEvent): void {
    switch (effect.kind) {
      case 'start-client':
        if (this.client) this.broken.push('a second client is started');
        if (this.wantsEnd) this.broken.push('a client is started although the user has stopped the session');
        this.client = { preparing: true, askedToEnd: false };
        return;
      case 'stop-client':
        if (!this.client) this.broken.push('a client is stopped that is not there');
        else this.client.askedToEnd = true;
        return;
      case 'ask-host':
        this.asked.push(effect.op);
        return;
      case 'read-app':
        this.looks.push({ effect, saw: null });
        return;
      case 'resume-app':
        if (this.userHoldsPause && event.kind !== 'resume-wanted') this.broken.push("the user's pause is lifted by something else");
        this.orders.push(effect);
        return;
      case 'pause-app':
        this.orders.push(effect);
        return;
      case 'watch-gate':
        if (this.gateWatched) this.broken.push('the gate is watched twice');
        this.gateWatched = true;
        return;
      case 'leave-gate':
        this.gateWatched = false;
        return;
      case 'set-timer':
        this.timers.set(effect.timer, this.nowMs + effect.delayMs);
        return;
      case 'clear-timer':
        this.timers.delete(effect.timer);
        return;
      case 'mark':
        return;
    }
  }
}
