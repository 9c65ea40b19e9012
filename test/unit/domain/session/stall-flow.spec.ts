// What is usual for a flow, and when it counts as quiet.
import { describe, expect, it } from 'vitest';
import { FlowTrack } from '../../../../electron/domain/session/stall-flow';

const healthy = { healthy: true };

/** @param perLook bytes that come in each 200 ms */
function feed(flow: FlowTrack, fromMs: number, looks: number, perLook: (look: number) => number, total = { bytes: 0 }, options = healthy): { tMs: number; total: { bytes: number } } {
  let tMs = fromMs;
  for (let look = 0; look < looks; look += 1) {
    total.bytes += perLook(look);
    flow.note(tMs, total.bytes, options);
    tMs += 200;
  }
  return { tMs, total };
}

describe('FlowTrack', () => {
  it('knows after some seconds what is usual, and is steady when it comes all the time', () => {
    const flow = new FlowTrack();
    const { tMs, total } = feed(flow, 0, 15, () => 1_000);
    expect(flow.isSteady).toBe(false);
    feed(flow, tMs, 15, () => 1_000, total);
    expect(flow.isSteady).toBe(true);
    expect(flow.usual).toBeCloseTo(5_000);
    expect(flow.quietMs).toBe(0);
  });

  it('counts a rate far below the usual one as quiet, and a tenth more as nothing new', () => {
    const flow = new FlowTrack();
    const { tMs, total } = feed(flow, 0, 50, () => 1_000);
    feed(flow, tMs, 10, () => 100, total, { healthy: false });
    expect(flow.quietMs).toBe(2_000);
    expect(flow.usual).toBeCloseTo(5_000);
  });

  it('is not steady when it pauses for a second now and then', () => {
    const flow = new FlowTrack();
    feed(flow, 0, 200, (look) => (look % 20 < 6 ? 0 : 1_000));
    expect(flow.longestGapMs).toBe(1_200);
    expect(flow.isSteady).toBe(false);
  });

  it('forgets the longest pause after two minutes', () => {
    const flow = new FlowTrack();
    const first = feed(flow, 0, 40, (look) => (look > 20 && look < 30 ? 0 : 1_000));
    expect(flow.longestGapMs).toBeGreaterThan(1_000);
    feed(flow, first.tMs, 5 * 125, () => 1_000, first.total);
    expect(flow.longestGapMs).toBe(0);
  });

  it('believes the kernel about when the last byte came, though the looks are far apart', () => {
    const flow = new FlowTrack();
    const { tMs, total } = feed(flow, 0, 50, () => 1_000);
    flow.note(tMs + 2_000, total.bytes + 3_000, { healthy: true, silentMs: 900 });
    expect(flow.quietMs).toBe(900);
  });

  it('begins anew when the count does', () => {
    const flow = new FlowTrack();
    const { tMs } = feed(flow, 0, 50, () => 1_000);
    flow.note(tMs + 1_000, 10, healthy);
    expect(flow.quietMs).toBe(0);
  });

  it('forgives a pause that was our own', () => {
    const flow = new FlowTrack();
    const { tMs, total } = feed(flow, 0, 50, () => 1_000);
    const later = feed(flow, tMs, 10, () => 0, total, { healthy: false });
    flow.forgive(later.tMs);
    expect(flow.quietMs).toBe(0);
  });
});
