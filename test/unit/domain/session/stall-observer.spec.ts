// How a watch joins probes, telemetry and signs: what it tells, when it asks the service, and that it ends.
import { describe, expect, it } from 'vitest';
import type { Protocol } from '../../../../electron/common/entry';
import { hostIdSchema } from '../../../../electron/common/ids';
import type { SampleBatch } from '../../../../electron/common/latency';
import { hostVantage } from '../../../../electron/common/vantage';
import type { AskLook } from '../../../../electron/domain/session/stall-evidence';
import { StallObserver } from '../../../../electron/domain/session/stall-observer';
import type { ClientTelemetry, ServicePlace } from '../../../../electron/domain/session/stall-telemetry';
import type { StreamSign } from '../../../../electron/domain/session/stream-client';
import { FakeClock } from '../../../fakes/fake-clock';

const hostId = hostIdSchema.parse('rig');
const place: ServicePlace = { address: '10.0.0.2', port: 5_900 };

/** A client of which everything is as the test says. */
class World {
  readonly clock = new FakeClock();
  readonly told: string[] = [];
  readonly asks: string[] = [];
  bytesPerS: number;
  echo = true;
  idr = false;
  resting = false;
  service: 'answers' | 'mute' | 'unreachable' = 'answers';
  open = 0;
  private bytes = 0;
  private cpuMs = 0;
  private receivedMs = 0;
  private asked: { readonly sinceMs: number; readonly service: World['service'] } | null = null;
  private samples: ((batches: readonly SampleBatch[]) => void) | null = null;
  private sign: ((sign: StreamSign) => void) | null = null;
  private readonly observer: StallObserver;
  readonly watch: { dispose(): void };

  constructor(protocol: Protocol, placeOf?: () => ServicePlace | null, bytesPerS = 50_000) {
    this.bytesPerS = bytesPerS;
    this.observer = new StallObserver({
      clock: this.clock,
      probe: {
        onSamples: (listener) => {
          this.samples = listener;
          return { dispose: () => (this.samples = null) };
        },
      },
      telemetry: { open: () => this.telemetry() },
      ...(placeOf && { placeOf }),
    });
    this.watch = this.observer.watch(
      { hostId, clientPid: 1, protocol },
      (listener) => {
        this.sign = listener;
        return { dispose: () => (this.sign = null) };
      },
      { stalled: ({ kind }) => this.told.push(kind), flows: () => this.told.push('flows') },
    );
    this.pass(10_000);
  }

  pass(forMs: number): void {
    for (let ms = 0; ms < forMs; ms += 100) {
      this.clock.advance(100);
      this.bytes += this.bytesPerS / 10;
      if (this.bytesPerS > 0) this.receivedMs = this.clock.monotonicMs();
      if (!this.resting) this.cpuMs += 5;
      if (this.idr) this.sign?.({ kind: 'waiting-for-idr' });
      if (this.echo && ms % 200 === 0) this.samples?.([{ vantage: hostVantage(hostId), probe: 'icmp', atMs: [this.clock.nowMs()], rttMs: [1] }]);
    }
  }

  end(): void {
    this.watch.dispose();
    this.observer.dispose();
  }

  get isHeard(): boolean {
    return this.samples !== null || this.sign !== null;
  }

  private telemetry(): ClientTelemetry {
    this.open += 1;
    return {
      look: () => {
        const tMs = this.clock.monotonicMs();
        const lastReceivedMs = tMs - this.receivedMs;
        return {
          own: { loopDelayMs: 1, cpuPressure: 0.1 },
          client: { state: 'alive', cpuMs: this.cpuMs, waitMs: 0, runs: this.cpuMs, pictures: null, waitsIn: null },
          sockets: { silentMs: lastReceivedMs, lastReceivedMs, unackedBytes: 0, retransmits: 0, unreadBytes: 0, sentSegments: 1, rttMs: 1 },
          received: [{ key: 'socket 1', scope: 'socket', total: this.bytes, tMs, silentMs: lastReceivedMs }],
        };
      },
      peer: () => place,
      ask: ({ address, port }, protocol) => {
        this.asks.push(`${protocol} ${address}:${port}`);
        this.asked = { sinceMs: this.clock.monotonicMs(), service: this.service };
      },
      unask: () => (this.asked = null),
      asked: () => this.askLook(),
      dispose: () => (this.open -= 1),
    };
  }

  private askLook(): AskLook {
    if (!this.asked) return { kind: 'none' };
    const ms = this.clock.monotonicMs() - this.asked.sinceMs;
    if (this.asked.service === 'mute') return { kind: 'mute', forMs: ms };
    if (this.asked.service === 'unreachable') return { kind: 'connecting', forMs: ms };
    return ms < 5_000 ? { kind: 'answered', agoMs: ms } : { kind: 'none' };
  }
}

describe('StallObserver', () => {
  it('says nothing of a healthy stream, and asks nothing', () => {
    const world = new World('rdp');
    world.pass(60_000);
    expect(world.told).toEqual([]);
    expect(world.asks).toEqual([]);
    world.end();
  });

  it('tells a stall once, and once that it is over', () => {
    const world = new World('rdp');
    Object.assign(world, { echo: false, bytesPerS: 0, resting: true, service: 'unreachable' });
    world.pass(1_100);
    expect(world.told).toEqual(['network']);
    world.pass(8_000);
    expect(world.told).toEqual(['network']);
    Object.assign(world, { echo: true, bytesPerS: 50_000, resting: false, service: 'answers' });
    world.pass(3_000);
    expect(world.told).toEqual(['network', 'flows']);
    world.end();
  });

  it('asks where the client is connected to, and believes a service that answers', () => {
    const world = new World('rdp');
    Object.assign(world, { bytesPerS: 0, resting: true });
    world.pass(3_000);
    expect(world.asks[0]).toBe('rdp 10.0.0.2:5900');
    expect(world.told).toEqual([]);
    world.end();
  });

  it('an idle RDP desktop is asked ever less often, and at once when echo falls silent', () => {
    const world = new World('rdp', undefined, 0);
    world.resting = true;
    world.pass(300_000);
    const before = world.asks.length;
    expect(before).toBeGreaterThan(30);
    expect(before).toBeLessThan(70);
    Object.assign(world, { echo: false, service: 'unreachable' });
    world.pass(1_200);
    expect(world.told).toEqual(['network']);
    expect(world.asks).toHaveLength(before + 1);
    world.end();
  });

  it('a service that says nothing is a frozen picture', () => {
    const world = new World('vnc');
    Object.assign(world, { bytesPerS: 0, resting: true, service: 'mute' });
    world.pass(3_000);
    expect(world.told).toEqual(['picture']);
    world.end();
  });

  it('asks a VNC service three times at most: after five TigerVNC would lock us out', () => {
    const world = new World('vnc');
    for (let round = 0; round < 30; round += 1) {
      Object.assign(world, { bytesPerS: 0, resting: true });
      world.pass(20_000);
      Object.assign(world, { bytesPerS: 50_000, resting: false });
      world.pass(200_000);
    }
    expect(world.asks).toHaveLength(3);
    expect(world.told).toEqual([]);
    world.end();
  });

  it('hears the client ask for whole pictures', () => {
    const world = new World('gamestream');
    Object.assign(world, { idr: true, resting: true });
    world.pass(3_000);
    expect(world.told).toEqual(['picture']);
    world.end();
  });

  it('asks a GameStream host at its own place, and not at all without one', () => {
    for (const [placeOf, asks] of [
      [undefined, []],
      [(): ServicePlace => ({ address: 'rig', port: 47_989 }), ['gamestream rig:47989']],
    ] as const) {
      // No steady flow: a second side is missing.
      const world = new World('gamestream', placeOf, 0);
      Object.assign(world, { echo: false, service: 'unreachable' });
      world.pass(700);
      expect(world.asks).toEqual(asks);
      world.end();
    }
  });

  it('after its end nothing runs, and nothing is told', () => {
    const world = new World('rdp');
    Object.assign(world, { echo: false, bytesPerS: 0, resting: true });
    world.pass(400);
    world.end();
    world.pass(5_000);
    expect(world.told).toEqual([]);
    expect(world.open).toBe(0);
    expect(world.isHeard).toBe(false);
    expect(world.clock.pending).toBe(0);
  });
});
