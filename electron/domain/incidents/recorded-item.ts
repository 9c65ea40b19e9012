// What the flight recorder is given to keep, and a stretch of it as it is read back.
import type { EntryId, HostId, SessionId } from '../../common/ids';
import type { ProbeKind, SampleBatch } from '../../common/latency';
import type { Mark } from '../../common/session';
import type { AddressReading, TelemetryReading } from '../../common/telemetry';
import type { TraceClient, TraceHost } from '../../common/trace';
import type { VantageId, VantagePoint } from '../../common/vantage';

/** What a stream client said or came to; times are epoch milliseconds. */
export interface ClientMoment {
  readonly atMs: number;
  readonly sessionId: SessionId;
  readonly hostId: HostId;
  readonly event: TraceClient['event'];
  readonly text: string | null;
  readonly code: number | null;
  readonly signal: string | null;
}

/** What a host was seen to do. */
export interface HostMoment {
  readonly atMs: number;
  readonly hostId: HostId;
  readonly state: TraceHost['state'];
  readonly app: string | null;
  readonly uptimeS: number | null;
}

export interface SessionMoment {
  readonly sessionId: SessionId;
  readonly hostId: HostId;
  readonly entryId: EntryId;
  readonly mark: Mark;
}

/** One trouble of one vantage point, also where it made no incident of its own: what comes by the clock shows in these. */
export interface SpikeMoment {
  readonly atMs: number;
  readonly vantage: VantageId;
  readonly probe: ProbeKind;
  /** Milliseconds; null: nothing but losses. */
  readonly peakMs: number | null;
}

export type RecordedItem =
  | { readonly kind: 'samples'; readonly batch: SampleBatch }
  | { readonly kind: 'telemetry'; readonly reading: TelemetryReading }
  | { readonly kind: 'address'; readonly reading: AddressReading }
  | { readonly kind: 'session'; readonly moment: SessionMoment }
  | { readonly kind: 'client'; readonly moment: ClientMoment }
  | { readonly kind: 'host'; readonly moment: HostMoment }
  | { readonly kind: 'spike'; readonly moment: SpikeMoment }
  | { readonly kind: 'vantages'; readonly points: readonly VantagePoint[]; readonly atMs: number };

/** Samples of one vantage point and probe as they were told, in order of sending; `flags` as in `sampleFlags`. */
export interface RawLane {
  readonly vantage: VantagePoint;
  readonly probe: ProbeKind;
  readonly atMs: readonly number[];
  readonly rttMs: readonly (number | null)[];
  readonly flags: readonly number[];
}

/** Everything of a stretch of time; each list in order of time. */
export interface Stretch {
  /** Epoch milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly lanes: readonly RawLane[];
  readonly telemetry: readonly TelemetryReading[];
  /** Of each host also the last one before the stretch. */
  readonly addresses: readonly AddressReading[];
  readonly sessions: readonly SessionMoment[];
  readonly clients: readonly ClientMoment[];
  /** Of each host also the last one before the stretch. */
  readonly hosts: readonly HostMoment[];
  readonly changes: readonly { readonly atMs: number; readonly text: string }[];
  /** Troubles of the week before the stretch. */
  readonly earlierSpikes: readonly SpikeMoment[];
}
