// Athena's advice on a stream's bitrate, from the measured path and the speed of the link, with figures and words.
import { tell, type Told } from '../../common/told';
import { packetsPerFrame, moonlightBitrateKbps, wireKbps, type VideoMode } from './stream-budget';

/** The path to the host as measured; null: not measured. */
export interface MeasuredPath {
  readonly lossRatio: number | null;
  readonly jitterMs: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly reordering: boolean;
}

export interface Link {
  readonly speedMbps: number;
  readonly medium: 'wired' | 'wireless' | 'unknown';
}

export interface BudgetRequest {
  readonly mode: VideoMode & { readonly yuv444: boolean };
  /** What the profile says; it may be Moonlight's own default. */
  readonly bitrateKbps: number;
  readonly packetSize: number;
  readonly path: MeasuredPath;
  /** The slower of the two ends' links; null: not known. */
  readonly link: Link | null;
}

export type BudgetWarning = 'link-too-slow' | 'link-tight' | 'loss' | 'queueing' | 'jitter' | 'few-packets';

export interface BudgetNote {
  readonly kind: BudgetWarning;
  readonly text: Told;
}

export interface StreamBudget {
  readonly defaultKbps: number;
  /** What Athena would set: never above what the profile says, nor below 500. */
  readonly advisedKbps: number;
  /** What the profile's bitrate needs on the wire. */
  readonly wireKbps: number;
  /** What the link carries for a stream; null: not known. */
  readonly usableKbps: number | null;
  readonly fits: 'yes' | 'tight' | 'no' | 'unknown';
  readonly notes: readonly BudgetNote[];
}

/**
 * Share of a link's nominal speed that a steady stream may count on. Wi-Fi shows its symbol rate, of which little more
 * than half is left for data even with nobody else on the air; whole pictures come as bursts several times the average.
 */
const usableShare: Readonly<Record<Link['medium'], number>> = { wired: 0.8, wireless: 0.4, unknown: 0.5 };

/** A stream above this share of what is usable leaves nothing for a whole picture. */
const tightShare = 0.75;

export function adviseBitrate({ mode, bitrateKbps, packetSize, path, link }: BudgetRequest): StreamBudget {
  const defaultKbps = moonlightBitrateKbps(mode);
  const needed = wireKbps(bitrateKbps, packetSize);
  const usableKbps = link && Math.floor(link.speedMbps * 1_000 * usableShare[link.medium]);
  const fits = fitOf(needed, usableKbps);
  const notes: BudgetNote[] = [];
  let advised = bitrateKbps;

  if (usableKbps !== null && link !== null && (fits === 'no' || fits === 'tight')) {
    advised = Math.min(advised, (usableKbps * tightShare * bitrateKbps) / needed);
    notes.push({ kind: fits === 'no' ? 'link-too-slow' : 'link-tight', text: linkWords(needed, usableKbps, link, fits) });
  }
  const byPath = [lossNote(path), queueNote(path, mode.fps)].filter((note) => note !== null);
  for (const { share, ...note } of byPath) {
    // A share of Moonlight's own figure, not of what is set: advice that was taken must not be given again.
    advised = Math.min(advised, defaultKbps * share);
    notes.push(note);
  }
  const frameMs = 1_000 / mode.fps;
  if (path.jitterMs !== null && path.jitterMs > frameMs / 2) {
    notes.push({
      kind: 'jitter',
      text: tell`Jitter of ${round(path.jitterMs)} ms is more than half of the ${round(frameMs)} ms between two frames at ${mode.fps} fps: motion will stutter. Frame pacing, fewer frames or a cable help; a lower bitrate does not.`,
    });
  }
  const packets = packetsPerFrame(advised, mode.fps, packetSize);
  if (path.reordering && packets < 10) {
    notes.push({
      kind: 'few-packets',
      text: tell`Packets arrive out of order, and a frame has only ${round(packets)} of them: little can be repaired. A higher bitrate or smaller packets help here.`,
    });
  }
  return { defaultKbps, advisedKbps: advised >= bitrateKbps ? bitrateKbps : tidy(advised), wireKbps: needed, usableKbps, fits, notes };
}

function fitOf(needed: number, usable: number | null): StreamBudget['fits'] {
  if (usable === null) return 'unknown';
  if (needed > usable) return 'no';
  return needed > usable * tightShare ? 'tight' : 'yes';
}

function linkWords(needed: number, usable: number, link: Link, fits: 'tight' | 'no'): Told {
  const figures = tell`The stream needs ${megabits(needed)} on the wire; of this ${round(link.speedMbps)} Mbit/s ${mediumWords[link.medium]}, a stream can count on ${megabits(usable)}`;
  return fits === 'no' ? tell`${figures}: it can’t fit.` : tell`${figures}: a whole picture will not come through in time.`;
}

const mediumWords: Readonly<Record<Link['medium'], Told>> = { wired: tell`wired link`, wireless: tell`Wi-Fi link`, unknown: tell`link` };

type PathNote = BudgetNote & { readonly share: number };

/** Error correction (20 %) repairs single losses; what is lost in bursts, or to a full queue, it does not. */
function lossNote({ lossRatio }: MeasuredPath): PathNote | null {
  if (lossRatio === null || lossRatio <= 0.001) return null;
  const share = lossRatio > 0.05 ? 0.4 : lossRatio > 0.01 ? 0.6 : 0.8;
  const percent = tell`${round(lossRatio * 100)} %`;
  return { kind: 'loss', share, text: tell`${percent} of the probes are lost: with ${Math.round(share * 100)} % of the usual bitrate, fewer frames break.` };
}

/** A slow tail over a quick middle means that packets wait in a queue, which a lower rate empties. */
function queueNote({ p50Ms, p95Ms }: MeasuredPath, fps: number): PathNote | null {
  if (p50Ms === null || p95Ms === null) return null;
  const tailMs = p95Ms - p50Ms;
  if (tailMs <= 2_000 / fps) return null;
  return { kind: 'queueing', share: 0.75, text: tell`One answer in twenty takes ${round(tailMs)} ms longer than usual, more than two frames: packets wait in a queue, and a lower bitrate shortens it.` };
}

/** Down to a round figure, as people set it. */
function tidy(kbps: number): number {
  const step = kbps >= 10_000 ? 1_000 : 500;
  return Math.max(500, Math.floor(kbps / step) * step);
}

function megabits(kbps: number): Told {
  return tell`${round(kbps / 1_000)} Mbit/s`;
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
}
