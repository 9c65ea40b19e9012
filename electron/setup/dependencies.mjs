// Brings node_modules in line with the lockfile and makes sure that the native module node-pty really works.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeModules, npmCommand, projectRoot } from './project-paths.mjs';
import { lastLines, runCommand, runOrFail, SetupError } from './run-command.mjs';
import { installSystemPackages } from './system-packages.mjs';

const INSTALL_TIMEOUT_MS = 15 * 60_000;

export async function ensureDependencies(progress) {
  if (!dependenciesMatchLockfile()) {
    await progress.step('installing dependencies (npm ci)', () =>
      runOrFail([...npmCommand(), 'ci', '--include=dev', '--no-audit', '--no-fund'], {
        cwd: projectRoot,
        env: nativeBuildEnvironment(),
        timeoutMs: INSTALL_TIMEOUT_MS,
      }),
    );
  }
  await ensureNodePty(progress);
}

/**
 * npm keeps what it installed in a hidden lockfile: the two are compared by content, since a time stamp says nothing
 * after a checkout or a copy.
 */
function dependenciesMatchLockfile() {
  const hiddenLockfile = join(nodeModules, '.package-lock.json');
  if (!existsSync(hiddenLockfile)) return false;
  const installed = JSON.parse(readFileSync(hiddenLockfile, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true;
    // Those for other platforms, and those whose optional build failed, are not there and need not be.
    if (!installed[path]) return entry.optional === true || entry.devOptional === true;
    return installed[path].version === entry.version && existsSync(join(projectRoot, path, 'package.json'));
  });
}

/**
 * node-gyp downloads Node's headers unless it is told where they are; most Node packages bring them, and then the build
 * works without reaching nodejs.org.
 */
function nativeBuildEnvironment() {
  const prefix = join(dirname(process.execPath), '..');
  return existsSync(join(prefix, 'include', 'node', 'node_version.h')) ? { npm_config_nodedir: prefix } : {};
}

async function ensureNodePty(progress) {
  if ((await tryNodePty()).works) return;
  // Prebuilt for macOS and Windows; elsewhere compiled, which npm 11 leaves out unless package.json allows it.
  await installSystemPackages('build', progress);
  const rebuild = await progress.step('building node-pty', () =>
    runCommand([...npmCommand(), 'rebuild', 'node-pty', '--foreground-scripts'], {
      cwd: projectRoot,
      env: nativeBuildEnvironment(),
      timeoutMs: INSTALL_TIMEOUT_MS,
    }),
  );
  const attempt = await tryNodePty();
  if (attempt.works) return;
  throw new SetupError(
    [
      'The native module node-pty does not work, and Athena needs it to run stream clients.',
      lastLines(rebuild.output, 15),
      lastLines(attempt.output, 5),
      'It needs a C++ compiler, make and Python 3 to be built. Install them, then run "npm run setup" again:',
      '  Debian, Ubuntu: sudo apt-get install python3 make g++',
      '  Fedora:         sudo dnf install python3 make gcc-c++',
      '  Arch:           sudo pacman -S python make gcc',
      '  macOS:          xcode-select --install',
    ].join('\n'),
  );
}

/** Starts a program on a pseudo-terminal: loading the module alone would not show a missing spawn helper (macOS). */
async function tryNodePty() {
  const script = `
    const { spawn } = require('node-pty');
    spawn(process.execPath, ['-e', 'process.exit(7)'], {}).onExit(({ exitCode }) => process.exit(exitCode === 7 ? 0 : 1));
  `;
  const result = await runCommand([process.execPath, '--input-type=commonjs', '-e', script], { cwd: projectRoot, timeoutMs: 20_000 });
  return { works: result.code === 0, output: result.output };
}
