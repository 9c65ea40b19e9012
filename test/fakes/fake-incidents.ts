// Incidents as a home network makes them, each with all that its page and its file show; the same moment always looks the same.
import type { EntryId, HostId, SessionId } from '../../electron/common/ids';
import type { FigureLane, Incident, IncidentEvent, IncidentId, IncidentSummary, SampleLane } from '../../electron/common/incident';
import type { ProbeKind } from '../../electron/common/latency';
import type { Mark } from '../../electron/common/session';
import { asIs, tell } from '../../electron/common/told';
import type { Cause } from '../../electron/common/trace';
import { gatewayVantage, hostVantage, peerVantage, selfVantage, vmHostVantage, type VantagePoint } from '../../electron/common/vantage';
import { fakeRtt, type FakeNetwork } from './fake-samples';

const workshop = 'workshop' as HostId;
const aroundMs = 60_000;

export const fakeVantages: readonly VantagePoint[] = [
  { id: selfVantage, kind: 'self', name: 'This machine', address: null, hostId: null },
  { id: gatewayVantage, kind: 'gateway', name: 'Gateway', address: '192.168.1.1', hostId: null },
  { id: peerVantage('192.168.1.7'), kind: 'peer', name: 'nas', address: '192.168.1.7', hostId: null },
  { id: vmHostVantage(workshop), kind: 'vmhost', name: "Workshop's VM host", address: '192.168.1.10', hostId: workshop },
  { id: hostVantage(workshop), kind: 'host', name: 'Workshop', address: '192.168.1.20', hostId: workshop },
];

const baseMs: Readonly<Record<string, number>> = { self: 0.06, gateway: 0.42, peer: 0.38, vmhost: 0.5, host: 0.9 };

function pointOf(kind: string): VantagePoint {
  const point = fakeVantages.find((one) => one.kind === kind);
  if (point === undefined) throw new Error(`the fake has no vantage point ${kind}`);
  return point;
}

/** @param everyMs distance of two questions */
function laneOf(kind: string, probe: ProbeKind, network: FakeNetwork, fromMs: number, toMs: number, everyMs = 200): SampleLane {
  const atMs: number[] = [];
  for (let at = Math.ceil(fromMs / everyMs) * everyMs; at < toMs; at += everyMs) atMs.push(at);
  return { vantage: pointOf(kind), probe, atMs, rttMs: atMs.map((at) => fakeRtt(network, probe, at)) };
}

function figureOf(source: string, figure: string, unit: FigureLane['unit'], fromMs: number, toMs: number, at: (ms: number) => number | null): FigureLane {
  const atMs: number[] = [];
  for (let moment = Math.ceil(fromMs / 1_000) * 1_000; moment < toMs; moment += 1_000) atMs.push(moment);
  return { source: asIs(source), figure: asIs(figure), unit, atMs, values: atMs.map(at) };
}

interface Sketch {
  readonly kind: IncidentSummary['kind'];
  readonly beganAtMs: number;
  /** Null: it goes on. */
  readonly lastedMs: number | null;
  readonly headline: string;
  readonly causes: readonly Cause[];
  /** Vantage points that fall silent with the trouble. */
  readonly silent: readonly string[];
  /** Figure that moves with it. */
  readonly moved: { readonly source: string; readonly figure: string; readonly unit: FigureLane['unit']; readonly usual: number; readonly high: number };
  readonly marks: readonly Mark[];
  readonly events: readonly IncidentEvent[];
  readonly streamed: boolean;
}

function incidentOf(sketch: Sketch): Incident {
  const { beganAtMs, lastedMs, moved } = sketch;
  const stamp = new Date(beganAtMs).toISOString().replaceAll(/[-:]/g, '');
  const endedAtMs = lastedMs === null ? null : beganAtMs + lastedMs;
  const troubleEndMs = endedAtMs ?? beganAtMs + 12_000;
  const fromMs = beganAtMs - aroundMs;
  const toMs = troubleEndMs + (lastedMs === null ? 0 : aroundMs);
  const networkOf = (kind: string): FakeNetwork => ({
    baseMs: baseMs[kind] ?? 1,
    spikes: kind === 'self' ? 0 : 4,
    losses: kind === 'self' ? 0 : 2,
    outages: sketch.silent.includes(kind) ? [{ fromMs: beganAtMs, toMs: troubleEndMs }] : [],
  });
  const inTrouble = (ms: number): boolean => ms >= beganAtMs - 1_000 && ms <= troubleEndMs;
  const wave = (ms: number): number => 1 + 0.2 * Math.sin(ms / 2_300);
  return {
    summary: {
      id: `${stamp.slice(0, 8)}-${stamp.slice(9, 15)}-00${(Math.floor(beganAtMs / 1000) % 256).toString(16).padStart(2, '0')}` as IncidentId,
      kind: sketch.kind,
      beganAtMs,
      endedAtMs,
      hostId: workshop,
      hostName: 'Workshop',
      entryId: sketch.streamed ? ('factorio' as EntryId) : null,
      entryName: sketch.streamed ? 'Factorio' : null,
      sessionId: sketch.streamed ? ('session-1' as SessionId) : null,
      headline: asIs(sketch.headline),
      cause: sketch.causes[0] ?? null,
    },
    fromMs,
    toMs,
    steps: stepsOf(sketch.marks, sketch.kind === 'interruption'),
    marks: [...sketch.marks],
    causes: [...sketch.causes],
    lanes: [
      laneOf('self', 'loop', networkOf('self'), fromMs, toMs),
      laneOf('gateway', 'icmp', networkOf('gateway'), fromMs, toMs),
      laneOf('peer', 'icmp', networkOf('peer'), fromMs, toMs),
      laneOf('vmhost', 'icmp', networkOf('vmhost'), fromMs, toMs),
      laneOf('host', 'icmp', networkOf('host'), fromMs, toMs),
      laneOf('host', 'tcp', networkOf('host'), fromMs, toMs, 1_000),
    ],
    figures: [
      figureOf('This machine', 'CPU pressure', '%', fromMs, toMs, (ms) => 1.5 * wave(ms)),
      figureOf('This machine', 'Received', 'bit/s', fromMs, toMs, (ms) => (sketch.streamed && inTrouble(ms) ? 20_000 : 48_000_000 * wave(ms))),
      figureOf(moved.source, moved.figure, moved.unit, fromMs, toMs, (ms) => (inTrouble(ms) ? moved.high : moved.usual) * wave(ms)),
    ],
    events: [...sketch.events],
  };
}

function stepsOf(marks: readonly Mark[], measured: boolean): Incident['steps'] {
  const at = (kind: Mark['kind']): number | null => marks.find((mark) => mark.kind === kind)?.atMs ?? null;
  const between = (from: number | null, to: number | null): number | null => (from === null || to === null ? null : to - from);
  return {
    detectMs: measured && at('interrupted') !== null ? 5.4 : null,
    pauseMs: between(at('interrupted'), at('paused')),
    gateMs: between(at('interrupted'), at('gate-open')),
    reconnectMs: between(at('client-started'), at('reconnected')),
    resumeMs: between(at('reconnected'), at('resumed')),
  };
}

function journey(lostAtMs: number, awayMs: number): Mark[] {
  return [
    { kind: 'interrupted', atMs: lostAtMs, text: tell`Connection lost: nothing came from the host for 5 s` },
    { kind: 'paused', atMs: lostAtMs + 21, text: tell`App paused: 3 processes stopped, verified` },
    { kind: 'gate-open', atMs: lostAtMs + awayMs, text: tell`Network is fit` },
    { kind: 'client-started', atMs: lostAtMs + awayMs + 4, text: tell`Moonlight 6.1.0 started` },
    { kind: 'reconnected', atMs: lostAtMs + awayMs + 640, text: tell`Streaming again` },
    { kind: 'resumed', atMs: lostAtMs + awayMs + 3_655, text: tell`App runs on: 3 processes, verified` },
  ];
}

function cause(name: Cause['cause'], confidence: number, evidence: readonly string[], against: readonly string[], confirm: string, fix: string): Cause {
  return { cause: name, confidence, evidence: evidence.map(asIs), against: against.map(asIs), confirm: asIs(confirm), fix: asIs(fix) };
}

const notSure = cause(
  'unknown',
  0.05,
  ['Something that is not in the table may look the same.', 'Measured: gateway, host, peer, vmhost, self.'],
  [],
  'Let Athena read the host’s own figures over SSH: pressure, steal, network card.',
  'Keep the recorder running: the next incident tells more when the missing vantage points are measured.',
);

/** Newest first; the first one goes on. */
export function fakeIncidents(nowMs: number): Incident[] {
  const lostMs = nowMs - 12_000;
  const pressureMs = nowMs - 2 * 3_600_000;
  const routerMs = nowMs - 26 * 3_600_000;
  const crashMs = nowMs - 3 * 86_400_000;
  return [
    incidentOf({
      kind: 'loss-burst',
      beganAtMs: lostMs,
      lastedMs: null,
      headline: 'Workshop does not answer',
      causes: [],
      silent: ['host'],
      moved: { source: "Workshop's VM host", figure: 'CPU pressure', unit: '%', usual: 4, high: 6 },
      marks: journey(lostMs + 5_000, 600_000).slice(0, 2),
      events: [{ atMs: lostMs + 5_000, kind: 'client', text: tell`Connection terminated` }],
      streamed: true,
    }),
    incidentOf({
      kind: 'interruption',
      beganAtMs: pressureMs,
      lastedMs: 6_200,
      headline: 'Workshop did not answer for 6.2 s',
      causes: [
        cause(
          'vm-host-cpu-pressure',
          0.86,
          ['The VM host’s CPU pressure rose from 4 % to 71 % in the same seconds.', 'Host and VM host were silent together, gateway and peer were not.'],
          ['The host’s own steal time is not told.'],
          'Watch /proc/pressure/cpu on the VM host while it happens again.',
          'Give the VM fixed cores (CPU pinning), or move backups and other VMs to other hours.',
        ),
        cause('nic-contention', 0.22, ['The VM host’s network card was at 61 % of its rate.'], ['The gateway answered as ever.'], 'Look at the switch’s counters for that port.', 'Give the VM a network card of its own.'),
        notSure,
      ],
      silent: ['host', 'vmhost'],
      moved: { source: "Workshop's VM host", figure: 'CPU pressure', unit: '%', usual: 4, high: 71 },
      marks: journey(pressureMs + 5_100, 2_300),
      events: [
        { atMs: pressureMs + 4_800, kind: 'client', text: tell`Waiting for IDR frame` },
        { atMs: pressureMs + 5_100, kind: 'client', text: tell`Connection terminated (-1)` },
        { atMs: pressureMs + 5_200, kind: 'host', text: tell`busy with Factorio` },
        { atMs: pressureMs - 40_000, kind: 'change', text: tell`Started the nightly backup <b>by hand</b>` },
      ],
      streamed: true,
    }),
    incidentOf({
      kind: 'spike',
      beganAtMs: routerMs,
      lastedMs: 1_400,
      headline: 'Gateway and everybody behind it answered up to 312 ms late',
      causes: [
        cause('router-freeze', 0.74, ['Gateway, host and VM host were bad in the same second.', 'This machine itself was not busy.'], [], 'Measure a peer on the same switch beside the gateway.', 'Update the router’s firmware, and switch off its traffic analysis.'),
        notSure,
      ],
      silent: ['gateway', 'host', 'vmhost'],
      moved: { source: 'This machine', figure: 'Receive drops', unit: '1/s', usual: 0, high: 14 },
      marks: [],
      events: [{ atMs: routerMs + 300, kind: 'address', text: tell`workshop.lan is 192.168.1.20 at aa:bb:cc:dd:ee:01` }],
      streamed: false,
    }),
    incidentOf({
      kind: 'interruption',
      beganAtMs: crashMs,
      lastedMs: 900,
      headline: 'Moonlight 6.1.0 crashed (SIGSEGV)',
      causes: [
        cause('client-crash', 0.95, ['The client ended with SIGSEGV.', 'The network was fit all the time.'], [], 'Start Moonlight with software decoding and see whether it still crashes.', 'Update Moonlight and the graphics driver.'),
        notSure,
      ],
      silent: [],
      moved: { source: 'This machine', figure: 'I/O pressure', unit: '%', usual: 1, high: 1 },
      marks: journey(crashMs, 20),
      events: [{ atMs: crashMs, kind: 'client', text: tell`The client crashed (SIGSEGV)` }],
      streamed: true,
    }),
  ];
}
