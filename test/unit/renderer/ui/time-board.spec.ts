// The pure parts of boards: views and their moves, ticks, columns, scales, words' places, and read-outs.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedLane } from '../../../../electron/common/incident';
import type { SampleWindow } from '../../../../electron/common/sample-ring';
import { gatewayVantage } from '../../../../electron/common/vantage';
import { placeLabels } from '../../../../renderer/ui/time-board/label-rows';
import { summed, under } from '../../../../renderer/ui/time-board/read-out';
import { ColumnBuffer } from '../../../../renderer/ui/time-board/sample-columns';
import { timeTicks } from '../../../../renderer/ui/time-board/time-ticks';
import { moved, pan, shortestSpanMs, spanOf, within, zoom, type TimeView } from '../../../../renderer/ui/time-board/time-view';
import { steadyCeiling, valueScale } from '../../../../renderer/ui/time-board/value-scale';

const limits = { earliestMs: 0, latestMs: 1_000_000 };

function windowOf(samples: readonly (readonly [number, number])[]): SampleWindow {
  return { atMs: Float64Array.from(samples, ([at]) => at), rttMs: Float64Array.from(samples, ([, rtt]) => rtt) };
}

describe('a view', () => {
  it('zooms around a moment that stays where it is', () => {
    const view = zoom({ fromMs: 100_000, toMs: 200_000 }, 0.5, 125_000, limits);
    expect(view).toEqual({ kind: 'span', fromMs: 112_500, toMs: 162_500 });
  });

  it('moves along by a quarter and stops at the ends', () => {
    expect(moved({ kind: 'span', fromMs: 100_000, toMs: 200_000 }, 'earlier', null, limits)).toEqual({ kind: 'span', fromMs: 75_000, toMs: 175_000 });
    expect(pan({ fromMs: 10_000, toMs: 20_000 }, -50_000, limits)).toEqual({ kind: 'span', fromMs: 0, toMs: 10_000 });
  });

  it('never leaves its limits, never turns around, and never becomes shorter than can be read', () => {
    const step = fc.constantFrom('zoom-in', 'zoom-out', 'earlier', 'later');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 0, max: 1_000_000 }), (steps, aroundMs) => {
        let view: TimeView = { kind: 'last', spanMs: 60_000 };
        for (const one of steps) view = moved(view, one, aroundMs, limits);
        const { fromMs, toMs } = spanOf(view, limits.latestMs);
        expect(fromMs).toBeGreaterThanOrEqual(limits.earliestMs - 0.001);
        expect(toMs).toBeLessThanOrEqual(limits.latestMs + 0.001);
        expect(toMs - fromMs).toBeGreaterThanOrEqual(shortestSpanMs - 0.001);
      }),
      { numRuns: 200 },
    );
  });

  it('is widened to what can be read when hardly anything was dragged over', () => {
    expect(within({ fromMs: 5_000, toMs: 5_010 }, limits)).toEqual({ kind: 'span', fromMs: 5_000, toMs: 5_000 + shortestSpanMs });
  });
});

describe('ticks', () => {
  it('are round, in order, within the span, and no more than there is room for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }), fc.integer({ min: 2_000, max: 366 * 86_400_000 }), fc.integer({ min: 2, max: 20 }), (fromMs, lengthMs, most) => {
        const ticks = timeTicks({ fromMs, toMs: fromMs + lengthMs }, most);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        expect(ticks.every(({ atMs }, index) => atMs >= fromMs && atMs <= fromMs + lengthMs && (index === 0 || atMs > (ticks[index - 1]?.atMs ?? 0)))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('tell seconds, minutes or days', () => {
    const noon = new Date(2026, 10, 23, 12, 0, 0).getTime();
    expect(timeTicks({ fromMs: noon, toMs: noon + 60_000 }, 4).map(({ label }) => label)).toContain('12:00:15');
    expect(timeTicks({ fromMs: noon, toMs: noon + 3_600_000 }, 4).map(({ label }) => label)).toEqual(['12:00', '12:15', '12:30', '12:45', '13:00']);
    expect(timeTicks({ fromMs: noon, toMs: noon + 86_400_000 }, 8).map(({ label }) => label)).toContain('24 Nov');
  });
});

describe('columns', () => {
  it('keep the extremes and count what was lost', () => {
    const columns = new ColumnBuffer().fill(windowOf([[0, 5], [10, 90], [20, 1], [60, Number.NaN], [70, 7], [100, 3]]), { fromMs: 0, toMs: 100 }, 2); // prettier-ignore
    expect([columns.lowest[0], columns.highest[0], columns.first[0], columns.last[0]]).toEqual([1, 90, 5, 1]);
    expect([columns.lowest[1], columns.lost[1], columns.sent[1]]).toEqual([7, 1, 2]);
    expect(columns.highestMs).toBe(90);
  });

  it('lose no spike and no loss at any width', () => {
    const sample = fc.record({ at: fc.integer({ min: 0, max: 9_999 }), rtt: fc.option(fc.integer({ min: 0, max: 500 }), { freq: 5 }) });
    const buffer = new ColumnBuffer();
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 200 }), fc.integer({ min: 1, max: 300 }), (samples, count) => {
        const sorted = [...samples].sort((one, other) => one.at - other.at);
        const columns = buffer.fill(windowOf(sorted.map(({ at, rtt }) => [at, rtt ?? Number.NaN])), { fromMs: 0, toMs: 10_000 }, count);
        expect(Math.max(0, ...[...columns.highest].filter((value) => !Number.isNaN(value)))).toBe(Math.max(0, ...samples.map(({ rtt }) => rtt ?? 0)));
        expect(columns.lost.reduce((sum, lost) => sum + lost, 0)).toBe(samples.filter(({ rtt }) => rtt === null).length);
      }),
      { numRuns: 150 },
    );
  });
});

describe('scales', () => {
  it('go from zero to a round figure, or by powers of ten', () => {
    expect(valueScale('linear', 10).ticks).toEqual([0, 5, 10]);
    const log = valueScale('log', 300);
    expect(log.ceiling).toBe(1_000);
    expect([log.place(0.001), log.place(0.01), log.place(1_000)]).toEqual([0, 0, 1]);
    expect(log.place(10) - log.place(1)).toBeCloseTo(log.place(100) - log.place(10));
  });

  it('grow at once and shrink by steps', () => {
    expect(steadyCeiling(10, 40)).toBe(50);
    expect(steadyCeiling(50, 40)).toBe(50);
    expect(steadyCeiling(50, 28)).toBe(50);
    expect(steadyCeiling(50, 15)).toBe(20);
  });
});

describe('words at marks', () => {
  it('never lie over each other in one row, nor outside', () => {
    const label = fc.record({ x: fc.integer({ min: -50, max: 1_050 }), width: fc.integer({ min: 0, max: 200 }) });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 30 }), (given) => {
        const labels = [...given].sort((one, other) => one.x - other.x);
        const placed = placeLabels(labels, { left: 0, right: 1_000, rows: 2, gap: 5 }).filter(({ row }) => row !== null);
        for (const one of placed) {
          for (const other of placed) {
            if (one === other || one.row !== other.row) continue;
            const [a, b] = [one, other].map(({ labelX, index }) => ({ from: labelX, to: labelX + (labels[index]?.width ?? 0) }));
            expect(a !== undefined && b !== undefined && (a.to <= b.from || b.to <= a.from)).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

const bands: RecordedLane = {
  vantage: gatewayVantage,
  probe: 'icmp',
  bucketMs: 10,
  atMs: [0, 10, 30],
  sent: [50, 50, 50],
  lost: [0, 10, 50],
  minMs: [1, 1, null],
  p50Ms: [2, 4, null],
  p95Ms: [3, 6, null],
  p99Ms: [5, 9, null],
  maxMs: [8, 312, null],
};

describe('read-outs', () => {
  it('sum up samples and bands of what is seen', () => {
    const content = { kind: 'samples', read: () => windowOf([[0, 1], [10, 2], [20, 3], [30, Number.NaN], [500, 99]]) } as const; // prettier-ignore
    expect(summed(content, { fromMs: 0, toMs: 100 })).toEqual({ value: '2.0 ms', rest: 'p95 3.0  p99 3.0', last: 'max 3.0  lost 25 %' });
    expect(summed({ kind: 'bands', lane: bands }, { fromMs: 0, toMs: 20 })).toEqual({ value: '4.0 ms', rest: 'p95 6.0  p99 9.0', last: 'max 312  lost 10 %' });
    expect(summed(content, { fromMs: 600, toMs: 700 }).value).toBe('–');
  });

  it('tell what is under the cursor, a loss and a gap included', () => {
    const content = { kind: 'samples', read: () => windowOf([[0, 1], [200, Number.NaN]]) } as const; // prettier-ignore
    expect(under(content, 40, 100).value).toBe('1.0 ms');
    expect(under(content, 180, 100).value).toBe('lost');
    expect(under(content, 900, 100).value).toBe('–');
    expect(under({ kind: 'bands', lane: bands }, 15, 0)).toEqual({ value: '4.0 ms', rest: 'p95 6.0  p99 9.0', last: 'max 312  lost 20 %' });
    expect(under({ kind: 'bands', lane: bands }, 25, 0).value).toBe('–');
    expect(under({ kind: 'bands', lane: bands }, 35, 0)).toEqual({ value: 'no answer', rest: '', last: 'lost 100 %' });
  });
});
