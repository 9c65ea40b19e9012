// One practice host a directory: two would share an identity and overwrite each other's keys.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { identifyProcess, isStillRunning } from '../practice-processes';

const ownerSchema = z.object({ pid: z.int().positive(), startMark: z.string() });

export interface DirectoryLock {
  release(): void;
}

/** @throws when another process that still runs holds the directory; one that was killed doesn't count */
export function lockDirectory(directory: string): DirectoryLock {
  const file = join(directory, 'host.lock');
  const own = identifyProcess(process.pid);
  const write = (): void => writeFileSync(file, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
  try {
    write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const owner = readOwner(file);
    if (owner !== null && isStillRunning(owner)) {
      throw new Error(`another practice host (process ${owner.pid}) uses ${directory}`, { cause: error });
    }
    rmSync(file, { force: true });
    write();
  }
  return { release: () => rmSync(file, { force: true }) };
}

/** @returns null when whoever wrote it did not come to its end */
function readOwner(file: string): z.infer<typeof ownerSchema> | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null; // cut off by a kill, or gone meanwhile: the second write tells
  }
}
