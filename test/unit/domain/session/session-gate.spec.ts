// The gate of one host: fit as the latency book says, or early after a hint, and then only with a fresh answer in time.
import { describe, expect, it } from 'vitest';
import type { HostId } from '../../../../electron/common/ids';
import { english, inEnglish, tell } from '../../../../electron/common/told';
import { hostVantage } from '../../../../electron/common/vantage';
import { LatencyBook } from '../../../../electron/domain/latency/latency-book';
import { GateHints } from '../../../../electron/domain/session/gate-hints';
import { HostGate } from '../../../../electron/domain/session/session-gate';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeProbe } from '../../../fakes/fake-probe';

const rig = 'rig' as HostId;
const usualMs = 2;

class GateBench {
  readonly clock = new FakeClock();
  readonly probe = new FakeProbe();
  readonly latency = new LatencyBook(this.probe, this.clock);
  readonly hints = new GateHints(this.clock, () => [rig]);
  readonly gate = new HostGate({ hostId: rig, latency: this.latency, probe: this.probe, hints: this.hints, clock: this.clock });
  readonly opened: string[] = [];

  constructor() {
    this.latency.watch([{ vantage: hostVantage(rig), address: '10.0.0.2', port: null }]);
  }

  /** @param rttMs null: lost */
  echo(rttMs: number | null, times = 1): void {
    for (let time = 0; time < times; time += 1) {
      this.clock.advance(200);
      this.probe.tell({ vantage: hostVantage(rig), probe: 'icmp', atMs: [this.clock.nowMs() - (rttMs ?? 0)], rttMs: [rttMs] });
    }
  }

  watch(): void {
    this.gate.watch((why) => this.opened.push(english(why)));
  }

  /** The host was well, and does not answer any more. */
  lose(): void {
    this.echo(usualMs, 60);
    this.echo(null, 10);
    this.watch();
  }
}

describe('the gate', () => {
  it('stays shut while answers are missing, tells why and what is allowed, and opens after two good seconds', () => {
    const bench = new GateBench();
    bench.lose();
    expect(inEnglish(bench.gate.look())).toEqual({ fitness: 'unfit', reasons: [expect.stringContaining('lost')], limitMs: 3 * usualMs });
    bench.echo(usualMs, 8);
    expect(bench.opened).toEqual([]);
    bench.echo(usualMs, 3);
    expect(bench.opened).toEqual(['Network is fit']);
    expect(bench.gate.look()).toEqual({ fitness: 'fit', reasons: [], limitMs: 3 * usualMs });
  });

  it('opens at the first answer in time after a hint', () => {
    const bench = new GateBench();
    bench.lose();
    bench.hints.noteNetwork({ kind: 'link-up', interfaceName: 'eth0' });
    bench.echo(null, 3);
    expect(bench.opened).toEqual([]);
    bench.echo(usualMs);
    expect(bench.opened).toEqual(['Trying early: the link eth0 came up, and it answers']);
    bench.echo(usualMs, 20);
    expect(bench.opened).toHaveLength(1);
  });

  it('remembers a hint that came before it was watched', () => {
    const bench = new GateBench();
    bench.echo(usualMs, 60);
    bench.echo(null, 10);
    bench.hints.noteHost(rig, tell`the host announced itself`);
    bench.clock.advance(300);
    bench.watch();
    bench.echo(usualMs);
    expect(bench.opened).toHaveLength(1);
  });

  it('is not fooled: neither by a hint alone, nor by a late answer, nor by one to a question from before it', () => {
    const bench = new GateBench();
    bench.lose();
    bench.hints.noteNetwork({ kind: 'neighbour-back', address: '10.0.0.2' });
    bench.probe.tell({ vantage: hostVantage(rig), probe: 'icmp', atMs: [bench.clock.nowMs() - 1], rttMs: [1] });
    bench.echo(80);
    bench.probe.tell({ vantage: hostVantage('attic' as HostId), probe: 'icmp', atMs: [bench.clock.nowMs()], rttMs: [1] });
    expect(bench.opened).toEqual([]);
    bench.echo(null, 100);
    bench.echo(usualMs);
    expect(bench.opened).toEqual([]);
  });

  it('opens at once where nothing was ever measured, and waits for probes that begin anew where they worked before', () => {
    const never = new GateBench();
    never.watch();
    never.clock.advance(1);
    expect(never.opened).toEqual(['Trying: nothing is known about the network']);

    const asleep = new GateBench();
    asleep.echo(usualMs, 60);
    asleep.clock.advance(60_000);
    asleep.watch();
    asleep.clock.advance(2_000);
    expect(asleep.opened).toEqual([]);
    asleep.echo(null, 10);
    asleep.clock.advance(1_500);
    expect(asleep.opened).toEqual([]);
    asleep.clock.advance(5_000);
    expect(asleep.opened).toEqual(['Trying: nothing is known about the network']);
  });

  it('needs no answer of a host that Athena itself keeps from answering', () => {
    const bench = new GateBench();
    bench.lose();
    bench.hints.noteHost(rig, tell`its virtual machine is only suspended`, true);
    expect(bench.opened).toEqual([]);
    bench.clock.advance(1);
    expect(bench.opened).toEqual(['Trying early: its virtual machine is only suspended']);
    bench.watch();
    bench.clock.advance(1);
    expect(bench.opened).toHaveLength(2);
  });

  it('says nothing any more once it is left', () => {
    const bench = new GateBench();
    bench.echo(usualMs, 60);
    bench.clock.advance(10_000);
    const watch = bench.gate.watch((why) => bench.opened.push(english(why)));
    bench.clock.advance(500);
    watch.dispose();
    bench.hints.noteEveryHost(tell`this machine woke up`);
    bench.echo(usualMs, 20);
    bench.clock.advance(10_000);
    expect(bench.opened).toEqual([]);
  });
});
