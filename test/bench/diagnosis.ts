// Measures the diagnosis on traces of simulated faults: how often it names the cause, and how often it is sure and wrong.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnose } from '../../electron/domain/incidents/diagnose';
import { readTrace } from '../../electron/domain/incidents/trace-reader';
import type { BenchOptions, BenchOutcome } from './bench';
import type { DiagnosisGoal, DiagnosisReport, OpenMiss, SetReport } from './diagnosis/diagnosis-report';
import { diagnosisTable } from './diagnosis/diagnosis-table';
import { generateTrace, traceCases, traceText } from './diagnosis/generate';
import { confusionOf, judge, scoreByCause, scoreOf, type Score, type Verdict } from './diagnosis/score';

export const diagnosisAbout = 'does the diagnosis name the cause of simulated faults; a run is a seed, tried on every cause';

export async function measureDiagnosis({ runs, signal, progress, writeTo }: BenchOptions): Promise<BenchOutcome> {
  const open: Verdict[] = [];
  const heldOut: Verdict[] = [];
  const openMisses: OpenMiss[] = [];
  let diagnosingMs = 0;
  if (writeTo !== undefined) await mkdir(writeTo, { recursive: true });
  for (let seed = 0; seed < runs; seed += 1) {
    for (const traceCase of traceCases) {
      signal.throwIfAborted();
      const text = traceText(generateTrace(traceCase, seed));
      const isOpen = seed % 2 === 0;
      if (isOpen && writeTo !== undefined) await writeFile(join(writeTo, `${traceCase.expected}--${traceCase.name}--${String(seed).padStart(3, '0')}.jsonl`), text);
      const startMs = performance.now();
      const { trace, problems } = readTrace(text);
      const causes = diagnose(trace);
      diagnosingMs += performance.now() - startMs;
      if (problems.length > 0) throw new Error(`the trace ${traceCase.name} ${seed} can't be read: ${JSON.stringify(problems[0])}`);
      const verdict = judge(traceCase.expected, causes);
      (isOpen ? open : heldOut).push(verdict);
      if (isOpen && !verdict.isTop1) openMisses.push({ case: traceCase.name, seed, expected: traceCase.expected, said: causes.slice(0, 3).map(({ cause, confidence }) => `${cause} ${confidence.toFixed(2)}`) });
    }
    progress(`seed ${seed + 1} of ${runs} ...`);
    // Lets a Ctrl+C in.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const openReport = setReport(open);
  const heldOutReport = heldOut.length > 0 ? setReport(heldOut) : null;
  const goals = [...goalsOf('open', openReport), ...(heldOutReport ? goalsOf('held out', heldOutReport) : [])];
  const report: DiagnosisReport = {
    ok: goals.every(({ met }) => met),
    seeds: runs,
    tracesPerSecond: Math.round(((open.length + heldOut.length) / diagnosingMs) * 10_000) / 10,
    open: openReport,
    heldOut: heldOutReport,
    openMisses,
    goals,
  };
  return { ok: report.ok, report, table: diagnosisTable(report) };
}

function setReport(verdicts: readonly Verdict[]): SetReport {
  return { ...scoreOf(verdicts), byCause: scoreByCause(verdicts), confusion: confusionOf(verdicts) };
}

function goalsOf(name: string, { top1, top3, sureAndWrong }: Score): DiagnosisGoal[] {
  return [
    { goal: `${name}: first cause is right`, value: top1, atLeast: 0.85, met: top1 >= 0.85 },
    { goal: `${name}: right among the first three`, value: top3, atLeast: 0.95, met: top3 >= 0.95 },
    { goal: `${name}: sure (0.7) and wrong`, value: sureAndWrong, atMost: 0.02, met: sureAndWrong <= 0.02 },
  ];
}
