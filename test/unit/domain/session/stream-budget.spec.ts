// What a mode costs, against figures that were worked out from the programs' sources and VESA's formulas beforehand.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsPerPixel, embeddedBitrateKbps, encoderKbps, moonlightBitrateKbps, packetsPerFrame, rasterOf, rawLinkRate, wireKbps, type Timing } from '../../../../electron/domain/session/stream-budget';

const mode = (widthPx: number, heightPx: number, fps: number) => ({ widthPx, heightPx, fps });

describe('Moonlight’s default bitrate', () => {
  const rates = [30, 60, 90, 120, 144, 165, 240] as const;
  it.each<[number, number, number[], number, number]>([
    [1280, 720, [5000, 10000, 12000, 14000, 15000, 17000, 20000], 20000, 28000],
    [1280, 800, [5000, 11000, 13000, 15000, 17000, 18000, 22000], 22000, 31000],
    [1920, 1080, [10000, 20000, 24000, 28000, 31000, 33000, 40000], 40000, 57000],
    [1920, 1200, [11000, 23000, 28000, 32000, 35000, 38000, 46000], 46000, 65000],
    [2560, 1080, [14000, 29000, 35000, 40000, 44000, 47000, 57000], 57000, 81000],
    [2560, 1440, [20000, 40000, 49000, 57000, 62000, 66000, 80000], 80000, 113000],
    [2560, 1600, [22000, 44000, 53000, 62000, 67000, 72000, 87000], 87000, 123000],
    [3440, 1440, [26000, 51000, 62000, 72000, 79000, 85000, 102000], 102000, 144000],
    [3840, 1600, [31000, 61000, 75000, 87000, 95000, 102000, 123000], 123000, 173000],
    [3840, 2160, [40000, 80000, 98000, 113000, 124000, 133000, 160000], 160000, 226000],
    [5120, 1440, [36000, 72000, 88000, 102000, 112000, 119000, 144000], 144000, 204000],
    [5120, 2880, [40000, 80000, 98000, 113000, 124000, 133000, 160000], 160000, 226000],
  ])('%i×%i', (width, height, expected, full60, full120) => {
    expect(rates.map((fps) => moonlightBitrateKbps(mode(width, height, fps)))).toEqual(expected);
    expect(moonlightBitrateKbps({ ...mode(width, height, 60), yuv444: true })).toBe(full60);
    expect(moonlightBitrateKbps({ ...mode(width, height, 120), yuv444: true })).toBe(full120);
  });

  it('never falls with more pixels or more frames, and is whole megabits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 256, max: 8_000 }), fc.integer({ min: 256, max: 4_000 }), fc.integer({ min: 10, max: 479 }), (width, height, fps) => {
        const one = moonlightBitrateKbps(mode(width, height, fps));
        expect(one % 1_000).toBe(0);
        expect(moonlightBitrateKbps(mode(width + 8, height, fps))).toBeGreaterThanOrEqual(one);
        expect(moonlightBitrateKbps(mode(width, height, fps + 1))).toBeGreaterThanOrEqual(one);
      }),
    );
  });
});

it('Moonlight Embedded’s default goes by steps', () => {
  expect([mode(640, 360, 30), mode(1280, 720, 60), mode(1920, 1080, 60), mode(2560, 1440, 120), mode(3840, 2160, 60)].map(embeddedBitrateKbps)).toEqual([1_000, 10_000, 20_000, 80_000, 80_000]);
});

describe('a display link at 2560×1440 and 120 Hz', () => {
  const wqhd = mode(2560, 1440, 120);

  it.each<[Timing, number, number, number]>([
    ['active', 2560, 1440, 442.368],
    ['cvt-rb2', 2640, 1525, 483.12],
    ['cvt-rb', 2720, 1525, 497.75],
    ['cvt', 3568, 1545, 661.25],
  ])('%s', (timing, totalWidthPx, totalHeightPx, megahertz) => {
    expect(rasterOf(wqhd, timing)).toEqual({ totalWidthPx, totalHeightPx, pixelClockHz: megahertz * 1e6 });
  });

  it.each<[number, number[]]>([
    [24, [10.617, 11.595, 11.946, 15.87]],
    [30, [13.271, 14.494, 14.933, 19.838]],
    [36, [15.925, 17.392, 17.919, 23.805]],
    [16, [7.078, 7.73, 7.964, 10.58]],
    [20, [8.847, 9.662, 9.955, 13.225]],
    [12, [5.308, 5.797, 5.973, 7.935]],
    [15, [6.636, 7.247, 7.466, 9.919]],
    [8, [3.539, 3.865, 3.982, 5.29]],
    [10, [4.424, 4.831, 4.978, 6.613]],
  ])('%i bits a pixel', (bits, gigabits) => {
    const timings: Timing[] = ['active', 'cvt-rb2', 'cvt-rb', 'cvt'];
    expect(timings.map((timing) => Math.round(rawLinkRate(wqhd, bits, timing) / 1e6) / 1e3)).toEqual(gigabits);
  });

  it('bits of a pixel as the host encodes it', () => {
    expect([bitsPerPixel(false, false), bitsPerPixel(true, false), bitsPerPixel(false, true), bitsPerPixel(true, true)]).toEqual([12, 15, 24, 30]);
  });
});

describe('what becomes of a bitrate', () => {
  it('on the way to the encoder: 57 Mbit/s with 20 % error correction and stereo', () => {
    expect(encoderKbps(57_000, { fecPercent: 20, audioChannels: 2 })).toBe(44_588);
  });

  it('on the wire: four to five per cent more', () => {
    const extra = wireKbps(57_000, 1392) / 57_000;
    expect(extra).toBeGreaterThan(1.04);
    expect(extra).toBeLessThan(1.05);
    expect(wireKbps(57_000, 1024)).toBeGreaterThan(wireKbps(57_000, 1392));
  });

  it('in packets: about 43 a frame at 120 fps', () => {
    expect(packetsPerFrame(57_000, 120, 1392)).toBeCloseTo(42.7, 1);
  });
});
