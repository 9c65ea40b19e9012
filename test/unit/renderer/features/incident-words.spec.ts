// The words and orders of the pages that tell why: days, filters, confidence, comparisons, and what stands across the lanes.
import { describe, expect, it } from 'vitest';
import type { HostId } from '../../../../electron/common/ids';
import type { Comparison, IncidentSummary } from '../../../../electron/common/incident';
import { tell } from '../../../../electron/common/told';
import { causeIdSchema } from '../../../../electron/common/trace';
import { confidenceWords } from '../../../../renderer/features/incidents/confidence-words';
import { byDay, filtered } from '../../../../renderer/features/incidents/incident-list';
import { momentsOf } from '../../../../renderer/features/incidents/incident-moments';
import { overall, verdictSentence } from '../../../../renderer/features/latency/comparison-words';
import { inOrder } from '../../../../renderer/features/latency/lanes';
import { isLive, liveReachMs } from '../../../../renderer/features/latency/use-network-lanes';
import { asSamples } from '../../../../renderer/stores/recorded';
import { newIncidents, putIncident, seeIncidents, useIncidents } from '../../../../renderer/stores/incidents';
import { LiveSamples } from '../../../../renderer/stores/live-samples';
import { gatewayVantage } from '../../../../electron/common/vantage';
import { fakeIncidents, fakeVantages } from '../../../fakes/fake-incidents';
import { FakeRecorder } from '../../../fakes/fake-recorder';

const nowMs = new Date(2026, 10, 23, 12).getTime();
const summaries: readonly IncidentSummary[] = fakeIncidents(nowMs).map(({ summary }) => summary);

describe('the list', () => {
  it('is grouped by days, newest first', () => {
    expect(byDay(summaries, nowMs).map(({ day, incidents }) => [day, incidents.length])).toEqual([
      ['Today', 2],
      ['Yesterday', 1],
      ['Friday 20 November', 1],
    ]);
  });

  it('is filtered by host and cause together', () => {
    expect(filtered(summaries, { host: 'all', cause: 'router-freeze' })).toHaveLength(1);
    expect(filtered(summaries, { host: 'all', cause: 'pending' })).toHaveLength(1);
    expect(filtered(summaries, { host: 'attic' as HostId, cause: 'all' })).toHaveLength(0);
  });

  it('counts what came since somebody looked, each once', () => {
    useIncidents.setState({ list: [...summaries], failure: null, unseen: new Set() });
    const [first] = summaries;
    if (first === undefined) throw new Error('no incident');
    putIncident(first);
    expect(newIncidents(useIncidents.getState())).toBe(0);
    const fresh = { ...first, id: '20261123-115959-ffff' as IncidentSummary['id'], beganAtMs: nowMs };
    putIncident(fresh);
    putIncident({ ...fresh, endedAtMs: nowMs + 1 });
    expect(newIncidents(useIncidents.getState())).toBe(1);
    expect(useIncidents.getState().list?.[0]?.endedAtMs).toBe(nowMs + 1);
    seeIncidents();
    expect(newIncidents(useIncidents.getState())).toBe(0);
  });
});

describe('confidence', () => {
  it('is told in words that fall with it, and unknown is open however sure', () => {
    expect([0.95, 0.8, 0.6, 0.3, 0.1].map((confidence) => confidenceWords({ cause: 'wifi', confidence }))).toEqual([
      'almost certain',
      'very likely',
      'likely',
      'possible',
      'hardly more than a guess',
    ]);
    expect(confidenceWords({ cause: 'unknown', confidence: 1 })).toBe('open');
    expect(causeIdSchema.options).toHaveLength(18);
  });
});

describe('moments', () => {
  it('are in order, and a mark that is among the events is told once', () => {
    const mark = { kind: 'paused', atMs: 20, text: tell`App paused` } as const;
    const events = [{ kind: 'mark', atMs: 20, text: tell`App paused` }, { kind: 'client', atMs: 10, text: tell`bye` }] as const; // prettier-ignore
    expect(momentsOf([mark], events).map(({ text }) => text)).toEqual(['bye', 'App paused']);
  });
});

describe('before and after', () => {
  it('is said in words for each verdict, with its interval where there is one', async () => {
    const recorder = new FakeRecorder(() => nowMs);
    const compared = await recorder.compare(2);
    if (!compared.ok) throw new Error('not compared');
    const sentence = (verdict: Comparison['verdict']): string => compared.value.filter((one) => one.verdict === verdict).map(verdictSentence)[0] ?? '';
    expect(sentence('better')).toBe('Spikes come less often: 5.0 spikes an hour before, 1.2 after. That is 0.24 times as many (95 % confidence: 0.12 to 0.47).');
    expect(sentence('worse')).toContain('more often: 5.0 spikes an hour before, 9.5 after. That is 1.9 times as many');
    expect(sentence('no-difference')).toContain('as often as before');
    expect(sentence('too-little')).toMatch(/^2 days were measured before and 2 days after: no spikes yet to compare\. Look again later\.$/);
    expect(overall(compared.value)).toBe('Better at 2, worse at 1, no difference at 1, too early to say at 1.');
    expect(overall([])).toBe('It is too early to say.');
  });
});

describe('the network page', () => {
  it('goes from near to far', () => {
    expect(inOrder([...fakeVantages].reverse()).map(({ kind }) => kind)).toEqual(['self', 'gateway', 'peer', 'vmhost', 'host']);
  });

  it('is live only within what is in memory', () => {
    expect(isLive({ kind: 'last', spanMs: liveReachMs }, nowMs)).toBe(true);
    expect(isLive({ kind: 'last', spanMs: liveReachMs + 1 }, nowMs)).toBe(false);
    expect(isLive({ kind: 'span', fromMs: nowMs - 1_000, toMs: nowMs }, nowMs)).toBe(true);
    expect(isLive({ kind: 'span', fromMs: nowMs - liveReachMs - 1, toMs: nowMs }, nowMs)).toBe(false);
  });

  it('puts recorded time under live samples: spikes and losses stay, and what is finer wins', () => {
    const lane = { vantage: gatewayVantage, probe: 'icmp', bucketMs: 100, atMs: [0, 100, 200], sent: [2, 2, 2], lost: [0, 1, 2], minMs: [1, 1, null], p50Ms: [1, 1, null], p95Ms: [9, 9, null], p99Ms: [9, 9, null], maxMs: [9, 8, null] } as const; // prettier-ignore
    const batch = asSamples({ ...lane, atMs: [...lane.atMs], sent: [...lane.sent], lost: [...lane.lost], minMs: [...lane.minMs], p50Ms: [...lane.p50Ms], p95Ms: [...lane.p95Ms], p99Ms: [...lane.p99Ms], maxMs: [...lane.maxMs] });
    expect([batch.atMs, batch.rttMs]).toEqual([[0, 100, 150, 250], [9, 8, null, null]]);
    const samples = new LiveSamples();
    samples.append([{ vantage: gatewayVantage, probe: 'icmp', atMs: [140, 340], rttMs: [3, 4] }]);
    samples.fill([batch]);
    samples.fill([batch]);
    expect([...samples.window(gatewayVantage, 'icmp', 0).atMs]).toEqual([0, 100, 140, 340]);
  });
});
