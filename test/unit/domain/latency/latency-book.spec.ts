import { beforeEach, describe, expect, it } from 'vitest';
import { hostIdSchema } from '../../../../electron/common/ids';
import type { LatencySummary } from '../../../../electron/common/latency';
import { inEnglish } from '../../../../electron/common/told';
import { gatewayVantage, hostVantage } from '../../../../electron/common/vantage';
import { LatencyBook } from '../../../../electron/domain/latency/latency-book';
import type { NetworkFitness } from '../../../../electron/domain/latency/network-gate';
import type { ProbeTarget } from '../../../../electron/domain/latency/probe';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeProbe } from '../../../fakes/fake-probe';

const desk = hostIdSchema.parse('desk');
const attic = hostIdSchema.parse('attic');
const deskAt = hostVantage(desk);
const atticAt = hostVantage(attic);
const deskTarget: ProbeTarget = { vantage: deskAt, address: '192.0.2.1', port: 3389 };

describe('LatencyBook', () => {
  let clock: FakeClock;
  let probe: FakeProbe;
  let book: LatencyBook;
  let told: string[];
  let summaries: (readonly LatencySummary[])[];

  beforeEach(() => {
    clock = new FakeClock();
    probe = new FakeProbe();
    book = new LatencyBook(probe, clock);
    told = [];
    summaries = [];
    book.onNews({
      summarised: (news) => summaries.push(news),
      reachChanged: (hostId, reach) => told.push(`${hostId} ${reach}`),
      hostSeen: (hostId) => told.push(`${hostId} seen`),
    });
  });

  /** Echo at 5 Hz for so long; each question is answered (or not) at once. */
  function echo(forMs: number, rttMs: number | null): void {
    for (let passed = 0; passed < forMs; passed += 200) {
      clock.advance(200);
      probe.sample(deskAt, 'icmp', clock.nowMs(), rttMs);
    }
  }

  describe('what it tells', () => {
    it('sums up once a second', () => {
      book.watch([deskTarget]);
      echo(2_000, 2);
      probe.sample(deskAt, 'tcp', clock.nowMs(), null);
      clock.advance(1_000);
      expect(summaries).toHaveLength(3);
      expect(summaries.at(-1)).toEqual([
        { vantage: deskAt, probe: 'icmp', windowMs: 60_000, sent: 10, lost: 0, lossRatio: 0, late: 0, duplicates: 0, reordered: 0, lastRttMs: 2, p50Ms: 2, p95Ms: 2, p99Ms: 2, jitterMs: 0 },
        { vantage: deskAt, probe: 'tcp', windowMs: 60_000, sent: 1, lost: 1, lossRatio: 1, late: 0, duplicates: 0, reordered: 0, lastRttMs: null, p50Ms: null, p95Ms: null, p99Ms: null, jitterMs: null },
      ]);
      expect(book.summaries()).toEqual(summaries.at(-1));
    });

    it('sums up the window only', () => {
      book.watch([deskTarget]);
      echo(1_000, 400);
      clock.advance(58_500);
      echo(400, 1);
      expect(book.summaries()[0]).toMatchObject({ sent: 5 + 2, p50Ms: 400, lastRttMs: 1 });
      clock.advance(2_000);
      expect(book.summaries()[0]).toMatchObject({ sent: 2, p99Ms: 1 });
    });

    it('calls a host online with its first answer, offline with the second miss, and seen when it is back', () => {
      book.watch([deskTarget]);
      expect(book.reach(desk)).toBe('unknown');
      echo(400, 1);
      echo(200, null);
      expect(told).toEqual(['desk online', 'desk seen']);
      echo(200, null);
      expect(book.reach(desk)).toBe('offline');
      echo(400, 1);
      expect(told).toEqual(['desk online', 'desk seen', 'desk offline', 'desk online', 'desk seen']);
    });

    it('does not know any more when nothing is measured for five seconds', () => {
      book.watch([deskTarget]);
      echo(400, 1);
      clock.advance(7_000);
      expect(told.at(-1)).toBe('desk unknown');
    });

    it('keeps the troubles that are not over', () => {
      book.watch([deskTarget]);
      probe.trouble({ vantage: deskAt, probe: 'icmp', message: 'no ping' });
      probe.trouble({ vantage: deskAt, probe: 'tcp', message: 'refused' });
      probe.trouble({ vantage: deskAt, probe: 'tcp', message: null });
      expect(book.troubles()).toEqual([{ vantage: deskAt, probe: 'icmp', message: 'no ping' }]);
    });

    it('does not count a late or repeated answer as another sample, nor take it for the usual', () => {
      book.watch([deskTarget]);
      echo(2_000, 1);
      const at = clock.nowMs() + 100;
      probe.sample(deskAt, 'icmp', at, null);
      probe.tell({ vantage: deskAt, probe: 'icmp', atMs: [at, at - 100], rttMs: [1_500, 2], flags: [1, 4] });
      expect(book.summaries()[0]).toMatchObject({ sent: 11, lost: 1, late: 1, duplicates: 1, reordered: 0, lastRttMs: 1, p99Ms: 1 });
      expect(book.baselineMs(desk, 'icmp')).toBe(1);
    });

    it('knows gateways and peers, and tells of no host by them', () => {
      const gateway: ProbeTarget = { vantage: gatewayVantage, address: '192.0.2.254', port: null };
      book.watch([deskTarget, gateway]);
      probe.sample(gatewayVantage, 'icmp', clock.nowMs(), 0.4);
      clock.advance(1_000);
      expect(told).toEqual([]);
      expect(book.summaries()).toMatchObject([{ vantage: 'gateway', sent: 1, p50Ms: 0.4 }]);
      expect(book.history(gatewayVantage)[0]?.rttMs).toEqual([0.4]);
    });

    it('takes no web server’s silence for the host’s absence, nor for an unfit way', () => {
      book.watch([{ ...deskTarget, httpPort: 47_989 }]);
      for (let passed = 0; passed < 4_000; passed += 200) {
        clock.advance(200);
        probe.sample(deskAt, 'icmp', clock.nowMs(), 1);
        if (passed % 1_000 === 0) probe.sample(deskAt, 'http', clock.nowMs(), null);
      }
      expect(book.reach(desk)).toBe('online');
      expect(book.fitness(desk)).toEqual({ kind: 'fit', judgedBy: ['icmp'] });
      expect(book.summaries().map(({ probe: kind, lost }) => [kind, lost])).toEqual([['icmp', 0], ['http', 4]]);
    });

    it('hands out the history, a late loss in its place', () => {
      book.watch([deskTarget]);
      const at = clock.nowMs();
      probe.tell({ vantage: deskAt, probe: 'icmp', atMs: [at, at + 400], rttMs: [1, 3] });
      probe.sample(deskAt, 'icmp', at + 200, null);
      expect(book.history(deskAt)).toEqual([{ vantage: deskAt, probe: 'icmp', atMs: [at, at + 200, at + 400], rttMs: [1, null, 3] }]);
      expect(book.history(atticAt)).toEqual([]);
    });

    it('keeps the past of an unchanged host, and drops that of a new address or a forgotten host', () => {
      book.watch([deskTarget, { vantage: atticAt, address: '192.0.2.2', port: null }]);
      echo(400, 1);
      probe.sample(atticAt, 'icmp', clock.nowMs(), 1);
      book.watch([deskTarget]);
      expect(book.history(deskAt)[0]?.atMs).toHaveLength(2);
      expect(book.history(atticAt)).toEqual([]);
      expect(book.reach(attic)).toBe('unknown');
      book.watch([{ ...deskTarget, address: '192.0.2.9' }]);
      expect(book.history(deskAt)).toEqual([]);
      expect(book.reach(desk)).toBe('unknown');
    });

    it('rests when nothing is watched, and says nothing after its end', () => {
      book.watch([deskTarget]);
      book.watch([]);
      clock.advance(5_000);
      expect(clock.pending).toBe(0);
      book.watch([deskTarget]);
      book.dispose();
      const before = summaries.length;
      echo(3_000, 1);
      expect(clock.pending).toBe(0);
      expect(summaries).toHaveLength(before);
      expect(told).toEqual([]);
    });
  });

  describe('watchGate', () => {
    let opened: NetworkFitness[];
    beforeEach(() => {
      opened = [];
      book.watch([deskTarget]);
    });

    it('opens right after the call when the network is fit already, but not within it', () => {
      echo(3_000, 1);
      book.watchGate(desk, (fitness) => opened.push(fitness));
      expect(opened).toEqual([]);
      clock.advance(0);
      expect(opened).toEqual([{ kind: 'fit', judgedBy: ['icmp'] }]);
      echo(2_000, 1);
      expect(opened).toHaveLength(1);
    });

    it('stays shut through an outage and opens two seconds after the last loss', () => {
      echo(10_000, 1);
      echo(1_000, null);
      book.watchGate(desk, (fitness) => opened.push(fitness));
      clock.advance(0);
      echo(2_000, null);
      echo(1_800, 1);
      expect(opened).toEqual([]);
      echo(400, 1);
      expect(opened).toEqual([{ kind: 'fit', judgedBy: ['icmp'] }]);
    });

    it('stays shut through a spike that the usual time tells apart', () => {
      echo(20_000, 1);
      echo(3_000, 300);
      book.watchGate(desk, (fitness) => opened.push(fitness));
      echo(2_000, 300);
      expect(opened).toEqual([]);
      expect(book.baselineMs(desk, 'icmp')).toBe(1);
      expect(inEnglish(book.fitness(desk))).toMatchObject({ kind: 'unfit', reasons: [expect.stringContaining('p95 300.0 ms')] });
      echo(2_200, 1);
      expect(opened).toHaveLength(1);
    });

    it('opens when nothing can be measured', () => {
      book.watchGate(desk, (fitness) => opened.push(fitness));
      clock.advance(0);
      expect(opened).toMatchObject([{ kind: 'unmeasured' }]);
      expect(book.fitness(attic)).toMatchObject({ kind: 'unmeasured' });
    });

    it('asks for no more samples than the probe sends: echo once a second is fit too', () => {
      for (let second = 0; second < 12; second += 1) {
        clock.advance(1_000);
        probe.sample(deskAt, 'icmp', clock.nowMs(), 2);
      }
      expect(book.fitness(desk)).toEqual({ kind: 'fit', judgedBy: ['icmp'] });
    });

    it('can be left', () => {
      echo(1_000, null);
      const watch = book.watchGate(desk, (fitness) => opened.push(fitness));
      const other = book.watchGate(desk, () => watch.dispose());
      echo(5_000, 1);
      expect(opened.length).toBeLessThanOrEqual(1);
      other.dispose();
      const left = book.watchGate(desk, (fitness) => opened.push(fitness));
      left.dispose();
      const before = opened.length;
      echo(1_000, 1);
      expect(opened).toHaveLength(before);
    });
  });
});
