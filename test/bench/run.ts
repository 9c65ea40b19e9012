// Runs one measurement by its name: `npm run bench -- NAME [--runs N] [--json]`.
import { parseArgs } from 'node:util';
import type { Bench, BenchOptions } from './bench';
import { CleanUp } from './clean-up';
import { cyclesAbout, measureCycles } from './cycles';
import { diagnosisAbout, measureDiagnosis } from './diagnosis';
import { fuzzAbout, measureFuzz } from './fuzz';
import { graphsAbout, measureGraphs } from './graphs';
import { libraryAbout, measureLibrary } from './library';
import { measureProbes, probesAbout } from './probes';
import { measureStore, storeAbout } from './store';
import { measureSupervision, supervisionAbout } from './supervision';
import { measureUi, uiAbout } from './ui';

const benches: Readonly<Record<string, Bench>> = {
  cycles: { about: cyclesAbout, usualRuns: 1_000, run: measureCycles },
  diagnosis: { about: diagnosisAbout, usualRuns: 20, run: measureDiagnosis },
  fuzz: { about: fuzzAbout, usualRuns: 60, run: measureFuzz },
  graphs: { about: graphsAbout, usualRuns: 1, run: measureGraphs },
  library: { about: libraryAbout, usualRuns: 15, run: measureLibrary },
  probes: { about: probesAbout, usualRuns: 60, run: measureProbes },
  store: { about: storeAbout, usualRuns: 60, run: measureStore },
  supervision: { about: supervisionAbout, usualRuns: 30, run: measureSupervision },
  ui: { about: uiAbout, usualRuns: 5, run: measureUi },
};

/** What the exit code says. */
const exitCodes = { allGoalsMet: 0, goalMissed: 1, badArguments: 2, stoppedBySignal: 130 } as const;

const usage = [
  'usage: npm run bench -- NAME [--runs N] [--json] [--write DIR]',
  '',
  ...Object.entries(benches).map(([name, { about, usualRuns }]) => `  ${name}  ${about} (usually ${usualRuns} runs)`),
  '',
  '  --runs N  how often everything is measured, 1 to 1000',
  '  --json    one JSON object on stdout, and nothing else',
  '  --write DIR  (diagnosis) also writes the open traces there, the expected cause first in the name',
  '',
  'Exit code: 0 all goals are met, 1 one is missed or the measurement failed, 2 wrong arguments, 130 stopped by a signal.',
  '',
].join('\n');

type Request = { readonly kind: 'help' } | { readonly kind: 'bad'; readonly why: string } | WantedBench;

interface WantedBench {
  readonly kind: 'bench';
  readonly bench: Bench;
  readonly runs: number;
  readonly json: boolean;
  readonly writeTo: string | undefined;
}

function readRequest(args: readonly string[]): Request {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { runs: { type: 'string' }, json: { type: 'boolean' }, write: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    return { kind: 'bad', why: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { kind: 'help' };
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) return { kind: 'bad', why: 'Name one measurement.' };
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!bench) return { kind: 'bad', why: `There is no measurement "${name}".` };
  const runs = values.runs ?? String(bench.usualRuns);
  if (!/^\d{1,4}$/.test(runs) || Number(runs) < 1 || Number(runs) > 1000) {
    return { kind: 'bad', why: '--runs takes a whole number from 1 to 1000.' };
  }
  return { kind: 'bench', bench, runs: Number(runs), json: values.json === true, writeTo: values.write };
}

async function runBench({ bench, runs, json, writeTo }: WantedBench): Promise<number> {
  const cleanUp = new CleanUp();
  const stopped = new AbortController();
  const stop = (): void => stopped.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  const options: BenchOptions = {
    runs,
    cleanUp,
    signal: stopped.signal,
    progress: (text) => process.stderr.write(`${text}\n`),
    ...(writeTo === undefined ? {} : { writeTo }),
  };
  try {
    const { ok, report, table } = await bench.run(options);
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${table}\n`);
    return ok ? exitCodes.allGoalsMet : exitCodes.goalMissed;
  } catch (error) {
    // Also what breaks because the programs of the measurement were told to end by the same Ctrl+C.
    if (stopped.signal.aborted) {
      process.stderr.write('stopped\n');
      return exitCodes.stoppedBySignal;
    }
    const problem = error instanceof Error ? error.message : String(error);
    process.stderr.write(`The measurement failed. ${error instanceof Error ? (error.stack ?? problem) : problem}\n`);
    if (json) process.stdout.write(`${JSON.stringify({ ok: false, problem })}\n`);
    return exitCodes.goalMissed;
  } finally {
    await cleanUp.run();
    for (const signal of signals) process.off(signal, stop);
  }
}

async function main(args: readonly string[]): Promise<number> {
  const request = readRequest(args);
  switch (request.kind) {
    case 'help':
      process.stdout.write(usage);
      return exitCodes.allGoalsMet;
    case 'bad':
      process.stderr.write(`${request.why}\n\n${usage}`);
      return exitCodes.badArguments;
    case 'bench':
      return runBench(request);
  }
}

// Ended outright: a peer that was being started when the signal came has its own end tied to ours.
process.exit(await main(process.argv.slice(2)));
