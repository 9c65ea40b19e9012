// What a profile costs and whether it fits, for people: the arithmetic of the stream beside the path as it was measured.
import type { LatencySummary } from '../../common/latency';
import type { ProfileValues, StreamBudgetView } from '../../common/profile';
import { adviseBitrate, type Link, type MeasuredPath } from '../session/bitrate-advice';
import { rawLinkRate } from '../session/stream-budget';

/** Bits of a pixel on a display cable: three colours of 8 or, with HDR, 10 bits, whatever the stream leaves out of them. */
const cableBits = { sdr: 24, hdr: 30 } as const;

export interface StreamSurroundings {
  readonly path: MeasuredPath;
  /** Of this machine; null: not known. */
  readonly link: Link | null;
}

export function streamBudgetView(values: ProfileValues, { path, link }: StreamSurroundings): StreamBudgetView {
  const { widthPx, heightPx, fps, yuv444, hdr, bitrateKbps, packetSize } = values;
  const mode = { widthPx, heightPx, fps, yuv444 };
  const advice = adviseBitrate({ mode, bitrateKbps, packetSize, path, link });
  return {
    ...advice,
    rawLinkKbps: rawLinkRate(mode, hdr ? cableBits.hdr : cableBits.sdr, 'cvt-rb2') / 1_000,
    link,
    notes: advice.notes.map((note) => ({ ...note })),
  };
}

/** Fewer samples than this say nothing about a tail or a loss of one in a thousand. */
const fewestSamples = 20;

/**
 * The path to a host from what its probes have summed up: echo where it is answered, else the time to connect. Both are
 * small packets; what a stream loses under load, only the stream itself shows.
 * @param reordering a client has seen packets of a stream from this host out of order
 */
export function measuredPath(summaries: readonly LatencySummary[], reordering: boolean): MeasuredPath {
  const answered = summaries.filter(({ sent, lost }) => sent >= fewestSamples && sent > lost);
  const best = answered.find(({ probe }) => probe === 'icmp') ?? answered[0];
  return {
    lossRatio: best?.lossRatio ?? null,
    jitterMs: best?.jitterMs ?? null,
    p50Ms: best?.p50Ms ?? null,
    p95Ms: best?.p95Ms ?? null,
    reordering,
  };
}
