// What every flight recorder answers, whether a thread with a file is behind it or a list.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SystemClock } from '../../electron/adapters/system-clock';
import { hostIdSchema } from '../../electron/common/ids';
import { incidentIdSchema, incidentSchema, recordedLaneSchema } from '../../electron/common/incident';
import { gatewayVantage, hostVantage, type VantagePoint } from '../../electron/common/vantage';
import type { FlightRecorder } from '../../electron/domain/incidents/flight-recorder';
import { RecorderOwner, usualLimitBytes } from '../../electron/threads/recorder-owner';
import { fakeIncidents } from '../fakes/fake-incidents';
import { FakeRecorder } from '../fakes/fake-recorder';
import { SilentLog } from '../fakes/silent-log';
import { bundleThread } from '../threads-bundle';

const rig = hostIdSchema.parse('rig');
const points: readonly VantagePoint[] = [
  { id: gatewayVantage, kind: 'gateway', name: 'Gateway', address: '10.0.0.1', hostId: null },
  { id: hostVantage(rig), kind: 'host', name: 'RIG', address: '10.0.0.2', hostId: rig },
];
const built = { script: '' };
const endings: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  built.script = await bundleThread('electron/threads/recorder-thread.ts');
}, 60_000);

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});
afterAll(() => expect(endings).toEqual([]));

interface Subject {
  readonly recorder: FlightRecorder;
  /** The incident that it has kept. */
  readonly incidentId: ReturnType<typeof incidentIdSchema.parse>;
}

const endMs = Math.floor(Date.now() / 60_000) * 60_000;

async function realRecorder(): Promise<Subject> {
  const directory = mkdtempSync(join(tmpdir(), 'athena-contract-recorder-'));
  endings.push(() => rmSync(directory, { recursive: true, force: true }));
  const recorder = new RecorderOwner(built.script, { file: join(directory, 'flight.db'), limitBytes: usualLimitBytes }, new SystemClock(), new SilentLog());
  endings.push(() => recorder.dispose());
  recorder.keep([{ kind: 'vantages', points, atMs: endMs }]);
  for (const { id } of points) {
    const atMs = Array.from({ length: 3_000 }, (_, index) => endMs - 600_000 + index * 200);
    recorder.keep([{ kind: 'samples', batch: { vantage: id, probe: 'icmp', atMs, rttMs: atMs.map((_, index) => (index % 100 === 0 ? null : 0.5)) } }]);
  }
  const [, template] = fakeIncidents(endMs);
  if (!template) throw new Error('no incident');
  const incidentId = incidentIdSchema.parse('20261123-060000-00c0');
  const summary = { ...template.summary, id: incidentId, beganAtMs: endMs - 300_000, endedAtMs: endMs - 290_000 };
  await recorder.keepIncident({ summary, clientName: null, hostAddress: null, fromMs: endMs - 360_000, toMs: endMs - 230_000, isJudged: true, replaces: null });
  return { recorder, incidentId };
}

async function fakeRecorder(): Promise<Subject> {
  const [, incident] = fakeIncidents(endMs);
  if (!incident) throw new Error('no incident');
  const recorder = new FakeRecorder(() => Date.now(), [incident], points);
  for (const { id } of [...recorder.marks]) await recorder.forgetChange(id);
  return { recorder, incidentId: incident.summary.id };
}

function valueOf<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: { readonly message: string } }): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

describe.each([
  ['thread with a file', realRecorder],
  ['fake', fakeRecorder],
])('a flight recorder: %s', (_name, create) => {
  it('lists an incident, reads it, and makes its files', async () => {
    const { recorder, incidentId } = await create();
    expect(valueOf(await recorder.incidents()).map(({ id }) => id)).toEqual([incidentId]);
    const incident = valueOf(await recorder.incident(incidentId));
    expect(incidentSchema.parse(incident)).toEqual(incident);
    expect(incident.lanes.every(({ atMs, rttMs }) => atMs.length === rttMs.length && atMs.length > 0)).toBe(true);
    expect(JSON.parse(valueOf(await recorder.report(incidentId, 'json')))).toEqual(incident);
    for (const format of ['html', 'trace'] as const) expect(valueOf(await recorder.report(incidentId, format)).length).toBeGreaterThan(10);
  });

  it('says of an incident that is not there that it is not', async () => {
    const { recorder } = await create();
    const id = incidentIdSchema.parse('20200101-000000-0000');
    expect(await recorder.incident(id)).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    expect(await recorder.report(id, 'html')).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
  });

  it('knows its vantage points, and their time in pieces of one length, in order, not more than wanted', async () => {
    const { recorder } = await create();
    expect(valueOf(await recorder.vantages())).toEqual(points);
    for (const buckets of [1, 7, 30]) {
      const lanes = valueOf(await recorder.recorded({ vantages: [gatewayVantage], fromMs: endMs - 600_000, toMs: endMs, buckets }));
      expect(lanes).toHaveLength(1);
      const [lane] = lanes;
      expect(recordedLaneSchema.parse(lane)).toEqual(lane);
      expect(lane?.atMs.length).toBeGreaterThan(0);
      expect(lane?.atMs.length).toBeLessThanOrEqual(buckets);
      expect(lane?.atMs.every((at, index, all) => index === 0 || at - (all[index - 1] ?? 0) >= lane.bucketMs)).toBe(true);
    }
  });

  it('marks changes, newest first, compares at them, and forgets them', async () => {
    const { recorder } = await create();
    expect(valueOf(await recorder.changes())).toEqual([]);
    const first = valueOf(await recorder.markChange('Another switch'));
    const second = valueOf(await recorder.markChange('Another cable'));
    expect(valueOf(await recorder.changes()).map(({ id }) => id)).toEqual([second.id, first.id]);
    const compared = valueOf(await recorder.compare(first.id));
    expect(new Set(compared.map(({ vantage }) => vantage))).toEqual(new Set(points.map(({ id }) => id)));
    expect(compared.every(({ verdict, change }) => verdict === 'too-little' && change.text === 'Another switch')).toBe(true);
    expect(await recorder.forgetChange(first.id)).toEqual({ ok: true, value: undefined });
    expect(await recorder.forgetChange(first.id)).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
    expect(await recorder.compare(first.id)).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
  });
});
