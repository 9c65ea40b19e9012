// The flight recorder's channels, each reply held against the contract.
import { beforeEach, describe, expect, it } from 'vitest';
import { failure } from '../../../electron/common/result';
import { gatewayVantage } from '../../../electron/common/vantage';
import { FakeWindow } from '../../fakes/fake-window';

const place: { window: FakeWindow } = { window: new FakeWindow() };

beforeEach(() => {
  place.window = new FakeWindow();
});

const ask: FakeWindow['ask'] = (channel, args) => place.window.ask(channel, args);

async function firstId(): Promise<string> {
  const listed = await ask('incident:list', undefined);
  if (!listed.ok || !listed.value[1]) throw new Error('the fake has no incidents');
  return listed.value[1].id;
}

const notFound = { ok: false, failure: { kind: 'not-found' } };

describe('incidents', () => {
  it('are listed, read, and written to where the person says', async () => {
    const incidentId = await firstId();
    expect(await ask('incident:read', { incidentId })).toMatchObject({ ok: true, value: { summary: { id: incidentId } } });
    const name = `athena-incident-${incidentId}`;
    for (const [format, ending] of [['html', 'html'], ['json', 'json'], ['trace', 'jsonl']] as const) {
      expect(await ask('incident:export', { incidentId, format })).toEqual({ ok: true, value: { path: `/home/me/${name}.${ending}` } });
    }
    expect([...place.window.house.exports.keys()]).toEqual([`${name}.html`, `${name}.json`, `${name}.jsonl`]);
  });

  it('are not written when the person thinks better of it', async () => {
    place.window.house.exportDirectory = null;
    expect(await ask('incident:export', { incidentId: await firstId(), format: 'html' })).toEqual({ ok: true, value: null });
  });

  it('that are not there are told so, and nobody is asked where to put them', async () => {
    const incidentId = '20200101-000000-0000';
    expect(await ask('incident:read', { incidentId })).toMatchObject(notFound);
    expect(await ask('incident:export', { incidentId, format: 'html' })).toMatchObject(notFound);
    expect(place.window.house.exports.size).toBe(0);
  });

  it('that can’t be read are told so', async () => {
    place.window.house.recorder.incidents = async () => failure('io', 'The flight recorder does not answer.', 'Try again.');
    expect(await ask('incident:list', undefined)).toMatchObject({ ok: false, failure: { kind: 'io' } });
  });
});

describe('recorded latency', () => {
  it('is told for the vantage points that are asked for', async () => {
    const listed = await ask('latency:list-vantages', undefined);
    expect(listed).toMatchObject({ ok: true });
    const recorded = await ask('latency:read-recorded', { vantages: [gatewayVantage], fromMs: 0, toMs: 3_600_000, buckets: 60 });
    expect(recorded).toMatchObject({ ok: true, value: [{ vantage: 'gateway', bucketMs: 60_000 }] });
  });
});

describe('changes', () => {
  it('are marked, compared and forgotten', async () => {
    const marked = await ask('change:mark', { text: ' Another switch ' });
    if (!marked.ok) throw new Error(marked.failure.message);
    expect(marked.value).toMatchObject({ text: 'Another switch', atMs: place.window.house.clock.nowMs() });
    const changeId = marked.value.id;
    expect(await ask('change:list', undefined)).toMatchObject({ ok: true, value: [{ id: changeId }, {}, {}] });
    expect(await ask('change:compare', { changeId })).toMatchObject({ ok: true, value: [{ verdict: 'too-little' }, {}, {}, {}, {}] });
    expect(await ask('change:forget', { changeId })).toEqual({ ok: true, value: undefined });
    expect(await ask('change:forget', { changeId })).toMatchObject(notFound);
    expect(await ask('change:compare', { changeId })).toMatchObject(notFound);
  });
});
