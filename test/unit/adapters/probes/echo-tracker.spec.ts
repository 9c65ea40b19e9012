import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EchoTracker, type EchoSample } from '../../../../electron/adapters/probes/echo-tracker';
import { isRetold, sampleFlags } from '../../../../electron/common/latency';
import { parsePingLine, type PingLine } from '../../../../electron/adapters/probes/ping-lines';

/** Plays lines at the times they were printed, asks for expired questions in between as the beat does, and waits at the end. */
function play(lines: readonly PingLine[], intervalMs = 200): { samples: EchoSample[]; retold: EchoSample[]; tracker: EchoTracker } {
  const tracker = new EchoTracker({ intervalMs, lostAfterMs: 1_000 });
  const samples: EchoSample[] = [];
  let nowMs = 0;
  for (const line of lines) {
    if ('atMs' in line) {
      for (let beat = nowMs === 0 ? line.atMs : nowMs + 100; beat < line.atMs; beat += 100) samples.push(...tracker.expire(beat));
      nowMs = line.atMs;
    }
    samples.push(...tracker.take(line));
  }
  samples.push(...tracker.expire(nowMs + 2_000));
  return { samples: samples.filter(({ flags }) => !isRetold(flags)), retold: samples.filter(({ flags }) => isRetold(flags)), tracker };
}

function recorded(name: string): PingLine[] {
  return readFileSync(join(import.meta.dirname, '../../../fixtures/ping', name), 'latin1').split('\n').map(parsePingLine);
}

const byTime = (samples: readonly EchoSample[]): EchoSample[] => [...samples].sort((one, other) => one.atMs - other.atMs);
const pattern = (samples: readonly EchoSample[]): string => byTime(samples).map(({ rttMs }) => (rttMs === null ? '-' : 'x')).join('');
const reply = (seq: number, sentAtMs: number, rttMs: number): PingLine => ({ kind: 'reply', seq, atMs: sentAtMs + rttMs, rttMs });

/** No two samples of one question: sending times lie apart by about the interval. */
function expectEvenlySent(samples: readonly EchoSample[], intervalMs: number): void {
  const times = byTime(samples).map(({ atMs }) => atMs);
  for (const [index, atMs] of times.entries()) {
    const previous = times[index - 1];
    if (previous === undefined) continue;
    expect(atMs - previous).toBeGreaterThan(intervalMs * 0.8);
    expect(atMs - previous).toBeLessThan(intervalMs * 1.3);
  }
}

describe('EchoTracker on recorded output', () => {
  it('answers: each at the time its question was sent', () => {
    const { samples } = play(recorded('reply.txt'));
    expect(samples).toHaveLength(8);
    expect(samples[0]?.atMs).toBeCloseTo(1795391032746.695 - 0.442, 2);
    expect(samples[0]?.rttMs).toBe(0.442);
    expectEvenlySent(samples, 200);
  });

  it('every fourth question lost', () => {
    const { samples, retold } = play(recorded('loss.txt'));
    expect(pattern(samples)).toBe('x-xxx-xxx-xx');
    expect(retold).toEqual([]);
    expectEvenlySent(samples, 200);
  });

  it('a second answer is told of the question that has one', () => {
    const { samples, retold } = play(recorded('duplicates.txt'));
    expect(pattern(samples)).toBe('xxxxx');
    expect(retold.map(({ flags }) => flags)).toEqual([4, 4, 4, 4]);
    for (const { atMs } of retold) expect(samples.map((sample) => sample.atMs)).toContain(atMs);
  });

  it('nobody has the address: each question is lost once, though "unreachable" comes seconds later', () => {
    const { samples } = play(recorded('no-arp.txt'));
    expect(pattern(samples)).toBe('--------');
    expectEvenlySent(samples, 200);
  });

  it('rejected: lost at once, and "no answer yet" adds nothing', () => {
    const { samples } = play(recorded('rejected.txt'));
    expect(pattern(samples)).toBe('----');
  });

  it('late answers below a second are answers; those above are lost, and told once more with their true time', () => {
    const { samples, retold } = play(recorded('late.txt'));
    // 7 took 1148 ms and 8 took 1038 ms; 9 took 932 ms.
    expect(pattern(samples)).toBe(`xxxxxx--${'x'.repeat(32)}`);
    expect(Math.max(...samples.map(({ rttMs }) => rttMs ?? 0))).toBe(932);
    expect(retold.map(({ rttMs, flags }) => [rttMs, flags])).toEqual([[1148, sampleFlags.late], [1038, sampleFlags.late]]);
    const lostAt = samples.filter(({ rttMs }) => rttMs === null).map(({ atMs }) => atMs);
    expect(retold.map(({ atMs }) => atMs)).toEqual(lostAt);
    expectEvenlySent(samples, 200);
  });

  it('the own link down for a second', () => {
    const { samples } = play(recorded('link-down.txt'));
    expect(pattern(samples)).toBe(`xxxxx-----${'x'.repeat(10)}`);
    expectEvenlySent(samples, 200);
  });

  it('reordered, duplicated and lost: 36 of 40, each once', () => {
    const { samples, retold } = play(recorded('reordered.txt'), 50);
    expect(samples).toHaveLength(40);
    expect(samples.filter(({ rttMs }) => rttMs === null)).toHaveLength(4);
    expect(pattern(samples)[1]).toBe('-'); // number 2 never came
    expect(retold.filter(({ flags }) => flags === sampleFlags.duplicate)).toHaveLength(8);
    expect(samples.filter(({ flags }) => flags === sampleFlags.reordered).length).toBeGreaterThanOrEqual(5);
  });

  it('the sequence number wraps and nothing is invented', () => {
    const lines = recorded('sequence-wrap.txt');
    const { samples } = play(lines, 2);
    expect(samples).toHaveLength(lines.filter(({ kind }) => kind === 'reply').length);
    expect(pattern(samples)).toMatch(/^x+$/);
  });
});

describe('EchoTracker', () => {
  it('tells a loss a second after the question, and tells it once', () => {
    const tracker = new EchoTracker({ intervalMs: 200, lostAfterMs: 1_000 });
    tracker.take({ kind: 'waiting', seq: 1, atMs: 10_200 });
    expect(tracker.expire(10_999)).toEqual([]);
    expect(tracker.expire(11_000)).toEqual([{ atMs: 10_000, rttMs: null }]);
    expect(tracker.expire(11_001)).toEqual([]);
    // Number 2 went out with that line.
    expect(tracker.expire(11_200)).toEqual([{ atMs: 10_200, rttMs: null }]);
    expect(tracker.isWaiting).toBe(false);
  });

  it('loses an answer that took too long even when nobody has asked for expired ones', () => {
    const { samples, retold } = play([reply(1, 0, 1), { kind: 'waiting', seq: 2, atMs: 400 }, reply(2, 200, 1_000)]);
    expect(byTime(samples).map(({ rttMs }) => rttMs)).toEqual([1, null, null]);
    expect(retold).toEqual([{ atMs: 200, rttMs: 1_000, flags: sampleFlags.late }]);
  });

  it('waits across the wrap', () => {
    const { samples } = play([
      reply(65_534, 1_000, 1),
      { kind: 'waiting', seq: 65_535, atMs: 1_400 },
      { kind: 'waiting', seq: 0, atMs: 1_600 },
      reply(1, 1_600, 1),
      reply(65_535, 1_200, 700),
    ]);
    expect(byTime(samples)).toEqual([
      { atMs: 1_000, rttMs: 1 },
      { atMs: 1_200, rttMs: 700, flags: sampleFlags.reordered },
      { atMs: 1_400, rttMs: null },
      { atMs: 1_600, rttMs: 1 },
    ]);
  });

  it('gives up open questions when the wall clock is set back', () => {
    const tracker = new EchoTracker({ intervalMs: 200, lostAfterMs: 1_000 });
    tracker.take({ kind: 'waiting', seq: 1, atMs: 7_200_000 });
    expect(tracker.expire(3_600_000)).toHaveLength(2);
  });

  it('takes a broken line for what it is', () => {
    const { samples } = play([reply(1, 1_000, 1), reply(30_000, 1_200, 1), reply(30_001, 1_400, 1)]);
    expect(pattern(samples)).toBe('xxx');
  });

  it('tells every question exactly once, whatever the delays', () => {
    // null: the answer never comes. Printed as iputils does: "waiting" for N when N+1 goes out and N has no answer.
    const delays = fc.array(fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: null, freq: 4 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65_535 }), delays, (first, all) => {
        const sentAt = (index: number): number => 1_000_000 + index * 200;
        const lines: (PingLine & { atMs: number })[] = [];
        all.forEach((delay, index) => {
          const seq = (first + index) % 65_536;
          if (delay !== null) lines.push({ kind: 'reply', seq, atMs: sentAt(index) + delay, rttMs: delay });
          if (delay === null || delay > 200) lines.push({ kind: 'waiting', seq, atMs: sentAt(index + 1) });
        });
        lines.sort((one, other) => one.atMs - other.atMs);
        const { samples } = play(lines);
        // The question after the last "waiting" line was sent, too.
        const last = all.at(-1);
        const trailing = last === null || (last ?? 0) > 200 ? 1 : 0;
        expect(samples).toHaveLength(all.length + trailing);
        for (const [index, delay] of all.entries()) {
          const found = samples.filter(({ atMs }) => Math.abs(atMs - sentAt(index)) < 1);
          expect(found.map(({ rttMs }) => rttMs)).toEqual([delay !== null && delay < 1_000 ? delay : null]);
        }
      }),
    );
  });
});
