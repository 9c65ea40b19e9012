import { describe, expect, it } from 'vitest';
import { english } from '../../../../electron/common/told';
import { judgeNetwork, type NetworkFitness, type ProbeEvidence } from '../../../../electron/domain/latency/network-gate';

const now = 1_700_000_000_000;
const lost = Number.NaN;

/** @param rttMs oldest first; the newest was sent `newestAgeMs` ago */
function kind(
  probe: 'icmp' | 'tcp',
  rttMs: readonly number[],
  { newestAgeMs = 150, baselineMs = 1, everAnswered = true }: { newestAgeMs?: number; baselineMs?: number | null; everAnswered?: boolean } = {},
): ProbeEvidence {
  const intervalMs = probe === 'icmp' ? 200 : 1_000;
  const atMs = rttMs.map((_, index) => now - newestAgeMs - (rttMs.length - 1 - index) * intervalMs);
  return { probe, intervalMs, window: { atMs: Float64Array.from(atMs), rttMs: Float64Array.from(rttMs) }, baselineMs, everAnswered };
}

function withoutSample(evidence: ProbeEvidence, index: number): ProbeEvidence {
  const keep = (_: number, at: number): boolean => at !== index;
  return { ...evidence, window: { atMs: evidence.window.atMs.filter(keep), rttMs: evidence.window.rttMs.filter(keep) } };
}

const ten = (rttMs: number): number[] => Array.from({ length: 10 }, () => rttMs);

function reasonsOf(fitness: NetworkFitness): readonly string[] {
  return fitness.kind === 'unfit' ? fitness.reasons.map(english) : [];
}

describe('judgeNetwork', () => {
  it('is fit when ten echoes of two seconds are answered in the usual time', () => {
    expect(judgeNetwork(now, [kind('icmp', ten(1))])).toEqual({ kind: 'fit', judgedBy: ['icmp'] });
  });

  it('names each kind that judged', () => {
    expect(judgeNetwork(now, [kind('icmp', ten(1)), kind('tcp', [1, 1])])).toEqual({ kind: 'fit', judgedBy: ['icmp', 'tcp'] });
  });

  it('counts a loss, and says how many', () => {
    const fitness = judgeNetwork(now, [kind('icmp', [1, 1, lost, 1, 1, 1, lost, 1, 1, 1])]);
    expect(reasonsOf(fitness)).toEqual(['echo: 2 of 10 questions of the last 2 s lost']);
  });

  it.each([
    ['5 ms are always fine', 5, 0.3, 'fit'],
    ['above 5 ms with a small usual time', 5.1, 0.3, 'unfit'],
    ['three times the usual', 60, 20, 'fit'],
    ['more than three times the usual', 60.1, 20, 'unfit'],
    ['nothing learned yet: only answers count', 400, null, 'fit'],
  ] as const)('%s', (_, rttMs, baselineMs, expected) => {
    expect(judgeNetwork(now, [kind('icmp', ten(rttMs), { baselineMs })]).kind).toBe(expected);
  });

  it('forgives no spike among ten: the 95th percentile of ten is the largest', () => {
    const fitness = judgeNetwork(now, [kind('icmp', [...ten(1).slice(1), 80])]);
    expect(reasonsOf(fitness)).toEqual(['echo: p95 80.0 ms, usual 1.0 ms, at most 5.0 ms is fine']);
  });

  it('sees a question that is still open by its missing place', () => {
    const fitness = judgeNetwork(now, [withoutSample(kind('icmp', ten(1)), 7)]);
    expect(reasonsOf(fitness)).toEqual(['echo: a question of the last 2 s is not answered yet']);
  });

  it('sees that the newest questions are open', () => {
    const fitness = judgeNetwork(now, [kind('icmp', ten(1).slice(4), { newestAgeMs: 900 })]);
    expect(reasonsOf(fitness)).toEqual(['echo: no answer for 0.9 s']);
  });

  it('waits until two seconds are covered', () => {
    expect(reasonsOf(judgeNetwork(now, [kind('icmp', [1, 1, 1, 1])]))).toEqual(['echo: answered for only 0.8 s']);
    expect(judgeNetwork(now, [kind('tcp', [1])]).kind).toBe('unfit');
    expect(judgeNetwork(now, [kind('tcp', [1, 1])]).kind).toBe('fit');
  });

  it('bears a long way: answers that take 450 ms come 450 ms later', () => {
    expect(judgeNetwork(now, [kind('icmp', ten(450), { newestAgeMs: 1_050, baselineMs: 440 })]).kind).toBe('fit');
  });

  it('leaves out a kind that was never answered while another one is', () => {
    const dropped = kind('icmp', ten(lost), { everAnswered: false, baselineMs: null });
    expect(judgeNetwork(now, [dropped, kind('tcp', [1, 1])])).toEqual({ kind: 'fit', judgedBy: ['tcp'] });
  });

  it('does not leave out a kind that was answered before', () => {
    const fitness = judgeNetwork(now, [kind('icmp', ten(1)), kind('tcp', [lost, lost])]);
    expect(reasonsOf(fitness)).toEqual(['connecting to the port: 2 of 2 questions of the last 2 s lost']);
  });

  it('judges the time of connects only where there is no echo: our own load is in it', () => {
    expect(judgeNetwork(now, [kind('icmp', ten(1)), kind('tcp', [40, 40])]).kind).toBe('fit');
    expect(judgeNetwork(now, [kind('tcp', [40, 40])]).kind).toBe('unfit');
  });

  it('is unfit, not unmeasured, when questions go out and none was ever answered', () => {
    const fitness = judgeNetwork(now, [kind('icmp', ten(lost), { everAnswered: false, baselineMs: null })]);
    expect(reasonsOf(fitness)).toEqual(['echo has never been answered']);
  });

  it('is unmeasured without samples', () => {
    expect(judgeNetwork(now, []).kind).toBe('unmeasured');
    expect(judgeNetwork(now, [kind('icmp', [])]).kind).toBe('unmeasured');
  });
});
