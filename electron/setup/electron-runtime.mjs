// Gets an Electron to run Athena with, and tells where it is: the pinned official one, or else the development runtime.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FALLBACK_VERSION, fallbackExecutable, installFallback, isFallbackPossible } from './electron-fallback.mjs';
import { nodeModules, runtimeDirectory } from './project-paths.mjs';
import { lastLines, runCommand, runOrFail, SetupError } from './run-command.mjs';

const OFFICIAL_TIMEOUT_MS = 5 * 60_000;
const REMEMBER_FAILURE_MS = 24 * 3600_000;
const officialPackage = join(nodeModules, 'electron');
const failureNote = join(runtimeDirectory, 'official-electron-failed.json');

/**
 * Where Electron's executable is. Looks only, downloads nothing.
 * @returns {{ path: string, kind: 'official' | 'development' } | { path: null, reason: string }}
 */
export function electronPath() {
  const official = officialExecutable();
  if (official !== undefined) return { path: official, kind: 'official' };
  const fallback = isFallbackPossible() ? fallbackExecutable() : undefined;
  if (fallback !== undefined) return { path: fallback, kind: 'development' };
  return { path: null, reason: 'Electron is not installed; "npm run setup" gets it' };
}

function officialExecutable() {
  const pathFile = join(officialPackage, 'path.txt'); // written last by the package's own installer
  if (!existsSync(pathFile)) return undefined;
  const executable = join(officialPackage, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(executable) ? executable : undefined;
}

/**
 * @param {{ retry: boolean }} options `retry` asks for the official download again although it failed within the last day
 * @throws {SetupError} when no Electron can be had
 */
export async function ensureElectron(progress, { retry }) {
  if (officialExecutable() !== undefined) return;
  const version = JSON.parse(readFileSync(join(officialPackage, 'package.json'), 'utf8')).version;
  const failure = retry ? undefined : recentFailure(version);
  if (failure === undefined) {
    const reason = await downloadOfficial(version, progress);
    if (reason === undefined) return;
    await mkdir(runtimeDirectory, { recursive: true });
    await writeFile(failureNote, JSON.stringify({ version, atMs: Date.now(), reason }));
    progress.say(`Electron ${version} could not be downloaded (${reason}). "npm run setup -- --retry" tries again.`);
  }
  if (!isFallbackPossible()) {
    throw new SetupError(
      `Electron ${version} could not be downloaded (${failure ?? 'see above'}).\n` +
        'Athena needs it to open a window. Check the connection to github.com, or set ELECTRON_MIRROR to a mirror, and\n' +
        'run "npm run setup -- --retry".',
    );
  }
  await useFallback(progress);
}

async function useFallback(progress) {
  if (fallbackExecutable() !== undefined) return;
  await installFallback(progress);
  const { output } = await runOrFail([fallbackExecutable(), '-p', 'process.versions.electron'], {
    env: { ELECTRON_RUN_AS_NODE: '1' },
    timeoutMs: 30_000,
  });
  if (output.trim() !== FALLBACK_VERSION) throw new SetupError(`The development runtime is Electron ${output.trim()}, not ${FALLBACK_VERSION}`);
  progress.say(
    `Electron ${FALLBACK_VERSION} is used instead, for development and tests only: it no longer gets security updates and\n` +
      'is never part of a packaged Athena.',
  );
}

/** @returns {Promise<string | undefined>} why it failed, or undefined when it is there now */
async function downloadOfficial(version, progress) {
  const result = await progress.step(`downloading Electron ${version}`, () =>
    runCommand([process.execPath, join(officialPackage, 'install.js')], { timeoutMs: OFFICIAL_TIMEOUT_MS }),
  );
  if (officialExecutable() !== undefined) {
    await rm(failureNote, { force: true });
    return undefined;
  }
  if (result.timedOut) return `not finished in ${OFFICIAL_TIMEOUT_MS / 60_000} minutes`;
  const errorLine = result.output.split('\n').find((line) => /error/i.test(line));
  return (errorLine ?? lastLines(result.output, 1)).trim().slice(0, 200);
}

function recentFailure(version) {
  if (!existsSync(failureNote)) return undefined;
  const note = JSON.parse(readFileSync(failureNote, 'utf8'));
  return note.version === version && Date.now() - note.atMs < REMEMBER_FAILURE_MS ? note.reason : undefined;
}
