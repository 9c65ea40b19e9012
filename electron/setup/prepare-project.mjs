// Makes a clone ready to run, in steps that each do nothing when nothing is to be done; every script begins with it.
import { ensureBuild } from './build.mjs';
import { createProgress } from './progress.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureElectron } from './electron-runtime.mjs';
import { SetupError } from './run-command.mjs';
import { withSetupLock } from './setup-lock.mjs';
import { installSystemPackages } from './system-packages.mjs';

const LEAST_NODE = [20, 19];

/**
 * @param {object} options
 * @param {NodeJS.WriteStream} options.stream where progress is told
 * @param {boolean} [options.electron] gets Electron and what it needs of the system too; the command line needs none
 * @param {boolean} [options.build] builds out/; checks of the sources alone need none
 * @param {boolean} [options.tests] installs the system packages of the tests too
 * @param {boolean} [options.retry] tries the official Electron download again although it failed within the last day
 * @throws {SetupError} with a message for the user
 */
export async function prepareProject({ stream, electron = true, build = true, tests = false, retry = false }) {
  const progress = createProgress(stream);
  checkNode();
  await withSetupLock(progress, async () => {
    await ensureDependencies(progress);
    if (electron) await installSystemPackages('electron', progress);
    if (tests) await installSystemPackages('tests', progress);
    if (electron) await ensureElectron(progress, { retry });
    if (build) await ensureBuild(progress);
  });
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  throw new SetupError(`Athena needs Node ${LEAST_NODE.join('.')} or later; this is ${process.versions.node}.`);
}

/** Runs a script's main part, which returns the exit code or sets it itself; an expected failure ends it with its message alone. */
export async function runScript(main) {
  try {
    const exitCode = await main(process.argv.slice(2));
    if (exitCode !== undefined) process.exitCode = exitCode;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
