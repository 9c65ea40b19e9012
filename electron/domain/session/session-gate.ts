// The gate before a reconnect: opens when the network is fit, or early, when something happened there and one fresh answer proves it.
import type { GateView } from '../../common/gate';
import type { HostId } from '../../common/ids';
import { assertNever } from '../../common/result';
import { tell, type Told } from '../../common/told';
import { hostVantage } from '../../common/vantage';
import type { Clock, Disposable } from '../clock';
import type { LatencyBook } from '../latency/latency-book';
import { gateLimitMs, type NetworkFitness } from '../latency/network-gate';
import type { Probe } from '../latency/probe';
import type { GateHint, GateHints } from './gate-hints';

export type GateLook = Omit<GateView, 'forcedAtMs'>;

export interface SessionGate {
  /** Calls once, and never within this very call. @param onOpen is told why, as a sentence for the journey */
  watch(onOpen: (why: Told) => void): Disposable;
  /** How the network stands against the gate right now. */
  look(): GateLook;
}

export interface HostGateParts {
  readonly hostId: HostId;
  readonly latency: Pick<LatencyBook, 'fitness' | 'watchGate' | 'baselineMs'>;
  readonly probe: Pick<Probe, 'onSamples'>;
  readonly hints: Pick<GateHints, 'newest' | 'onHint'>;
  readonly clock: Clock;
}

/** Where probes worked before, their silence means that they begin anew: this machine slept, or its link is down. */
const silencePatienceMs = 3_000;
const lookAgainMs = 250;

export class HostGate implements SessionGate {
  constructor(private readonly parts: HostGateParts) {}

  watch(onOpen: (why: Told) => void): Disposable {
    const { clock } = this.parts;
    const watches = new Set<Disposable>();
    const leave = (): void => {
      for (const watch of watches) watch.dispose();
      watches.clear();
    };
    const open = (why: Told): void => {
      leave();
      onOpen(why);
    };
    const { latency, hostId } = this.parts;
    const watchFitness = (silentSinceMs: number | null): void => {
      const watch = latency.watchGate(hostId, (fitness) => {
        watches.delete(watch);
        const sinceMs = silentSinceMs ?? clock.monotonicMs();
        const isPatient = fitness.kind === 'unmeasured' && this.wasMeasured() && clock.monotonicMs() - sinceMs < silencePatienceMs;
        if (!isPatient) {
          open(wordsFor(fitness));
          return;
        }
        const again = clock.after(lookAgainMs, () => {
          watches.delete(again);
          watchFitness(latency.fitness(hostId).kind === 'unmeasured' ? sinceMs : null);
        });
        watches.add(again);
      });
      watches.add(watch);
    };
    watchFitness(null);
    watches.add(this.watchHints((hint) => open(tell`Trying early: ${hint.text}, and it answers`)));
    // What proves itself; never within this very call.
    const openByProof = (): void => {
      const hint = this.parts.hints.newest(hostId);
      if (hint?.isProof === true) watches.add(clock.after(0, () => open(tell`Trying early: ${hint.text}`)));
    };
    openByProof();
    watches.add(this.parts.hints.onHint(openByProof));
    return { dispose: leave };
  }

  look(): GateLook {
    const fitness = this.parts.latency.fitness(this.parts.hostId);
    return { fitness: fitness.kind, reasons: reasonsOf(fitness), limitMs: this.limitMs() };
  }

  /** A hint alone opens nothing: a question that was asked after it must be answered in time. */
  private watchHints(proved: (hint: GateHint) => void): Disposable {
    const { probe, hints, hostId } = this.parts;
    return probe.onSamples((batches) => {
      const hint = hints.newest(hostId);
      if (hint === null) return;
      const limitMs = this.limitMs() ?? Infinity;
      const isProof = batches
        .filter(({ vantage }) => vantage === hostVantage(hostId))
        .some(({ atMs, rttMs }) => atMs.some((at, index) => at >= hint.atMs && (rttMs[index] ?? Infinity) <= limitMs));
      if (isProof) proved(hint);
    });
  }

  private wasMeasured(): boolean {
    return this.limitMs() !== null;
  }

  /** Of the echo, which the gate is judged by wherever it is answered. */
  private limitMs(): number | null {
    const { latency, hostId } = this.parts;
    const baselineMs = latency.baselineMs(hostId, 'icmp') ?? latency.baselineMs(hostId, 'tcp');
    return baselineMs === null ? null : gateLimitMs(baselineMs);
  }
}

function wordsFor(fitness: NetworkFitness): Told {
  return fitness.kind === 'unmeasured' ? tell`Trying: nothing is known about the network` : tell`Network is fit`;
}

function reasonsOf(fitness: NetworkFitness): Told[] {
  switch (fitness.kind) {
    case 'fit':
      return [];
    case 'unfit':
      return [...fitness.reasons];
    case 'unmeasured':
      return [fitness.reason];
    default:
      return assertNever(fitness);
  }
}
