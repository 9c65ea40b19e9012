// Decides from looks at a stream, without any timer, whether it flows, looks suspicious, or is dead though its client lives.
import type { Protocol } from '../../common/entry';
import type { StallLook } from './stall-evidence';
import { FlowTrack } from './stall-flow';
import { Flows } from './stall-flows';
import { OwnLateness } from './stall-lateness';
import { UnansweredSends } from './stall-sends';
import { StandingClient } from './stall-standing';
import {
  answeredEcho,
  idrLines,
  isSilent,
  muteService,
  probeSide,
  quietFlow,
  restingClient,
  retransmitting,
  remarks,
  silentSince,
  stuckSocket,
  unansweredRequest,
  unansweredSends,
  type Side,
} from './stall-sides';
import type { Stall } from './stall-watch';

export type AskWish = 'none' | 'in-turn' | 'at-once';

export interface StallVerdict {
  readonly kind: 'flows' | 'suspicious' | 'stalled';
  /** While stalled. */
  readonly stall: Stall | null;
  /** One connection to the service would tell more: `at-once`, or `in-turn` with those that were made before. */
  readonly wantsAsk: AskWish;
}

/** Most of the time somebody waits for a processor: the ping and the client wait too. */
const highPressure = 0.8;
const stretchUnderPressure = 1.25;
/** Share of the time that the client's threads waited for a processor. */
const starvedShare = 0.5;
/** From here on it is looked at more closely. */
const suspiciousMs = 400;
const restingMs = 300;
const networkQuietMs = 450;
const pictureQuietMs = 1_500;
const askQuietMs = 700;
const askIdleMs = 1_000;
/** A byte or an answer this young says that something comes through. */
const freshMs = 300;
/** Everything must be well for this long until the stream is said to flow again. */
const wellMs = 500;
const idrWindowMs = 3_000;

export class StallJudge {
  private readonly lateness = new OwnLateness();
  private readonly flows = new Flows();
  private readonly work = new FlowTrack();
  private readonly pictures = new FlowTrack();
  private readonly sends = new UnansweredSends();
  private readonly standing = new StandingClient();
  private idrWaits: number[] = [];
  private previous: StallLook | null = null;
  private wellSinceMs: number | null = null;
  private stall: Stall | null = null;

  constructor(private readonly protocol: Protocol) {}

  /** @param look later than the one before */
  look(look: StallLook): StallVerdict {
    const { previous } = this;
    this.previous = look;
    const isBlind = this.lateness.note(look.tMs, look.own.loopDelayMs);
    this.learn(look, previous, isBlind);
    if (isBlind) {
      this.wellSinceMs = null;
      return this.verdict(false, 'none');
    }
    if (this.stall) return this.afterStall(look);
    this.stall = this.find(look);
    const doubts = this.doubts(look);
    return this.verdict(doubts.length > 0, this.wantsAsk(look));
  }

  private verdict(isSuspicious: boolean, wantsAsk: AskWish): StallVerdict {
    if (this.stall) return { kind: 'stalled', stall: this.stall, wantsAsk };
    return { kind: isSuspicious ? 'suspicious' : 'flows', stall: null, wantsAsk };
  }

  private learn(look: StallLook, previous: StallLook | null, isBlind: boolean): void {
    const healthy = this.stall === null && !isBlind && this.silentProbes(look, suspiciousMs).length === 0;
    this.flows.note(look.received, healthy);
    if (look.client) {
      this.work.note(look.tMs, look.client.cpuMs, { healthy });
      if (look.client.pictures) this.pictures.note(look.tMs, look.client.pictures.runs, { healthy });
      if (isStarved(look, previous)) for (const track of [this.work, this.pictures]) track.forgive(look.tMs);
      this.standing.look(look, isBlind);
    }
    this.idrWaits = this.idrWaits.filter((tMs) => look.tMs - tMs < idrWindowMs);
    for (let count = 0; count < look.idrWaits; count += 1) this.idrWaits.push(look.tMs);
    this.sends.look(look);
  }

  private find(look: StallLook): Stall | null {
    const stood = this.standing.verdict(look);
    if (stood) return { kind: 'client', evidence: stood };
    const network = this.networkSides(look);
    if (network.length >= 2) return { kind: 'network', evidence: [...texts(network), ...remarks(look)] };
    const pictures = this.pictureSides(look);
    if (pictures.length < 2) return null;
    return { kind: 'picture', evidence: [...texts(pictures), ...remarks(look)] };
  }

  /** Empty where something came through just now, or where no probe is silent. */
  private networkSides(look: StallLook): Side[] {
    const counted = [quietFlow(this.flows.main, networkQuietMs), retransmitting(look.sockets)];
    // What the kernel counts does not wait for a processor: where it agrees, a ping that has to wait is no excuse.
    const stretch = counted.some((side) => side !== null) ? 1 : this.stretch(look);
    const silent = look.probes.filter((probe) => isSilent(probe, this.lateness.within(look.tMs, probe.silentMs), stretch));
    const request = unansweredRequest(look, stretch);
    const asked = [...silent.map(probeSide), request].filter((side) => side !== null);
    if (asked.length === 0 || this.somethingCame(look)) return [];
    // Where echo is answered as ever, nothing else makes it the network.
    const echo = look.probes.find(({ probe }) => probe === 'icmp');
    if (echo?.usable && !silent.includes(echo)) return [];
    return distinct([...asked, ...counted]);
  }

  private pictureSides(look: StallLook): Side[] {
    if (this.silentProbes(look, suspiciousMs).length > 0) return [];
    const stretch = this.stretch(look);
    const limitMs = pictureQuietMs * stretch;
    const resting = restingClient(this.work, this.pictures, limitMs);
    const quiet = quietFlow(this.flows.main, limitMs);
    const mute = muteService(look, stretch);
    const stuck = stuckSocket(look.sockets);
    if (this.protocol === 'gamestream') {
      const lines = idrLines(this.idrWaits, look.tMs, { fewest: 3, spanMs: limitMs });
      // A game's stream never rests: where its own connection falls silent while the network is fine, that is enough.
      return distinct([quiet, resting, lines, mute, stuck, quiet && this.flows.isOwn ? answeredEcho(look.probes) : null]);
    }
    // A desktop that shows a still picture sends nothing and lets its client rest: that alone is no stall.
    if (!mute && !stuck) return [];
    const silent = quiet ?? unansweredSends(this.sends.forMs(look.tMs), askQuietMs) ?? silentSince(look, limitMs);
    return distinct([mute, stuck, silent, retransmitting(look.sockets)]);
  }

  /** What is worth a closer look. */
  private doubts(look: StallLook): unknown[] {
    const flow = this.flows.main;
    return [
      ...this.silentProbes(look, suspiciousMs),
      ...(flow?.isSteady && flow.quietMs >= suspiciousMs ? [flow] : []),
      // Cheap to see, and the first sign that a closer look at the sockets is worth its price.
      ...(this.work.isSteady && this.work.quietMs >= restingMs ? [this.work] : []),
      ...(this.sends.forMs(look.tMs) >= suspiciousMs ? ['unanswered'] : []),
      ...(look.client && look.client.state !== 'alive' ? [look.client] : []),
      ...(look.ask.kind === 'connecting' || look.ask.kind === 'mute' ? [look.ask] : []),
    ];
  }

  private wantsAsk(look: StallLook): AskWish {
    if (look.client && look.client.state !== 'alive') return 'none';
    const flow = this.flows.main;
    // Where traffic that is due does not come either, the second side is there without asking, and as soon.
    const misses = flow?.isSteady && 2 * flow.longestGapMs <= networkQuietMs;
    if (this.silentProbes(look, suspiciousMs).length > 0) return misses ? 'none' : 'at-once';
    if (this.protocol === 'gamestream') return 'none';
    // An RDP server bears being asked; a VNC server only for a good reason.
    const isIdle = this.protocol === 'rdp' && (look.sockets?.silentMs ?? 0) >= askIdleMs;
    const reasons = [quietFlow(flow, askQuietMs), unansweredSends(this.sends.forMs(look.tMs), askQuietMs), retransmitting(look.sockets)];
    return isIdle || reasons.some((reason) => reason !== null) ? 'in-turn' : 'none';
  }

  private afterStall(look: StallLook): StallVerdict {
    if (!this.isWell(look)) this.wellSinceMs = null;
    else this.wellSinceMs ??= look.tMs;
    if (this.wellSinceMs !== null && look.tMs - this.wellSinceMs >= wellMs) {
      this.stall = null;
      this.wellSinceMs = null;
      this.idrWaits = [];
    }
    const asksOn = this.protocol === 'rdp' && this.stall?.kind === 'picture';
    return this.verdict(true, asksOn ? 'in-turn' : 'none');
  }

  /** As strict as the finding is patient: whatever could have made the stall must be gone. */
  private isWell(look: StallLook): boolean {
    const flow = this.flows.main;
    const hasFlow = flow?.isSteady ?? false;
    return (
      !this.standing.stands &&
      (look.client === null || look.client.state === 'alive') &&
      this.silentProbes(look, suspiciousMs).length === 0 &&
      (!hasFlow || (flow?.quietMs ?? 0) < suspiciousMs) &&
      (!this.pictures.isSteady || this.pictures.quietMs < suspiciousMs) &&
      // A desktop may come back to rest; a game never does.
      (this.protocol !== 'gamestream' || !this.work.isSteady || this.work.quietMs < suspiciousMs) &&
      this.idrWaits.every((tMs) => look.tMs - tMs > suspiciousMs) &&
      (look.sockets === null || look.sockets.retransmits === 0) &&
      look.ask.kind !== 'connecting' &&
      // A service that was mute has to say something, here or in the stream.
      (look.ask.kind !== 'mute' || (look.sockets?.lastReceivedMs ?? Infinity) < suspiciousMs)
    );
  }

  private somethingCame({ sockets, probes, ask }: StallLook): boolean {
    if (sockets?.lastReceivedMs !== null && sockets !== null && sockets.lastReceivedMs < freshMs) return true;
    if (ask.kind === 'answered' && ask.agoMs < freshMs) return true;
    if (ask.kind === 'mute' && ask.forMs < freshMs) return true;
    return probes.some(({ usable, silentMs, usualMs }) => usable && silentMs - usualMs < freshMs);
  }

  private silentProbes(look: StallLook, extraMs: number): unknown[] {
    return look.probes.filter(
      ({ probe, usable, silentMs, intervalMs, usualMs }) =>
        usable && probe === 'icmp' && silentMs - usualMs - this.lateness.within(look.tMs, silentMs) >= Math.max(extraMs, intervalMs * 2),
    );
  }

  private stretch({ own }: StallLook): number {
    return own.cpuPressure !== null && own.cpuPressure >= highPressure ? stretchUnderPressure : 1;
  }
}

function texts(sides: readonly Side[]): string[] {
  return sides.map(({ text }) => text);
}

/** One side of each kind. */
function distinct(sides: readonly (Side | null)[]): Side[] {
  const kinds = new Map<Side['kind'], Side>();
  for (const side of sides) if (side && !kinds.has(side.kind)) kinds.set(side.kind, side);
  return [...kinds.values()];
}

/** The client, or what takes its pictures, waited for a processor most of the time: then it rests for no reason of the stream's. */
function isStarved({ client, tMs }: StallLook, previous: StallLook | null): boolean {
  if (!client || !previous?.client) return false;
  const waitedMs =
    client.pictures && previous.client.pictures ? client.pictures.waitMs - previous.client.pictures.waitMs : client.waitMs - previous.client.waitMs;
  return waitedMs > (tMs - previous.tMs) * starvedShare;
}
