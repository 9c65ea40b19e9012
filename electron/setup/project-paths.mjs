// Where things lie in the project, and how its command line tools are found without a shell.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const nodeModules = join(projectRoot, 'node_modules');
export const outputDirectory = join(projectRoot, 'out');
/** Downloads and notes of the set-up scripts; ignored by git, may be deleted at any time. */
export const runtimeDirectory = join(projectRoot, '.runtime');
export const cliScript = join(outputDirectory, 'main', 'cli.cjs');

/** The script behind a package's command, to be run with node: the .cmd shims of Windows would need a shell. */
export function toolScript(packageName, command = packageName) {
  const directory = join(nodeModules, packageName);
  const { bin } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  return join(directory, typeof bin === 'string' ? bin : bin[command]);
}

/**
 * Program and first arguments that run npm. Node refuses to start npm.cmd without a shell since CVE-2024-27980, so npm's
 * own script is run with this Node where it can be found.
 */
export function npmCommand() {
  const candidates = [
    process.env.npm_execpath, // set when an npm script runs us
    join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js'), // Windows
    join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'), // elsewhere
  ];
  const script = candidates.find((path) => path && basename(path) === 'npm-cli.js' && existsSync(path));
  return script ? [process.execPath, script] : ['npm'];
}
