// Numbers as people type them, and the steps between them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitrateStep, formatCableRate } from '../../../../renderer/features/profile/rates';
import { formatRate } from '../../../../renderer/ui/format';
import { readNumber, stepNumber, writeNumber } from '../../../../renderer/ui/number-text';

const limits = { min: 0.5, max: 500, whole: false };

describe('a typed number', () => {
  it.each([
    ['57', 57],
    [' 12.5 ', 12.5],
    ['12,5', 12.5],
    ['0.5', 0.5],
    ['500', 500],
  ])('%j is read', (text, value) => expect(readNumber(text, limits)).toEqual({ ok: true, value }));

  it.each([
    ['', 'no-number'],
    ['12 000', 'no-number'],
    ['1e3', 'no-number'],
    ['0x10', 'no-number'],
    ['.', 'no-number'],
    ['٣', 'no-number'],
    ['500.1', 'out-of-range'],
    ['-1', 'out-of-range'],
    ['9'.repeat(400), 'out-of-range'],
  ])('%j is refused', (text, why) => expect(readNumber(text, limits)).toEqual({ ok: false, why }));

  it('has no decimals where none are possible', () => expect(readNumber('59.94', { min: 10, max: 480, whole: true })).toEqual({ ok: false, why: 'no-whole-number' }));
});

describe('a step', () => {
  it('goes to the next multiple, also from between two', () => {
    expect([stepNumber(57, 1, 5, limits), stepNumber(57, -1, 5, limits), stepNumber(55, -1, 5, limits), stepNumber(498, 1, 10, limits)]).toEqual([60, 55, 50, 500]);
  });

  it('always moves within the limits, whatever the bitrate', () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 500_000 }), (kbps) => {
        const from = kbps / 1_000;
        const up = stepNumber(from, 1, bitrateStep(from), limits);
        const down = stepNumber(from, -1, bitrateStep(from - 1e-6), limits);
        expect(up > from || from === limits.max).toBe(true);
        expect(down < from || from === limits.min).toBe(true);
        expect(up <= limits.max && down >= limits.min).toBe(true);
        expect(readNumber(writeNumber(up), limits)).toEqual({ ok: true, value: up });
      }),
    );
  });
});

describe('rates', () => {
  it('are written with as much as one reads', () => {
    expect([500, 59_490, 800_000, 1_000_000, 2_500_000].map(formatRate)).toEqual(['0.5 Mbit/s', '59.5 Mbit/s', '800 Mbit/s', '1 Gbit/s', '2.5 Gbit/s']);
    expect([11_594_880, 3_864_960].map(formatCableRate)).toEqual(['11.59 Gbit/s', '3.86 Gbit/s']);
  });
});
