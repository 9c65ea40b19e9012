// The budget that stands beside a profile.
import { describe, expect, it } from 'vitest';
import { hostIdSchema } from '../../../../electron/common/ids';
import type { LatencySummary } from '../../../../electron/common/latency';
import { streamBudgetSchema, type ProfileValues } from '../../../../electron/common/profile';
import { hostVantage } from '../../../../electron/common/vantage';
import { measuredPath, streamBudgetView } from '../../../../electron/domain/profiles/stream-budget-view';
import { resolveProfile } from '../../../../electron/domain/session/profile-resolution';
import { bitsPerPixel, rawLinkRate, type Timing } from '../../../../electron/domain/session/stream-budget';

const calm = { lossRatio: 0, jitterMs: 0.2, p50Ms: 1, p95Ms: 1.4, reordering: false };
const nothing = { lossRatio: null, jitterMs: null, p50Ms: null, p95Ms: null, reordering: false };

function values(more: Partial<ProfileValues> = {}): ProfileValues {
  return resolveProfile({ entry: { widthPx: 2560, heightPx: 1440, fps: 120, ...more } }).values;
}

describe('the display cable', () => {
  it('needs 11.59488 Gbit/s for 2560×1440 at 120 Hz with 8 bits, and 14.4936 with 10', () => {
    expect(streamBudgetView(values(), { path: nothing, link: null }).rawLinkKbps).toBe(11_594_880);
    expect(streamBudgetView(values({ hdr: true }), { path: nothing, link: null }).rawLinkKbps).toBe(14_493_600);
  });

  it('shows all colours in full, whatever the stream leaves out', () => {
    expect(streamBudgetView(values({ yuv444: true }), { path: nothing, link: null }).rawLinkKbps).toBe(11_594_880);
  });

  const timings: readonly Timing[] = ['active', 'cvt-rb2', 'cvt-rb', 'cvt'];
  it.each<[string, number, readonly number[]]>([
    ['8-bit RGB / 4:4:4', 24, [10.617, 11.595, 11.946, 15.87]],
    ['10-bit RGB / 4:4:4', 30, [13.271, 14.494, 14.933, 19.838]],
    ['12-bit RGB / 4:4:4', 36, [15.925, 17.392, 17.919, 23.805]],
    ['8-bit 4:2:2', 16, [7.078, 7.73, 7.964, 10.58]],
    ['10-bit 4:2:2', 20, [8.847, 9.662, 9.955, 13.225]],
    ['8-bit 4:2:0', bitsPerPixel(false, false), [5.308, 5.797, 5.973, 7.935]],
    ['10-bit 4:2:0', bitsPerPixel(true, false), [6.636, 7.247, 7.466, 9.919]],
    ['DSC at 8 bits', 8, [3.539, 3.865, 3.982, 5.29]],
    ['DSC at 10 bits', 10, [4.424, 4.831, 4.978, 6.613]],
  ])('%s', (_format, bits, gigabits) => {
    const { widthPx, heightPx, fps } = values();
    expect(timings.map((timing) => Math.round(rawLinkRate({ widthPx, heightPx, fps }, bits, timing) / 1e6) / 1e3)).toEqual(gigabits);
  });

  it('bears every mode a profile may hold', () => {
    for (const mode of [{ widthPx: 256, heightPx: 256, fps: 10 }, { widthPx: 16_384, heightPx: 16_384, fps: 480 }]) {
      const budget = streamBudgetView(values(mode), { path: calm, link: { speedMbps: 1_000, medium: 'wired' } });
      expect(streamBudgetSchema.parse(budget)).toEqual(budget);
      expect(Number.isFinite(budget.rawLinkKbps) && budget.rawLinkKbps > 0).toBe(true);
    }
  });
});

describe('the advice', () => {
  it('is Moonlight’s own on a good way, and what fits on a narrow one', () => {
    const good = streamBudgetView(values(), { path: calm, link: { speedMbps: 1_000, medium: 'wired' } });
    expect(good).toMatchObject({ defaultKbps: 57_000, advisedKbps: 57_000, usableKbps: 800_000, fits: 'yes', notes: [], link: { speedMbps: 1_000 } });
    const narrow = streamBudgetView(values(), { path: calm, link: { speedMbps: 72, medium: 'wireless' } });
    expect(narrow).toMatchObject({ fits: 'no', usableKbps: 28_800 });
    expect(narrow.advisedKbps).toBeLessThan(28_800);
    expect(narrow.notes.map(({ kind }) => kind)).toEqual(['link-too-slow']);
  });

  it('says that it does not know a link that nobody knows', () => {
    expect(streamBudgetView(values(), { path: nothing, link: null })).toMatchObject({ fits: 'unknown', usableKbps: null, link: null, notes: [] });
  });
});

describe('the measured path', () => {
  const vantage = hostVantage(hostIdSchema.parse('rig'));
  const summary = (probe: 'icmp' | 'tcp', more: Partial<LatencySummary> = {}): LatencySummary => ({
    vantage,
    probe,
    windowMs: 60_000,
    sent: 300,
    lost: 3,
    lossRatio: 0.01,
    late: 0,
    duplicates: 0,
    reordered: 0,
    lastRttMs: 1,
    p50Ms: 1,
    p95Ms: 2,
    p99Ms: 3,
    jitterMs: 0.5,
    ...more,
  });

  it('is what echo says, where it is answered', () => {
    expect(measuredPath([summary('tcp', { p50Ms: 9 }), summary('icmp')], true)).toEqual({ lossRatio: 0.01, jitterMs: 0.5, p50Ms: 1, p95Ms: 2, reordering: true });
    const silent = summary('icmp', { lost: 300, lossRatio: 1, p50Ms: null, p95Ms: null, jitterMs: null });
    expect(measuredPath([silent, summary('tcp', { p50Ms: 9 })], false)).toMatchObject({ p50Ms: 9 });
  });

  it('is not known from a handful of samples, or none', () => {
    expect(measuredPath([], false)).toEqual(nothing);
    expect(measuredPath([summary('icmp', { sent: 5, lost: 1, lossRatio: 0.2 })], false)).toEqual(nothing);
  });
});
