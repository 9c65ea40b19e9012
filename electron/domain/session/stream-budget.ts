// What a mode costs: on a display cable, by Moonlight's own rule, by the rule of Moonlight Embedded, and on the wire.

export interface VideoMode {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly fps: number;
}

/**
 * How much blanking a display cable carries beside the picture (VESA CVT 1.2). `active`: none, the picture's own data.
 * `cvt` is the timing of tubes; the reduced ones are those of flat panels.
 */
export type Timing = 'active' | 'cvt-rb2' | 'cvt-rb' | 'cvt';

export interface Raster {
  readonly totalWidthPx: number;
  readonly totalHeightPx: number;
  readonly pixelClockHz: number;
}

/** The whole raster of a mode and its pixel clock. */
export function rasterOf(mode: VideoMode, timing: Timing): Raster {
  const { widthPx, heightPx, fps } = mode;
  switch (timing) {
    case 'active':
      return { totalWidthPx: widthPx, totalHeightPx: heightPx, pixelClockHz: widthPx * heightPx * fps };
    case 'cvt-rb2':
      return reduced(mode, 80, 1_000);
    case 'cvt-rb':
      return reduced(mode, 160, 250_000);
    case 'cvt':
      return tube(mode);
  }
}

/** Clocks are cut down to whole steps. */
function reduced({ widthPx, heightPx, fps }: VideoMode, blankPx: number, clockStepHz: number): Raster {
  const leastBlankUs = 460;
  const lineUs = (1e6 / fps - leastBlankUs) / heightPx;
  const totalWidthPx = widthPx + blankPx;
  const totalHeightPx = heightPx + Math.floor(leastBlankUs / lineUs) + 1;
  return { totalWidthPx, totalHeightPx, pixelClockHz: Math.floor((totalWidthPx * totalHeightPx * fps) / clockStepHz) * clockStepHz };
}

function tube({ widthPx, heightPx, fps }: VideoMode): Raster {
  const syncAndBackPorchUs = 550;
  const frontPorchLines = 3;
  const lineUs = (1e6 / fps - syncAndBackPorchUs) / (heightPx + frontPorchLines);
  const totalHeightPx = heightPx + Math.floor(syncAndBackPorchUs / lineUs) + 1 + frontPorchLines;
  const dutyPercent = Math.max(20, 30 - 0.3 * lineUs);
  const blankPx = Math.floor((widthPx * dutyPercent) / (100 - dutyPercent) / 16) * 16;
  const totalWidthPx = widthPx + blankPx;
  return { totalWidthPx, totalHeightPx, pixelClockHz: Math.floor(totalWidthPx / lineUs / 0.25) * 250_000 };
}

/** Bits of one pixel as the host encodes it: with 4:2:0, four pixels share their two colour values. HDR has 10 bits a value. */
export function bitsPerPixel(hdr: boolean, yuv444: boolean): number {
  return (hdr ? 10 : 8) * (yuv444 ? 3 : 1.5);
}

/** Bits per second of uncompressed video on a display link, before line coding. It says nothing about streaming. */
export function rawLinkRate(mode: VideoMode, bitsOfPixel: number, timing: Timing): number {
  return rasterOf(mode, timing).pixelClockHz * bitsOfPixel;
}

/** Pixels of a picture and the factor they get. */
const moonlightSteps: readonly (readonly [pixels: number, factor: number])[] = [
  [640 * 360, 1],
  [854 * 480, 2],
  [1280 * 720, 5],
  [1920 * 1080, 10],
  [2560 * 1440, 20],
  [3840 * 2160, 40],
];

/**
 * Moonlight's default bitrate in kbit/s (moonlight-qt, StreamingPreferences::getDefaultBitrate), in 32-bit floats as it is
 * computed there. The figure includes error correction and sound.
 */
export function moonlightBitrateKbps({ widthPx, heightPx, fps, yuv444 = false }: VideoMode & { readonly yuv444?: boolean }): number {
  const float = Math.fround;
  const frames = fps <= 60 ? fps : float(Math.sqrt(float(fps / 60)) * 60);
  const frameFactor = float(frames / 30);
  const factor = float(factorOfPixels(widthPx * heightPx) * (yuv444 ? 2 : 1));
  return Math.floor(float(float(factor * frameFactor) + 0.5)) * 1_000;
}

function factorOfPixels(pixels: number): number {
  const float = Math.fround;
  let below: readonly [number, number] = moonlightSteps[0] ?? [0, 1];
  for (const step of moonlightSteps) {
    const [stepPixels, factor] = step;
    if (pixels === stepPixels) return factor;
    if (pixels < stepPixels) {
      const [lowPixels, lowFactor] = below;
      if (below === step) return factor;
      return float(float(float(pixels - lowPixels) / (stepPixels - lowPixels)) * (factor - lowFactor) + lowFactor);
    }
    below = step;
  }
  return below[1];
}

/** Moonlight Embedded's default bitrate in kbit/s (config.c): steps by pixels, straight by frames per second. */
export function embeddedBitrateKbps({ widthPx, heightPx, fps }: VideoMode): number {
  const pixels = widthPx * heightPx;
  const steps = [
    [640 * 360, 1_000],
    [854 * 480, 1_500],
    [1366 * 768, 5_000],
    [1920 * 1200, 10_000],
    [2560 * 1600, 20_000],
  ] as const;
  const base = steps.find(([limit]) => pixels <= limit)?.[1] ?? 40_000;
  return Math.trunc((base * fps) / 30);
}

export interface EncoderShare {
  /** Percent of the bitrate that Sunshine spends on error correction (`fec_percentage`, 20 by default, at most 80). */
  readonly fecPercent: number;
  readonly audioChannels: 2 | 6 | 8;
}

/** What is left of a bitrate for the picture itself, in kbit/s (Sunshine, stream start). */
export function encoderKbps(bitrateKbps: number, { fecPercent, audioChannels }: EncoderShare): number {
  const afterFec = (bitrateKbps * (100 - Math.min(80, fecPercent))) / 100;
  const highQuality = bitrateKbps >= 15_000;
  const audio = Math.min(audioChannels * (highQuality ? 256 : 96), afterFec * 0.2);
  const afterAudio = afterFec - audio;
  return Math.floor(afterAudio - Math.min(500, afterAudio * 0.1));
}

/** Bytes around a packet of video: RTP with its extension 16, UDP and IPv4 28, Ethernet 18. */
const headerBytes = 16 + 28 + 18;

/** What a bitrate needs on the wire, headers included, in kbit/s. */
export function wireKbps(bitrateKbps: number, packetSize: number): number {
  return Math.ceil(bitrateKbps * (1 + headerBytes / packetSize));
}

/** Packets of one frame on average: with few of them, little can be repaired. */
export function packetsPerFrame(bitrateKbps: number, fps: number, packetSize: number): number {
  return (bitrateKbps * 1_000) / 8 / packetSize / fps;
}
