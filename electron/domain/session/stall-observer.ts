// Watches one stream five times a second from outside its client: gathers what probes, kernel and client say, and tells of stalls.
import type { HostId } from '../../common/ids';
import type { Protocol } from '../../common/entry';
import { assertNever } from '../../common/result';
import type { Clock, Disposable } from '../clock';
import type { Probe } from '../latency/probe';
import { StallJudge } from './stall-decision';
import { StallProbes } from './stall-probes';
import type { ClientTelemetry, ServicePlace, StallTelemetry } from './stall-telemetry';
import type { StallFacts, StallNews, StallWatcher } from './stall-watch';
import type { StreamSign } from './stream-client';

export interface StallObserverParts {
  readonly clock: Clock;
  readonly probe: Pick<Probe, 'onSamples'>;
  readonly telemetry: StallTelemetry;
  /** Where the host's service answers to everybody, for clients that keep no TCP connection to it. */
  readonly placeOf?: (hostId: HostId) => ServicePlace | null;
}

const lookEveryMs = 200;
/** While something is suspicious: the last fifth of a second is a fifth of the time there is. */
const lookCloselyEveryMs = 100;
/** A question that got nowhere may be asked again after this. */
const askAgainMs = 1_000;

/** How often the service may be asked in one watch; what never got there does not count. */
interface AskBudget {
  readonly most: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

function askBudget(protocol: Protocol): AskBudget {
  switch (protocol) {
    case 'vnc':
      // TigerVNC refuses an address after five connections that did not log in (BlacklistThreshold); the next log-in forgives them.
      return { most: 3, firstPauseMs: 20_000, longestPauseMs: 600_000 };
    case 'rdp':
    case 'gamestream':
      return { most: Number.POSITIVE_INFINITY, firstPauseMs: 2_000, longestPauseMs: 5_000 };
    default:
      return assertNever(protocol);
  }
}

export class StallObserver implements StallWatcher {
  private readonly probes: StallProbes;
  private readonly subscription: Disposable;

  constructor(private readonly parts: StallObserverParts) {
    this.probes = new StallProbes(parts.clock);
    // From the beginning, so that a watch knows what is usual as soon as it starts.
    this.subscription = parts.probe.onSamples((batches) => this.probes.take(batches));
  }

  watch(facts: StallFacts, signs: (listener: (sign: StreamSign) => void) => Disposable, news: StallNews): Disposable {
    const watch = new OneWatch(this.parts, this.probes, facts, news);
    const listening = signs((sign) => watch.hear(sign));
    return {
      dispose: () => {
        listening.dispose();
        watch.dispose();
      },
    };
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

class OneWatch {
  private readonly judge: StallJudge;
  private readonly telemetry: ClientTelemetry;
  private readonly budget: AskBudget;
  private timer: Disposable;
  private closely = false;
  private isStalled = false;
  private idrWaits = 0;
  private asks = 0;
  private isCounted = true;
  private asksInRow = 0;
  private askedMs = Number.NEGATIVE_INFINITY;
  private nextAskMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly parts: StallObserverParts,
    private readonly probes: StallProbes,
    private readonly facts: StallFacts,
    private readonly news: StallNews,
  ) {
    this.judge = new StallJudge(facts.protocol);
    this.telemetry = parts.telemetry.open(facts.clientPid);
    this.budget = askBudget(facts.protocol);
    this.timer = parts.clock.after(lookEveryMs, () => this.look());
  }

  hear(sign: StreamSign): void {
    if (sign.kind === 'waiting-for-idr') this.idrWaits += 1;
  }

  dispose(): void {
    this.timer.dispose();
    this.telemetry.dispose();
  }

  private look(): void {
    this.timer = this.parts.clock.after(this.closely ? lookCloselyEveryMs : lookEveryMs, () => this.look());
    const { hostId } = this.facts;
    const verdict = this.judge.look({
      ...this.telemetry.look(this.closely),
      tMs: this.parts.clock.monotonicMs(),
      probes: this.probes.looks(hostId),
      others: this.probes.others(hostId),
      ask: this.telemetry.asked(),
      idrWaits: this.idrWaits,
    });
    this.idrWaits = 0;
    this.closely = verdict.kind !== 'flows';
    this.countAsk();
    if (verdict.wantsAsk !== 'none') this.ask(verdict.wantsAsk === 'at-once');
    else if (this.telemetry.asked().kind === 'connecting') this.telemetry.unask();
    if (verdict.stall && !this.isStalled) {
      this.isStalled = true;
      this.asksInRow = 0;
      this.news.stalled(verdict.stall);
    } else if (!verdict.stall && this.isStalled) {
      this.isStalled = false;
      this.news.flows();
    }
  }

  private ask(isUrgent: boolean): void {
    const nowMs = this.parts.clock.monotonicMs();
    if (this.asks >= this.budget.most || nowMs < (isUrgent ? this.askedMs + askAgainMs : this.nextAskMs)) return;
    const before = this.telemetry.asked().kind;
    if (before === 'connecting' || before === 'mute') return;
    const place = this.facts.protocol === 'gamestream' ? (this.parts.placeOf?.(this.facts.hostId) ?? null) : this.telemetry.peer();
    if (!place) return;
    this.isCounted = false;
    this.askedMs = nowMs;
    this.nextAskMs = nowMs + askAgainMs;
    this.telemetry.ask(place, this.facts.protocol);
  }

  private countAsk(): void {
    const { kind } = this.telemetry.asked();
    if (this.isCounted || (kind !== 'answered' && kind !== 'mute')) return;
    this.isCounted = true;
    this.asks += 1;
    this.nextAskMs = this.parts.clock.monotonicMs() + Math.min(this.budget.longestPauseMs, this.budget.firstPauseMs * 2 ** this.asksInRow);
    this.asksInRow += 1;
  }
}
