// A lock between processes: whoever creates the file holds it, and a lock whose holder has died is taken over.
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../domain/clock';

/** How often a waiting process looks again; milliseconds. */
const lookAgainMs = 50;
/** Nobody holds it that long: its holder died, and its process number was given to somebody else. */
const forgottenMs = 60_000;

/**
 * @param file removed afterwards; its directory is made when missing
 * @throws what `work` throws; what keeps the file from being made
 */
export async function withLock<T>(file: string, clock: Clock, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const mark = `${process.pid} ${randomUUID()}\n`;
  while (!(await take(file, mark))) {
    if (await isStale(file, clock)) await takeAway(file);
    else await new Promise<void>((resolve) => clock.after(lookAgainMs, resolve));
  }
  try {
    return await work();
  } finally {
    if ((await readOrNull(file)) === mark) await rm(file, { force: true });
  }
}

async function take(file: string, mark: string): Promise<boolean> {
  // Made aside and linked, so that nobody sees a lock without its holder's number.
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(mark);
    await handle.close();
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function isStale(file: string, clock: Clock): Promise<boolean> {
  const text = await readOrNull(file);
  if (text === null) return false;
  try {
    const { mtimeMs } = await stat(file);
    if (clock.nowMs() - mtimeMs > forgottenMs) return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  return !isAlive(Number.parseInt(text, 10));
}

/** Renamed and looked at: if another process has been faster, its lock is put back. */
async function takeAway(file: string): Promise<void> {
  const before = await readOrNull(file);
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const taken = await readOrNull(aside);
  if (taken !== before) {
    await link(aside, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  await rm(aside, { force: true });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
