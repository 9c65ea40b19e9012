// Athena's advice on a bitrate: figures that fit the link, words for each thing that speaks against the profile's.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { english, inEnglish } from '../../../../electron/common/told';
import { adviseBitrate, type BudgetRequest, type Link, type MeasuredPath } from '../../../../electron/domain/session/bitrate-advice';
import { wireKbps } from '../../../../electron/domain/session/stream-budget';

const calm: MeasuredPath = { lossRatio: 0, jitterMs: 0.3, p50Ms: 1, p95Ms: 1.5, reordering: false };
const request: BudgetRequest = {
  mode: { widthPx: 2560, heightPx: 1440, fps: 120, yuv444: false },
  bitrateKbps: 57_000,
  packetSize: 1392,
  path: calm,
  link: { speedMbps: 1_000, medium: 'wired' },
};

function kinds(changes: Partial<BudgetRequest>): string[] {
  return adviseBitrate({ ...request, ...changes }).notes.map(({ kind }) => kind);
}

describe('a calm path', () => {
  it('gets what its profile says, and no words', () => {
    expect(adviseBitrate(request)).toEqual({ defaultKbps: 57_000, advisedKbps: 57_000, wireKbps: wireKbps(57_000, 1392), usableKbps: 800_000, fits: 'yes', notes: [] });
  });

  it('of which nothing is known gets no promises', () => {
    const unknown = { lossRatio: null, jitterMs: null, p50Ms: null, p95Ms: null, reordering: false };
    expect(adviseBitrate({ ...request, path: unknown, link: null })).toMatchObject({ fits: 'unknown', usableKbps: null, notes: [], advisedKbps: 57_000 });
  });
});

describe('a link', () => {
  it('that is too slow: figures and a bitrate that fits', () => {
    const budget = adviseBitrate({ ...request, link: { speedMbps: 72.2, medium: 'wireless' } });
    expect(budget).toMatchObject({ fits: 'no', usableKbps: 28_880 });
    expect(budget.notes[0]).toEqual({
      kind: 'link-too-slow',
      text: 'The stream needs 59.5 Mbit/s on the wire; of this 72.2 Mbit/s Wi-Fi link, a stream can count on 28.9 Mbit/s: it can’t fit.',
    });
    expect(wireKbps(budget.advisedKbps, 1392)).toBeLessThanOrEqual(28_880 * 0.75);
    expect(budget.advisedKbps).toBe(20_000);
  });

  it('that leaves nothing for whole pictures', () => {
    expect(adviseBitrate({ ...request, link: { speedMbps: 100, medium: 'wired' } })).toMatchObject({ fits: 'yes' });
    expect(adviseBitrate({ ...request, link: { speedMbps: 90, medium: 'wired' } })).toMatchObject({ fits: 'tight', notes: [{ kind: 'link-tight' }] });
  });
});

describe('a path', () => {
  it('that loses packets', () => {
    expect(kinds({ path: { ...calm, lossRatio: 0.001 } })).toEqual([]);
    const advised = [0.005, 0.03, 0.2].map((lossRatio) => adviseBitrate({ ...request, path: { ...calm, lossRatio } }).advisedKbps);
    expect(advised).toEqual([45_000, 34_000, 22_000]);
    expect(inEnglish(adviseBitrate({ ...request, path: { ...calm, lossRatio: 0.03 } }).notes[0]?.text)).toContain('3 % of the probes are lost');
  });

  it('whose packets wait in a queue', () => {
    expect(kinds({ path: { ...calm, p95Ms: 40 } })).toEqual(['queueing']);
  });

  it('that jitters: not the bitrate’s fault', () => {
    const budget = adviseBitrate({ ...request, path: { ...calm, jitterMs: 6 } });
    expect([budget.notes.map(({ kind }) => kind), budget.advisedKbps]).toEqual([['jitter'], 57_000]);
    expect(kinds({ path: { ...calm, jitterMs: 6 }, mode: { ...request.mode, fps: 60 } })).toEqual([]);
  });

  it('that swaps packets, with few of them in a frame', () => {
    expect(kinds({ path: { ...calm, reordering: true } })).toEqual([]);
    expect(kinds({ path: { ...calm, reordering: true }, bitrateKbps: 5_000 })).toEqual(['few-packets']);
  });
});

it('the advice is never above the profile, never below 500, and fits a link that can carry a stream at all', () => {
  const ratio = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
  const time = fc.option(fc.double({ min: 0, max: 2_000, noNaN: true }));
  const link = fc.option(fc.record<Link>({ speedMbps: fc.double({ min: 0.1, max: 10_000, noNaN: true }), medium: fc.constantFrom('wired', 'wireless', 'unknown') }));
  fc.assert(
    fc.property(
      fc.record({
        mode: fc.record({ widthPx: fc.integer({ min: 256, max: 7_680 }), heightPx: fc.integer({ min: 256, max: 4_320 }), fps: fc.integer({ min: 10, max: 480 }), yuv444: fc.boolean() }),
        bitrateKbps: fc.integer({ min: 500, max: 500_000 }),
        packetSize: fc.integer({ min: 1024, max: 9_000 }),
        path: fc.record<MeasuredPath>({ lossRatio: ratio, jitterMs: time, p50Ms: time, p95Ms: time, reordering: fc.boolean() }),
        link,
      }),
      (given) => {
        const { advisedKbps, usableKbps, fits, notes } = adviseBitrate(given);
        expect(advisedKbps).toBeLessThanOrEqual(given.bitrateKbps);
        expect(advisedKbps).toBeGreaterThanOrEqual(500);
        if (usableKbps !== null && usableKbps > 1_000) expect(wireKbps(advisedKbps, given.packetSize)).toBeLessThanOrEqual(usableKbps);
        expect(notes.some(({ kind }) => kind === 'link-too-slow')).toBe(fits === 'no');
        expect(notes.every(({ text }) => !/NaN|undefined|Infinity/.test(english(text)))).toBe(true);
      },
    ),
  );
});

it('that was taken is not given again', () => {
  const path = fc.record({
    lossRatio: fc.double({ min: 0, max: 0.5, noNaN: true }),
    jitterMs: fc.constant(1),
    p50Ms: fc.constant(2),
    p95Ms: fc.double({ min: 2, max: 200, noNaN: true }),
    reordering: fc.boolean(),
  });
  const link = fc.option(fc.record({ speedMbps: fc.integer({ min: 10, max: 2_500 }), medium: fc.constantFrom<Link['medium']>('wired', 'wireless') }));
  fc.assert(
    fc.property(path, link, fc.integer({ min: 1_000, max: 150_000 }), (measured, speed, bitrateKbps) => {
      const { advisedKbps } = adviseBitrate({ ...request, path: measured, link: speed, bitrateKbps });
      expect(adviseBitrate({ ...request, path: measured, link: speed, bitrateKbps: advisedKbps }).advisedKbps).toBe(advisedKbps);
    }),
  );
});
