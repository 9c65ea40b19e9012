// Figures as people read them.
import { describe, expect, it } from 'vitest';
import { formatAgo, formatGap, formatMs, formatPercent } from '../../../../renderer/ui/format';

describe('figures', () => {
  it('have as many digits as mean something', () => {
    expect([0.042, 0.994, 0.996, 8.33, 99.94, 99.96, 142.4].map(formatMs)).toEqual(['0.04', '0.99', '1.0', '8.3', '99.9', '100', '142']);
    expect([0, 0.004, 0.05, 0.26, 1].map(formatPercent)).toEqual(['0', '0.4', '5.0', '26', '100']);
  });

  it('tell gaps from milliseconds to minutes', () => {
    expect([2.94, 11.4, 999, 6420, 59_990, 245_000].map(formatGap)).toEqual(['2.9 ms', '11 ms', '999 ms', '6.42 s', '59.99 s', '4 min 05 s']);
  });

  it('tell how long ago', () => {
    const nowMs = 1_000_000_000;
    expect([10_000, 5 * 60_000, 3 * 3_600_000, 25 * 3_600_000, 72 * 3_600_000].map((ago) => formatAgo(nowMs - ago, nowMs))).toEqual([
      'just now',
      '5 min ago',
      '3 h ago',
      'yesterday',
      '3 days ago',
    ]);
  });
});
