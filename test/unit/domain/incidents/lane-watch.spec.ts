// What counts as trouble of one vantage point, and what is only weather.
import { describe, expect, it } from 'vitest';
import { sampleFlags } from '../../../../electron/common/latency';
import { LaneWatch, type LaneTrouble } from '../../../../electron/domain/incidents/lane-watch';

class Lane {
  readonly watch = new LaneWatch();
  private atMs = 0;

  /** Samples, one every 200 ms; null: lost. */
  take(...rtts: readonly (number | null)[]): LaneTrouble[] {
    return rtts.flatMap((rtt) => {
      this.atMs += 200;
      return this.watch.take(this.atMs, rtt) ?? [];
    });
  }

  calm(count = 50): this {
    expect(this.take(...Array.from({ length: count }, (_, index) => 0.4 + (index % 5) * 0.02))).toEqual([]);
    return this;
  }
}

describe('a lane', () => {
  it('says nothing before it knows what is usual', () => {
    expect(new Lane().take(300, 0.4, 0.4, null, null, null, null)).toEqual([]);
  });

  it('tells one sharp spike', () => {
    expect(new Lane().calm().take(0.4, 312, 0.4)).toEqual([{ kind: 'spike', sinceMs: 10_400, peakMs: 312, lost: 0, isNew: true }]);
  });

  it('tells three dull ones in two seconds, and not two', () => {
    const lane = new Lane().calm();
    expect(lane.take(22, 0.4, 24, 0.4)).toEqual([]);
    expect(lane.take(23)).toMatchObject([{ kind: 'spike', peakMs: 24 }]);
    const slow = new Lane().calm();
    expect(slow.take(22, ...Array.from({ length: 9 }, () => 0.4), 24, ...Array.from({ length: 9 }, () => 0.4), 23)).toEqual([]);
  });

  it('tells three losses in a row, or a third of them, and not two', () => {
    expect(new Lane().calm().take(null, null, 0.4, null)).toEqual([]);
    expect(new Lane().calm().take(null, null, null)).toMatchObject([{ kind: 'loss-burst', sinceMs: 10_200, lost: 3, peakMs: null }]);
    const scattered = Array.from({ length: 26 }, (_, index) => (index % 3 === 0 ? null : 0.4));
    expect(new Lane().calm().take(...scattered).some(({ kind }) => kind === 'loss-burst')).toBe(true);
  });

  it('is quiet about who stays away, and begins anew when it is back', () => {
    const lane = new Lane().calm();
    const away = lane.take(...Array.from({ length: 600 }, () => null));
    // Thirty seconds of them, no longer.
    expect(away.length).toBeGreaterThan(100);
    expect(away.length).toBeLessThan(155);
    expect(away.filter(({ isNew }) => isNew)).toHaveLength(1);
    lane.take(...Array.from({ length: 60 }, () => 0.4));
    expect(lane.take(null, null, null)).toMatchObject([{ kind: 'loss-burst', isNew: true }]);
  });

  it('passes over late and repeated answers: their question was told', () => {
    const lane = new Lane().calm();
    expect(lane.watch.take(10_050, 3_000, sampleFlags.late)).toBeNull();
    expect(lane.watch.take(10_050, 800, sampleFlags.duplicate)).toBeNull();
  });

  it('learns a slower path within a quarter of an hour', () => {
    const lane = new Lane().calm(500);
    const slower = Array.from({ length: 5 * 60 * 40 }, (_, index) => 30 + (index % 7));
    expect(lane.take(...slower.slice(0, 100)).length).toBeGreaterThan(0);
    lane.take(...slower);
    expect(lane.take(...slower.slice(0, 100))).toEqual([]);
  });
});
