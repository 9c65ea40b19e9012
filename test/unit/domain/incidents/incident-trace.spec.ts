// What is recorded, kept and exported as a trace is diagnosed as the incident was, and as the trace it was made from.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostId, SessionId } from '../../../../electron/common/ids';
import { incidentIdSchema, type IncidentSummary } from '../../../../electron/common/incident';
import { sampleFlags } from '../../../../electron/common/latency';
import { tell } from '../../../../electron/common/told';
import type { TraceLine, TraceTarget } from '../../../../electron/common/trace';
import { gatewayVantage, hostVantage, peerVantage, selfVantage, vantageHost, vantageKind, vmHostVantage, type VantageId } from '../../../../electron/common/vantage';
import { diagnose } from '../../../../electron/domain/incidents/diagnose';
import { recordIncident } from '../../../../electron/domain/incidents/incident-record';
import type { RawLane, RecordedItem, Stretch } from '../../../../electron/domain/incidents/recorded-item';
import { readTrace } from '../../../../electron/domain/incidents/trace-reader';
import { generateTrace, traceCases, traceText } from '../../../bench/diagnosis/generate';
import { FlightWorld, startMs } from '../../adapters/store/flight-world';

const rig = 'rig' as HostId;
const sessionId = 's1' as SessionId;
const summary: IncidentSummary = {
  id: incidentIdSchema.parse('20261123-060000-0001'),
  kind: 'interruption',
  beganAtMs: startMs + 60_000,
  endedAtMs: startMs + 90_000,
  hostId: rig,
  hostName: 'RIG',
  entryId: null,
  entryName: null,
  sessionId,
  headline: tell`RIG was lost`,
  cause: null,
};

const vantages: Readonly<Record<TraceTarget, VantageId>> = {
  self: selfVantage,
  gateway: gatewayVantage,
  host: hostVantage(rig),
  port: hostVantage(rig),
  vmhost: vmHostVantage(rig),
  peer: peerVantage('192.168.1.7'),
};

/** As the recorder would have been told of it. @param host the name that the trace's host has */
function itemsOf(lines: readonly TraceLine[]): RecordedItem[] {
  return lines.flatMap((line): RecordedItem[] => {
    if (line.kind === 'meta') return [];
    const atMs = startMs + line.tMs;
    switch (line.kind) {
      case 'sample': {
        const flags = (line.late ? sampleFlags.late : 0) | (line.reordered ? sampleFlags.reordered : 0) | (line.duplicate ? sampleFlags.duplicate : 0);
        const batch = { vantage: vantages[line.target], probe: line.probe, atMs: [atMs], rttMs: [line.rttMs], flags: [flags] };
        // A late answer comes after its question was told as lost.
        const lost = line.late ? [{ kind: 'samples' as const, batch: { ...batch, rttMs: [null], flags: [0] } }] : [];
        return [...lost, { kind: 'samples', batch }];
      }
      case 'telemetry': {
        const { kind: _kind, tMs: _tMs, source, ...told } = line;
        const figures = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null));
        return [{ kind: 'telemetry', reading: { source: source === 'self' ? { kind: 'self' } : { kind: source, hostId: rig }, atMs, figures } }];
      }
      case 'address':
        return [{ kind: 'address', reading: { hostId: rig, atMs, name: line.name, ip: line.ip ?? null, mac: line.mac ?? null, uniqueId: line.uniqueId ?? null, certSha256: line.certSha256 ?? null } }];
      case 'client':
        return [{ kind: 'client', moment: { atMs, sessionId, hostId: rig, event: line.event, text: line.text ?? null, code: line.code ?? null, signal: line.signal ?? null } }];
      case 'host':
        return [{ kind: 'host', moment: { atMs, hostId: rig, state: line.state, app: line.app ?? null, uptimeS: line.uptimeS ?? null } }];
    }
  });
}

const place: { world: FlightWorld } = { world: undefined as unknown as FlightWorld };
beforeEach(() => {
  place.world = new FlightWorld();
});
afterEach(() => place.world.end());

describe('a recorded fault', () => {
  // Every third of the simulated faults: the bench tries them all, without the store.
  it.each(traceCases.filter((_, index) => index % 3 === 0).map((traceCase) => [traceCase.name, traceCase] as const))('%s has the same first cause as the trace it was told from', (_name, traceCase) => {
    const { world } = place;
    const text = traceText(generateTrace(traceCase, 0));
    const { trace } = readTrace(text);
    const lines: TraceLine[] = [...trace.samples, ...trace.telemetry, ...trace.addresses, ...trace.client, ...trace.host];
    const { store, answers } = world.open();
    store.add(itemsOf(lines));
    const lastMs = Math.max(...lines.map((line) => (line.kind === 'meta' ? 0 : line.tMs)));
    world.nowMs = startMs + lastMs + 1_000;
    const about = { summary, clientName: trace.meta.client ?? null, hostAddress: trace.meta.host ?? null };
    const kept = answers.keepIncident({ ...about, fromMs: startMs, toMs: startMs + lastMs + 1, isJudged: true, replaces: null });
    const wanted = diagnose(trace);
    expect(kept).toMatchObject({ ok: true, value: { cause: { cause: wanted[0]?.cause } } });

    const exported = answers.report(summary.id, 'trace');
    if (!exported.ok) throw new Error(exported.failure.message);
    const again = readTrace(exported.value);
    expect(again.problems).toEqual([]);
    expect(answers.incident(summary.id)).toMatchObject({ ok: true, value: { causes: diagnose(again.trace) } });
  });
});

const moments = fc.array(fc.integer({ min: 0, max: 119_999 }), { maxLength: 60 });
const texts = fc.option(fc.string({ maxLength: 40 }), { nil: null });
const laneArbitrary = fc
  .record({
    vantage: fc.constantFrom(...Object.values(vantages)),
    probe: fc.constantFrom('icmp' as const, 'tcp' as const, 'http' as const, 'loop' as const),
    samples: fc.array(fc.tuple(fc.integer({ min: 0, max: 119_999 }), fc.option(fc.double({ min: 0, max: 60_000, noNaN: true }), { nil: null }), fc.integer({ min: 0, max: 7 })), { maxLength: 80 }),
  })
  .map(({ vantage, probe, samples }): RawLane => {
    const sorted = [...samples].sort(([one], [other]) => one - other);
    return {
      vantage: { id: vantage, kind: vantageKind(vantage), name: vantage, address: null, hostId: vantageHost(vantage) },
      probe,
      atMs: sorted.map(([at]) => startMs + at),
      rttMs: sorted.map(([, rtt]) => rtt),
      flags: sorted.map(([, , flags]) => flags),
    };
  });
const stretchArbitrary = fc
  .record({ lanes: fc.array(laneArbitrary, { maxLength: 6 }), clients: fc.array(fc.tuple(fc.integer({ min: 0, max: 119_999 }), texts), { maxLength: 10 }), spikes: moments, readings: moments })
  .map(
    ({ lanes, clients, spikes, readings }): Stretch => ({
      fromMs: startMs,
      toMs: startMs + 120_000,
      lanes,
      telemetry: [...readings].sort((one, other) => one - other).map((at, index) => ({ source: index % 3 === 0 ? { kind: 'self' as const } : { kind: 'host' as const, hostId: rig }, atMs: startMs + at, figures: { psiCpu: index, rxDrops: at, uptimeS: at, linkUp: true } })),
      addresses: [{ hostId: rig, atMs: startMs - 5_000, name: 'rig.lan', ip: '10.0.0.2', mac: null, uniqueId: null, certSha256: null }],
      sessions: [],
      clients: [...clients].sort(([one], [other]) => one - other).map(([at, text]) => ({ atMs: startMs + at, sessionId, hostId: rig, event: 'line' as const, text, code: null, signal: null })),
      hosts: [],
      changes: [],
      earlierSpikes: [...spikes].sort((one, other) => one - other).map((at) => ({ atMs: startMs - 600_000 + at, vantage: hostVantage(rig), probe: 'icmp' as const, peakMs: null })),
    }),
  );

describe('any recorded stretch', () => {
  it('makes a trace that is read without a problem, to the same causes', () => {
    fc.assert(
      fc.property(stretchArbitrary, (stretch) => {
        const { incident, trace } = recordIncident(stretch, { summary, clientName: 'Moonlight', hostAddress: 'rig.lan' });
        const read = readTrace(trace);
        expect(read.problems).toEqual([]);
        expect(diagnose(read.trace)).toEqual(incident.causes);
        expect(read.trace.meta).toMatchObject({ host: 'rig.lan', client: 'Moonlight', startedAt: startMs });
      }),
      { numRuns: 40 },
    );
  });

  it('tells a late answer once, with its time, in place of the loss', () => {
    const lane: RawLane = { vantage: { id: hostVantage(rig), kind: 'host', name: 'RIG', address: null, hostId: rig }, probe: 'icmp', atMs: [startMs, startMs + 200, startMs + 200], rttMs: [0.5, null, 2_300], flags: [0, 0, sampleFlags.late] };
    const stretch: Stretch = { fromMs: startMs, toMs: startMs + 1_000, lanes: [lane], telemetry: [], addresses: [], sessions: [], clients: [], hosts: [], changes: [], earlierSpikes: [] };
    const { incident, trace } = recordIncident(stretch, { summary, clientName: null, hostAddress: null });
    expect(readTrace(trace).trace.samples).toMatchObject([{ tMs: 0, rttMs: 0.5 }, { tMs: 200, rttMs: 2_300, late: true }]);
    // On the page it stays lost, as on every graph.
    expect(incident.lanes[0]).toMatchObject({ atMs: [startMs, startMs + 200], rttMs: [0.5, null] });
  });
});
