// Lets one set-up at a time work in a project: two builds or two "npm ci" at once would destroy each other's files.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runtimeDirectory } from './project-paths.mjs';

const lockFile = join(runtimeDirectory, 'setup.lock');

/** Runs `work` while no other process of this project does the same; waits for the other one first. */
export async function withSetupLock(progress, work) {
  mkdirSync(runtimeDirectory, { recursive: true });
  await progress.step(`waiting for another set-up of this project (${lockFile})`, acquire);
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

async function acquire() {
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (await isAbandoned()) rmSync(lockFile, { force: true });
    else await sleep(200);
  }
}

/** True when the process that holds the lock was killed. */
async function isAbandoned() {
  const holder = readHolder();
  if (holder === undefined) return false; // released meanwhile: try again
  if (holder === 0) {
    // Created, but its pid is not written yet; that takes microseconds unless the holder died in between.
    await sleep(1_000);
    return readHolder() === 0;
  }
  try {
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function readHolder() {
  try {
    return Number(readFileSync(lockFile, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
