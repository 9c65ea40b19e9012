// What the flight recorder has kept in the scenes that are about it: nothing, hundreds, and texts that mean harm.
import type { HostId } from '../../electron/common/ids';
import type { Incident, IncidentId } from '../../electron/common/incident';
import { asIs, tell } from '../../electron/common/told';
import type { CauseId } from '../../electron/common/trace';
import type { VantagePoint } from '../../electron/common/vantage';
import type { FakeScene } from './fake-bridge';
import { fakeIncidents, fakeVantages } from './fake-incidents';

const hostileName = `Rig "' <img src=x onerror="window.owned = true"> \u202egnp.exe\u202c ${'x'.repeat(500)}`;

/** @param name other scenes have the usual ones */
export function incidentScene(name: string, nowMs: number): Pick<FakeScene, 'incidents' | 'vantages'> {
  switch (name) {
    case 'empty':
      return { incidents: [], vantages: [] };
    case 'incidents-many':
      return { incidents: manyIncidents(nowMs) };
    case 'incidents-one':
      return { incidents: fakeIncidents(nowMs).slice(1, 2) };
    case 'incidents-unknown':
      return { incidents: unknownIncidents(nowMs) };
    case 'incidents-hostile':
      return { incidents: fakeIncidents(nowMs).map(hostile), vantages: fakeVantages.map((point): VantagePoint => ({ ...point, name: `${hostileName} ${point.kind}` })) };
    default:
      return {};
  }
}

const causes: readonly CauseId[] = ['vm-host-cpu-pressure', 'router-freeze', 'wifi', 'periodic-job', 'unknown'];

/** Three hundred of five causes on two hosts, an hour apart. */
function manyIncidents(nowMs: number): Incident[] {
  const model = fakeIncidents(nowMs)[1];
  if (model === undefined) throw new Error('the fake has no incident to copy');
  return Array.from({ length: 300 }, (_, index): Incident => {
    const beganAtMs = nowMs - (index + 1) * 3_600_000;
    const cause = causes[index % causes.length] ?? 'unknown';
    const likeliest = model.causes[0];
    const isAttic = index % 2 === 1;
    return {
      ...model,
      summary: {
        ...model.summary,
        id: `20261101-000000-${index.toString(16).padStart(4, '0')}` as IncidentId,
        beganAtMs,
        endedAtMs: beganAtMs + 2_000 + index * 10,
        hostId: (isAttic ? 'attic' : 'workshop') as HostId,
        hostName: isAttic ? 'Attic PC' : 'Workshop',
        headline: tell`Incident number ${index + 1}`,
        cause: likeliest === undefined ? null : { ...likeliest, cause, confidence: 0.3 + (index % 7) / 10 },
      },
    };
  });
}

/** The rules found nothing, and say so. */
function unknownIncidents(nowMs: number): Incident[] {
  return fakeIncidents(nowMs)
    .slice(1, 2)
    .map((incident): Incident => {
      const causesLeft = incident.causes.filter(({ cause }) => cause === 'unknown');
      return { ...incident, causes: causesLeft, summary: { ...incident.summary, cause: causesLeft[0] ?? null } };
    });
}

function hostile(incident: Incident): Incident {
  return {
    ...incident,
    summary: { ...incident.summary, hostName: hostileName, headline: tell`${hostileName} did not answer`, entryName: hostileName },
    causes: incident.causes.map((cause) => ({ ...cause, evidence: [asIs(hostileName)], against: [asIs(hostileName)], confirm: asIs(hostileName), fix: asIs(hostileName) })),
    events: [...incident.events, { atMs: incident.summary.beganAtMs, kind: 'change', text: asIs(hostileName) }],
    lanes: incident.lanes.map((lane) => ({ ...lane, vantage: { ...lane.vantage, name: hostileName } })),
    figures: incident.figures.map((lane) => ({ ...lane, source: asIs(hostileName), figure: asIs(hostileName) })),
  };
}
