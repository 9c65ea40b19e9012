// Builds out/ from the sources, and knows without building whether it is up to date.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { outputDirectory, projectRoot, toolScript } from './project-paths.mjs';
import { runOrFail } from './run-command.mjs';

const SOURCES = ['electron', 'renderer', 'assets', 'package.json', 'package-lock.json', 'electron.vite.config.ts'];
const NOT_BUILT = new Set(['setup']); // these scripts are run as they are
const BUILD_TIMEOUT_MS = 5 * 60_000;
const stampFile = join(outputDirectory, '.build-stamp');

export function isBuildCurrent() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint();
}

export async function ensureBuild(progress) {
  if (isBuildCurrent()) return;
  const before = fingerprint(); // taken first: a file saved during the build makes the next run build again
  await progress.step('building', () =>
    runOrFail([process.execPath, toolScript('electron-vite'), 'build'], { cwd: projectRoot, timeoutMs: BUILD_TIMEOUT_MS }),
  );
  await writeFile(stampFile, before);
}

/** Of names, sizes and times of all sources: a few milliseconds, and a removed file counts too. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const source of SOURCES) addToHash(hash, join(projectRoot, source));
  return hash.digest('hex');
}

function addToHash(hash, path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) {
    hash.update(`${relative(projectRoot, path)}\0${stats.size}\0${stats.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) if (!NOT_BUILT.has(name)) addToHash(hash, join(path, name));
}
