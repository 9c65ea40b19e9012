// Runs all checks in the order of their cost and stops at the first that fails; ends with the number of tests.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { npmCommand, outputDirectory, projectRoot, toolScript } from './project-paths.mjs';
import { prepareProject, runScript } from './prepare-project.mjs';
import { runInForeground, SetupError } from './run-command.mjs';
import { secondTriesFile } from './second-tries-reporter.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

const resultsDirectory = join(outputDirectory, 'test-results');
const secondTriesReporter = join(projectRoot, 'electron', 'setup', 'second-tries-reporter.mjs');

/** Vitest writes its figures beside what it prints, so that they can be added up over the runs. */
function vitest(name, ...projects) {
  return {
    name,
    resultsFile: join(resultsDirectory, `${name}.json`),
    commandLine: [
      ...[process.execPath, toolScript('vitest'), 'run', ...projects.flatMap((project) => ['--project', project])],
      ...['--reporter', 'default', '--reporter', secondTriesReporter],
      ...['--reporter', 'json', `--outputFile.json=${join(resultsDirectory, `${name}.json`)}`],
    ],
  };
}

/** The steps of each part; only called once the dependencies are there. */
function partsOfTheTest() {
  return {
    static: [
      { name: 'types', commandLine: [process.execPath, toolScript('typescript', 'tsc'), '-b'] },
      { name: 'lint', commandLine: [...npmCommand(), 'run', '--silent', 'lint'] },
    ],
    unit: [vitest('unit', 'unit', 'contract', 'renderer')],
    integration: [
      { ...vitest('integration', 'integration'), needsDisplay: true },
      { ...vitest('alone', 'alone'), needsDisplay: true },
    ],
    e2e: [{ ...vitest('e2e', 'e2e'), needsDisplay: true }],
  };
}

const PARTS = ['static', 'unit', 'integration', 'e2e'];
// Their servers and the virtual display are programs of Linux.
const LINUX_PARTS = new Set(['integration', 'e2e']);

function chooseParts(args) {
  if (args.length === 0) return PARTS.filter((part) => process.platform === 'linux' || !LINUX_PARTS.has(part));
  const [option, part] = args;
  if (option === '--only' && PARTS.includes(part) && args.length === 2) return [part];
  throw new SetupError(`usage: npm test [-- --only ${PARTS.join('|')}]`);
}

await runScript(async (args) => {
  const chosen = chooseParts(args);
  const runsPrograms = chosen.some((part) => LINUX_PARTS.has(part));
  await prepareProject({ stream: process.stdout, electron: runsPrograms, build: runsPrograms, tests: runsPrograms });
  await rm(resultsDirectory, { recursive: true, force: true });
  await mkdir(resultsDirectory, { recursive: true });

  const parts = partsOfTheTest();
  const steps = chosen.flatMap((part) => parts[part]);
  const display = steps.some((step) => step.needsDisplay) ? await startVirtualDisplay() : undefined;
  try {
    const exitCode = await runSteps(steps, display?.env ?? process.env);
    return summarize(steps, exitCode);
  } finally {
    await display?.stop();
  }
});

/** @returns {Promise<number>} the exit code of the first step that failed, or 0 */
async function runSteps(steps, env) {
  for (const { name, commandLine } of steps) {
    process.stdout.write(`\n== ${name}\n`);
    const startedMs = performance.now();
    const exitCode = await runInForeground(commandLine, { cwd: projectRoot, env });
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    process.stdout.write(`== ${name} ${exitCode === 0 ? 'passed' : `FAILED (exit code ${exitCode})`} in ${seconds} s\n`);
    if (exitCode !== 0) return exitCode;
  }
  return 0;
}

/** Prints the sum over all steps that ran. No test at all is a failure: it means that none was found. */
function summarize(steps, exitCode) {
  const testSteps = steps.filter((step) => step.resultsFile);
  if (testSteps.length === 0) return exitCode;
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { resultsFile } of testSteps) {
    if (!existsSync(resultsFile)) continue;
    const results = JSON.parse(readFileSync(resultsFile, 'utf8'));
    sum.passed += results.numPassedTests;
    sum.failed += results.numFailedTests;
    sum.skipped += results.numPendingTests + results.numTodoTests;
  }
  if (existsSync(secondTriesFile)) process.stdout.write(`\nPassed on a second try only:\n${readFileSync(secondTriesFile, 'utf8')}`);
  process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`);
  return exitCode === 0 && sum.passed === 0 ? 1 : exitCode;
}
