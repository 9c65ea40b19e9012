// The pure parts of the latency graph: merged columns, losses, jitter, ceiling, and where the marks' words go.
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { SampleWindow } from '../../../../electron/common/sample-ring';
import { interarrivalJitter } from '../../../../electron/common/latency-statistics';
import type { MarkKind } from '../../../../electron/common/session';
import { asIs } from '../../../../electron/common/told';
import { buildFrame, roundCeiling } from '../../../../renderer/ui/latency-graph/graph-frame';
import { placeMarks, type MarkSpace } from '../../../../renderer/ui/latency-graph/mark-layout';

function windowOf(samples: readonly (readonly [number, number])[]): SampleWindow {
  return { atMs: Float64Array.from(samples, ([at]) => at), rttMs: Float64Array.from(samples, ([, rtt]) => rtt) };
}

describe('buildFrame', () => {
  it('merges by time, breaks the line at a loss, and goes on where a probe has no sample', () => {
    const frame = buildFrame(windowOf([[0, 1], [200, NaN], [400, 3]]), windowOf([[90, 5], [400, 6]]));
    expect(frame.atMs).toEqual([0, 90, 200, 400]);
    expect(frame.icmp).toEqual([1, undefined, null, 3]);
    expect(frame.tcp).toEqual([undefined, 5, undefined, 6]);
    expect(frame.losses).toEqual([200]);
    expect(frame.highestMs).toBe(6);
  });

  it('counts losses of the port where no echo ever answers', () => {
    const frame = buildFrame(windowOf([[0, NaN], [200, NaN]]), windowOf([[50, 2], [250, NaN]]));
    expect(frame.losses).toEqual([250]);
  });

  it('ends with the same jitter as the summary', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.1, max: 500, noNaN: true }), { minLength: 2, maxLength: 60 }), (rtts) => {
        const samples = windowOf(rtts.map((rtt, index) => [index * 200, rtt]));
        expect(buildFrame(samples, windowOf([])).jitter.at(-1)).toBeCloseTo(interarrivalJitter(samples.rttMs) ?? NaN, 6);
      }),
    );
  });
});

describe('roundCeiling', () => {
  it('is round and above the highest sample', () => {
    expect([0, 1.4, 4.4, 9, 26, 95, 400].map(roundCeiling)).toEqual([2, 2, 5, 20, 30, 200, 500]);
    fc.assert(fc.property(fc.double({ min: 0, max: 10_000, noNaN: true }), (highest) => roundCeiling(highest) > highest));
  });
});

describe('placeMarks', () => {
  const space: MarkSpace = { left: 0, right: 600, rows: 3, gap: 6, xOf: (atMs) => atMs, widthOf: (label) => label.length * 7 };
  const markAt = (kind: MarkKind, atMs: number) => ({ kind, atMs, text: asIs(kind) });

  it('puts what happened in the same moment under each other', () => {
    const placed = placeMarks([markAt('interrupted', 100), markAt('paused', 100.2), markAt('reconnected', 101)], space);
    expect(placed.map(({ label, row }) => [label, row])).toEqual([['lost', 0], ['paused', 1], ['reconnected', 2]]);
  });

  it('leaves the words out, not the line, when all rows are taken', () => {
    const placed = placeMarks([100, 101, 102, 103].map((at) => markAt('paused', at)), space);
    expect(placed.map(({ row }) => row)).toEqual([0, 1, 2, null]);
  });

  it('keeps words inside at the right edge and drops marks outside', () => {
    const placed = placeMarks([markAt('paused', -5), markAt('paused', 590), markAt('paused', 700)], space);
    expect(placed).toHaveLength(1);
    expect(placed[0]?.labelX).toBe(590 - 6 - 42);
  });

  it('never lets words cover words', () => {
    const kinds: MarkKind[] = ['interrupted', 'paused', 'gate-open', 'client-started', 'reconnected', 'resumed'];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 0, max: 520 })), { maxLength: 40 }), (sketches) => {
        const marks = sketches.map(([kind, at]) => markAt(kind, at)).sort((a, b) => a.atMs - b.atMs);
        const labelled = placeMarks(marks, space).filter(({ row }) => row !== null);
        for (const a of labelled) {
          for (const b of labelled) {
            if (a === b || a.row !== b.row) continue;
            expect(a.labelX + space.widthOf(a.label) <= b.labelX || b.labelX + space.widthOf(b.label) <= a.labelX).toBe(true);
          }
        }
      }),
    );
  });
});
