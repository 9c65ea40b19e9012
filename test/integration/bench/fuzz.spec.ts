// The fuzz run itself: what is planted is found, and a few seconds of it find nothing else.
import { afterEach, expect, it } from 'vitest';
import { CleanUp } from '../../bench/clean-up';
import { measureFuzz } from '../../bench/fuzz';
import { readCaseName } from '../../bench/fuzz/finding';

const cleanUp = new CleanUp();

afterEach(async () => {
  delete process.env['ATHENA_FUZZ_CASE'];
  await cleanUp.run();
});

interface FuzzReport {
  readonly cases: number;
  readonly byTarget: Readonly<Record<string, number>>;
  readonly selfCheck: Readonly<Record<string, boolean>>;
  readonly findings: readonly unknown[];
}

async function fuzz(): Promise<{ ok: boolean; report: FuzzReport; table: string }> {
  const { ok, report, table } = await measureFuzz({ runs: 3, cleanUp, signal: new AbortController().signal, progress: () => undefined });
  return { ok, report: report as FuzzReport, table };
}

it('finds what is planted, reaches every reader, and finds nothing else', { timeout: 180_000 }, async () => {
  const { ok, report, table } = await fuzz();
  expect(report.findings, table).toEqual([]);
  expect(ok).toBe(true);
  expect(Object.values(report.selfCheck)).toEqual([true, true, true, true, true]);
  const parsers = ['xml', 'outcome', 'art', 'certificate', 'pairing', 'settings', 'moonlight-output', 'other-output', 'words'];
  expect(Object.keys(report.byTarget)).toEqual(expect.arrayContaining([...parsers.map((name) => `parser/${name}`), 'socket/info', 'socket/mdns']));
  expect(report.cases).toBe(Object.values(report.byTarget).reduce((sum, count) => sum + count, 0));
});

it('runs one case alone when it is named', { timeout: 180_000 }, async () => {
  process.env['ATHENA_FUZZ_CASE'] = 'parser/xml/4711';
  const { ok, report } = await fuzz();
  expect([ok, report.byTarget]).toEqual([true, { 'parser/xml': 1 }]);
  process.env['ATHENA_FUZZ_CASE'] = 'nonsense';
  await expect(fuzz()).rejects.toThrow('is no case');
});

it.each(['', 'xml/1', 'parser/xml', 'parser/xml/x', 'disk/xml/1'])('takes %j for no case', (text) => {
  expect(readCaseName(text)).toBeNull();
});
