// Traces as files: what is read, and what a broken line costs.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../electron/domain/incidents/diagnose';
import { readTrace } from '../../../../electron/domain/incidents/trace-reader';

describe('a trace', () => {
  it('is read into its kinds, in order of time', () => {
    const { trace, problems } = readTrace(
      [
        '{"kind":"meta","version":1,"host":"rig","wifi":true}',
        '{"kind":"sample","tMs":400,"target":"host","probe":"icmp","rttMs":null}',
        '{"kind":"sample","tMs":200,"target":"host","probe":"icmp","rttMs":0.4,"extra":"is no fault"}',
        '',
        '{"kind":"client","tMs":61000,"event":"exit","signal":"SIGSEGV"}\r',
      ].join('\n'),
    );
    expect(problems).toEqual([]);
    expect(trace.meta).toMatchObject({ host: 'rig', wifi: true });
    expect(trace.samples.map(({ tMs }) => tMs)).toEqual([200, 400]);
    expect(trace.client).toMatchObject([{ signal: 'SIGSEGV' }]);
  });

  it.each([
    ['{"kind":"sample","tMs":200', 'this is no JSON'],
    ['[1,2]', /./],
    ['{"kind":"dream","tMs":1}', /./],
    ['{"kind":"sample","tMs":"soon","target":"host","probe":"icmp","rttMs":1}', /^tMs/],
    ['{"kind":"sample","tMs":1,"target":"moon","probe":"icmp","rttMs":1}', /^target/],
    ['{"kind":"sample","tMs":1,"target":"host","probe":"icmp","rttMs":-5}', /^rttMs/],
  ])('names the broken line %s by its number and goes on', (line, message) => {
    const { trace, problems } = readTrace(`{"kind":"meta","version":1}\n${line}\n{"kind":"host","tMs":5,"state":"free"}`);
    expect(problems).toEqual([{ line: 2, message: expect.stringMatching(message) as string }]);
    expect(trace.host).toHaveLength(1);
  });

  it('of anything at all is read and diagnosed without an exception', () => {
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ kind: fc.constantFrom('sample', 'host', 'client', 'address', 'telemetry', 'meta'), tMs: fc.oneof(fc.integer({ min: 0, max: 90_000 }), fc.double()), target: fc.constantFrom('host', 'gateway', 'self', 'x'), probe: fc.constantFrom('icmp', 'tcp'), rttMs: fc.oneof(fc.constant(null), fc.double({ min: 0, max: 60_000, noNaN: true })), source: fc.constantFrom('self', 'host'), psiCpu: fc.double(), event: fc.constantFrom('exit', 'terminated', 'stall'), code: fc.integer(), state: fc.constantFrom('busy', 'free', 'asleep'), name: fc.string(), ip: fc.string(), version: fc.constant(1) }).map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const causes = diagnose(readTrace(lines.join('\n')).trace);
        expect(causes.length).toBeGreaterThan(0);
        for (const { confidence } of causes) expect(confidence).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
