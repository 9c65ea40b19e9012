// Feeds hostile input to everything that reads what hosts and clients say, and reports what does not take it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleThread } from '../threads-bundle';
import type { BenchOptions, BenchOutcome } from './bench';
import { readCaseName, type CaseName, type Finding } from './fuzz/finding';
import { runFuzzThread, type FuzzOutcome, type FuzzThreadOptions } from './fuzz/fuzz-thread';

export const fuzzAbout = 'hostile input at every reader of what hosts and clients say; a run is a second';

/** In the order of parser-targets.ts: what a parser that hangs is called by. */
const parserNames = ['xml', 'outcome', 'art', 'certificate', 'pairing', 'settings', 'connections', 'moonlight-output', 'other-output', 'words'];
/** For a parser, and for a question over the network whose own limits are shortened. */
const parserLimitMs = 20_000;
const socketLimitMs = 30_000;
const plantedLimitMs = 3_000;

type Plan = Omit<FuzzThreadOptions, 'script' | 'directory' | 'targetNames' | 'signal'>;

interface Report {
  readonly ok: boolean;
  readonly seed: number;
  readonly seconds: number;
  readonly cases: number;
  readonly casesPerSecond: number;
  readonly byTarget: Readonly<Record<string, number>>;
  readonly slowest: { readonly case: string; readonly tookMs: number };
  /** Whether what was planted was found. */
  readonly selfCheck: Readonly<Record<string, boolean>>;
  readonly findings: readonly Finding[];
}

export async function measureFuzz({ runs, cleanUp, signal, progress }: BenchOptions): Promise<BenchOutcome> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-fuzz-'));
  cleanUp.add(() => rm(directory, { recursive: true, force: true }));
  const scripts = { parser: await bundleThread('test/bench/fuzz/parser-thread.ts'), socket: await bundleThread('test/bench/fuzz/socket-thread.ts') };
  const run = (plan: Plan): Promise<FuzzOutcome> => runFuzzThread({ ...plan, script: scripts[plan.part], directory, targetNames: plan.part === 'parser' ? parserNames : [], signal });

  const wanted = process.env['ATHENA_FUZZ_CASE'];
  const only = wanted === undefined ? null : readCaseName(wanted);
  if (wanted !== undefined && only === null) throw new Error(`"${wanted}" is no case: parser/xml/123, say`);
  const seed = Number(process.env['ATHENA_FUZZ_SEED'] ?? Date.now() % 2 ** 31);

  progress('planting a throw, a hang and a rejection that nobody catches ...');
  const selfCheck = await checkItself(run);
  const startMs = performance.now();
  progress(only ? `running ${wanted} alone ...` : `feeding for ${runs} s, seed ${seed} ...`);
  const outcomes = await Promise.all(only ? [run(planOf(only, runs))] : (['parser', 'socket'] as const).map((part) => run({ part, seed, forMs: runs * 1_000, hangLimitMs: limitOf(part), only: null, planted: null })));
  const seconds = (performance.now() - startMs) / 1_000;
  const report = reportOf(outcomes, { seed, seconds, selfCheck });
  return { ok: report.ok, report, table: tableOf(report) };
}

function limitOf(part: CaseName['part']): number {
  return part === 'parser' ? parserLimitMs : socketLimitMs;
}

function planOf({ part, target, seed }: CaseName, runs: number): Plan {
  return { part, seed: 0, forMs: Math.max(30, runs) * 1_000, hangLimitMs: limitOf(part), only: { target, seed }, planted: null };
}

/** Each of these must be found, or the run's silence would mean nothing. */
async function checkItself(run: (plan: Plan) => Promise<FuzzOutcome>): Promise<Report['selfCheck']> {
  const plans: readonly (readonly [part: CaseName['part'], planted: NonNullable<Plan['planted']>])[] = [
    ['parser', 'throw'],
    ['parser', 'hang'],
    ['socket', 'throw'],
    ['socket', 'hang'],
    ['socket', 'unhandled'],
  ];
  const found = await Promise.all(
    plans.map(async ([part, planted]) => {
      const plan: Plan = { part, seed: 0, forMs: 30_000, hangLimitMs: plantedLimitMs, only: { target: 'planted', seed: 1 }, planted };
      const { findings } = await run(plan);
      const isFound = findings.some(({ kind, case: name }) => kind === planted && name === `${part}/planted/1`);
      return [`${part} ${planted}`, isFound && findings.length === 1] as const;
    }),
  );
  return Object.fromEntries(found);
}

function reportOf(outcomes: readonly FuzzOutcome[], about: Pick<Report, 'seed' | 'seconds' | 'selfCheck'>): Report {
  const byTarget = Object.fromEntries(outcomes.flatMap(({ part, cases }) => Object.entries(cases).map(([name, count]) => [`${part}/${name}`, count])));
  const cases = Object.values(byTarget).reduce((sum, count) => sum + count, 0);
  const findings = outcomes.flatMap((outcome) => outcome.findings);
  const slowest = outcomes.map((outcome) => outcome.slowest).reduce((one, other) => (other.tookMs > one.tookMs ? other : one));
  return {
    ok: findings.length === 0 && cases > 0 && Object.values(about.selfCheck).every(Boolean),
    ...about,
    seconds: Math.round(about.seconds * 10) / 10,
    cases,
    casesPerSecond: Math.round(cases / about.seconds),
    byTarget,
    slowest: { ...slowest, tookMs: Math.round(slowest.tookMs) },
    findings,
  };
}

function tableOf({ seed, seconds, cases, casesPerSecond, byTarget, slowest, selfCheck, findings }: Report): string {
  return [
    `${cases} cases in ${seconds} s (${casesPerSecond} a second), seed ${seed}`,
    ...Object.entries(byTarget).map(([name, count]) => `  ${name.padEnd(24)} ${count}`),
    `slowest: ${slowest.case}, ${slowest.tookMs} ms`,
    `planted and found: ${Object.entries(selfCheck).map(([what, isFound]) => `${what} ${isFound ? 'yes' : 'NO'}`).join(', ')}`,
    findings.length === 0 ? 'nothing found' : `${findings.length} FOUND`,
    ...findings.flatMap(({ kind, case: name, message, input }) => [
      `  ${kind}  ATHENA_FUZZ_CASE="${name}" npm run bench -- fuzz`,
      ...message.split('\n').slice(0, 6).map((line) => `      ${line.trim()}`),
      ...(input === '' ? [] : [`      input (base64): ${input.slice(0, 200)}`]),
    ]),
  ].join('\n');
}
