// Crashes and crash loops: when the next attempt asks for less, and when there is none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterCrash, careful, noCrashes, noCrashLimits, usualCrashLimits, type CrashVerdict } from '../../../../electron/domain/session/crash-loop';
import { resolveProfile } from '../../../../electron/domain/session/profile-resolution';

/** @param atS seconds at which the client crashed */
function crashing(...atS: number[]): CrashVerdict[] {
  const verdicts: CrashVerdict[] = [];
  for (const second of atS) {
    const before = verdicts.at(-1)?.record ?? noCrashes;
    verdicts.push(afterCrash(before, usualCrashLimits, 1_000_000 + second * 1_000));
  }
  return verdicts;
}

const cautions = (verdicts: readonly CrashVerdict[]): number[] => verdicts.map(({ record }) => record.caution);

describe('crashes', () => {
  it('now and then change nothing', () => {
    const verdicts = crashing(0, 200, 400, 600, 800, 1_000);
    expect(cautions(verdicts)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(verdicts.some(({ stop }) => stop)).toBe(false);
  });

  it('three times in two minutes ask for less, and say so once', () => {
    const verdicts = crashing(0, 40, 80);
    expect(cautions(verdicts)).toEqual([0, 0, 1]);
    expect(verdicts.map(({ steppedDown }) => steppedDown)).toEqual([false, false, true]);
  });

  it('five times in ten minutes are enough', () => {
    expect(crashing(0, 100, 200, 300, 400).map(({ stop }) => stop)).toEqual([false, false, false, false, true]);
    expect(crashing(0, 100, 200, 300, 601).at(-1)?.stop).toBe(false);
  });

  it('need three more for the next step', () => {
    expect(cautions(crashing(0, 10, 20, 500, 510))).toEqual([0, 0, 1, 1, 1]);
    expect(cautions(crashing(0, 10, 20, 700, 710, 720))).toEqual([0, 0, 1, 1, 1, 2]);
  });

  it('never stop what crashes on purpose', () => {
    const last = Array.from({ length: 50 }, (_, index) => index).reduce<CrashVerdict>(
      ({ record }, index) => afterCrash(record, noCrashLimits, index),
      { record: noCrashes, stop: false, steppedDown: false },
    );
    expect(last).toMatchObject({ stop: false, record: { caution: 0, atMs: [] } });
  });

  it('never make it less careful, and remember no more than the limits need', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 40 }), (gapsS) => {
        const atS = gapsS.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 0) + gap], []);
        const verdicts = crashing(...atS);
        const steps = cautions(verdicts);
        expect(steps).toEqual([...steps].sort((one, other) => one - other));
        for (const { record } of verdicts) expect((record.atMs.at(-1) ?? 0) - (record.atMs[0] ?? 0)).toBeLessThan(600_000);
      }),
    );
  });
});

describe('what a careful stream asks for', () => {
  const { values } = resolveProfile({ global: { widthPx: 2560, heightPx: 1440, fps: 120, bitrateKbps: 50_000, codec: 'av1', hdr: true } });

  it('is what the profile says, then 60 % of the bitrate, then H.264, then software decoding', () => {
    expect(careful(values, 0)).toBe(values);
    expect(careful(values, 1)).toMatchObject({ bitrateKbps: 30_000, codec: 'av1', hdr: true });
    expect(careful(values, 2)).toMatchObject({ bitrateKbps: 30_000, codec: 'h264', hdr: false, decoder: 'auto' });
    expect(careful(values, 3)).toMatchObject({ bitrateKbps: 30_000, codec: 'h264', decoder: 'software', fps: 120 });
  });

  it('stays within what a client takes', () => {
    expect(careful({ ...values, bitrateKbps: 600 }, 1).bitrateKbps).toBe(500);
  });
});
