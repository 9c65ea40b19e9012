// Makes an incident of a recorded stretch: lanes, figures and events for its page, its trace, and the probable causes.
import type { FigureLane, Incident, IncidentEvent, IncidentSummary, SampleLane } from '../../common/incident';
import { isRetold } from '../../common/latency';
import type { TelemetryFigure, TelemetryReading, TelemetrySource } from '../../common/telemetry';
import { asIs, tell, type Told } from '../../common/told';
import type { VantageKind } from '../../common/vantage';
import { diagnose } from './diagnose';
import { incidentSteps } from './incident-steps';
import { traceLines, traceText } from './incident-trace';
import type { RawLane, Stretch } from './recorded-item';
import { readTrace } from './trace-reader';

export interface RecordAbout {
  readonly summary: IncidentSummary;
  /** The stream client, as people know it; null: none ran. */
  readonly clientName: string | null;
  /** The host's name in the network; null: no host of its own. */
  readonly hostAddress: string | null;
}

/** Events that a page bears; a client's log goes on in the trace. */
const mostEvents = 400;

/**
 * @param isJudged false: too early to say why
 * @returns the incident with its causes, and its trace as JSON Lines, from which they were found
 */
export function recordIncident(stretch: Stretch, { summary, clientName, hostAddress }: RecordAbout, isJudged = true): { readonly incident: Incident; readonly trace: string } {
  const { hostId, sessionId, beganAtMs } = summary;
  const trace = traceText(traceLines(stretch, { hostName: hostAddress, hostId, client: clientName, beganAtMs }));
  const causes = isJudged ? diagnose(readTrace(trace).trace) : [];
  const marks = stretch.sessions.filter((moment) => moment.sessionId === sessionId).map(({ mark }) => mark);
  const incident: Incident = {
    summary: { ...summary, cause: causes[0] ?? null },
    fromMs: stretch.fromMs,
    toMs: stretch.toMs,
    steps: incidentSteps(marks, beganAtMs),
    marks,
    causes,
    lanes: stretch.lanes.map(laneOf).sort((one, other) => placeOf(one) - placeOf(other)),
    figures: figureLanes(stretch.telemetry, summary),
    events: eventsOf(stretch, summary),
  };
  return { incident, trace };
}

const places: readonly VantageKind[] = ['self', 'gateway', 'peer', 'vmhost', 'host'];

function placeOf({ vantage, probe }: SampleLane): number {
  return places.indexOf(vantage.kind) * 10 + ['loop', 'icmp', 'tcp', 'http'].indexOf(probe);
}

/** A question that was answered too late stays lost on the page, as on every graph; the trace has its time. */
function laneOf({ vantage, probe, atMs, rttMs, flags }: RawLane): SampleLane {
  const kept = atMs.map((_, index) => index).filter((index) => !isRetold(flags[index]));
  return { vantage, probe, atMs: kept.map((index) => atMs[index] ?? 0), rttMs: kept.map((index) => rttMs[index] ?? null) };
}

interface FigureWords {
  readonly figure: Told;
  readonly unit: FigureLane['unit'];
  /** It counts since the machine's start: shown is its change a second. */
  readonly counts: boolean;
}

const figureWords: Readonly<Partial<Record<TelemetryFigure, FigureWords>>> = {
  psiCpu: { figure: tell`CPU pressure`, unit: '%', counts: false },
  runDelayPct: { figure: tell`Waiting for a processor`, unit: '%', counts: false },
  stealPct: { figure: tell`Stolen by the hypervisor`, unit: '%', counts: false },
  psiIo: { figure: tell`I/O pressure`, unit: '%', counts: false },
  psiMemory: { figure: tell`Memory pressure`, unit: '%', counts: false },
  rxBps: { figure: tell`Received`, unit: 'bit/s', counts: false },
  txBps: { figure: tell`Sent`, unit: 'bit/s', counts: false },
  rxDrops: { figure: tell`Dropped on receipt`, unit: '1/s', counts: true },
  txDrops: { figure: tell`Dropped before sending`, unit: '1/s', counts: true },
  rxErrors: { figure: tell`Receive errors`, unit: '1/s', counts: true },
  carrierChanges: { figure: tell`Link lost or found`, unit: '1/s', counts: true },
  wifiSignalDbm: { figure: tell`Wi-Fi signal`, unit: 'dBm', counts: false },
  udpRcvErrors: { figure: tell`UDP receive errors`, unit: '1/s', counts: true },
  qdiscDrops: { figure: tell`Dropped in the queue`, unit: '1/s', counts: true },
};

function figureLanes(telemetry: readonly TelemetryReading[], summary: IncidentSummary): FigureLane[] {
  const bySource = new Map<string, { readonly name: Told; readonly readings: TelemetryReading[] }>();
  for (const reading of telemetry) {
    if (reading.source.kind !== 'self' && reading.source.hostId !== summary.hostId) continue;
    const known = bySource.get(reading.source.kind) ?? { name: sourceName(reading.source, summary.hostName), readings: [] };
    known.readings.push(reading);
    bySource.set(reading.source.kind, known);
  }
  return [...bySource.values()].flatMap(({ name: source, readings }) =>
    (Object.keys(figureWords) as TelemetryFigure[]).flatMap((name) => {
      const words = figureWords[name];
      const lane = words && figureLane(source, name, words, readings);
      return lane ? [lane] : [];
    }),
  );
}

function figureLane(source: Told, name: TelemetryFigure, { figure, unit, counts }: FigureWords, readings: readonly TelemetryReading[]): FigureLane | null {
  const told = readings.filter(({ figures }) => figures[name] !== undefined);
  const values = told.map((reading, index) => (counts ? growth(told[index - 1], reading, name) : (reading.figures[name] ?? null)));
  // A counter that stood still all the time, or a figure nobody has, draws a line that says nothing.
  const isDull = counts ? values.every((value) => value === null || value === 0) : told.length === 0;
  return isDull ? null : { source, figure, unit, atMs: told.map(({ atMs }) => atMs), values };
}

/** A second; null where the counter began anew. */
function growth(before: TelemetryReading | undefined, now: TelemetryReading, name: TelemetryFigure): number | null {
  const from = before?.figures[name];
  const to = now.figures[name];
  if (before === undefined || from === undefined || to === undefined || to < from || now.atMs <= before.atMs) return null;
  return ((to - from) * 1_000) / (now.atMs - before.atMs);
}

function sourceName(source: TelemetrySource, hostName: string): Told {
  if (source.kind === 'self') return tell`This machine`;
  return source.kind === 'host' ? asIs(hostName) : tell`${hostName}’s VM host`;
}

function eventsOf(stretch: Stretch, { sessionId, hostId }: IncidentSummary): IncidentEvent[] {
  const within = ({ atMs }: { readonly atMs: number }): boolean => atMs >= stretch.fromMs;
  const events: IncidentEvent[] = [
    ...stretch.sessions.filter((moment) => moment.sessionId === sessionId).map(({ mark }): IncidentEvent => ({ atMs: mark.atMs, kind: 'mark', text: mark.text })),
    ...stretch.clients.filter((moment) => moment.sessionId === sessionId).map(({ atMs, event, text }): IncidentEvent => ({ atMs, kind: 'client', text: asIs(text ?? event) })),
    ...stretch.hosts
      .filter((moment) => moment.hostId === hostId && within(moment))
      .map(({ atMs, state, app }): IncidentEvent => ({ atMs, kind: 'host', text: app === null ? hostWords[state] : tell`${hostWords[state]}: ${app}` })),
    ...stretch.addresses
      .filter((reading) => reading.hostId === hostId && within(reading))
      .map(({ atMs, name, ip, mac }): IncidentEvent => ({ atMs, kind: 'address', text: mac === null ? tell`${name} is ${ip ?? tell`nowhere`}` : tell`${name} is ${ip ?? tell`nowhere`} at ${mac}` })),
    ...stretch.changes.map(({ atMs, text }): IncidentEvent => ({ atMs, kind: 'change', text: asIs(text) })),
  ];
  return events.sort((one, other) => one.atMs - other.atMs).slice(-mostEvents);
}

const hostWords = { busy: tell`The host runs an app`, free: tell`The host runs no app`, unreachable: tell`The host does not answer`, asleep: tell`The host is asleep or off` } as const;
