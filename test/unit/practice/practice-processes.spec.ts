// Ending processes for certain, with real ones: stopped ones, groups, and numbers that another process has now.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  endProcesses,
  identifyProcess,
  isStillRunning,
  killGroup,
  signalProcess,
  type ProcessIdentity,
} from '../../../electron/practice/practice-processes';

const started: ChildProcess[] = [];

async function start(args: readonly string[], detached = false): Promise<ProcessIdentity> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'], detached });
  started.push(child);
  await once(child.stdout, 'data'); // it tells once its handlers are in place
  const identity = identifyProcess(child.pid ?? 0);
  if (identity === null) throw new Error('a process that has just spoken is not there');
  return identity;
}

const sleeper = ['-e', 'console.log("up"); setInterval(() => {}, 1000)'];
const stubborn = ['-e', 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)'];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

describe.skipIf(process.platform === 'win32')('practice processes', () => {
  it('knows a process by its number and start', async () => {
    const identity = await start(sleeper);
    expect(isStillRunning(identity)).toBe(true);
    expect(identifyProcess(identity.pid)).toEqual(identity);
    expect(await endProcesses([identity], 5_000)).toBe(true);
    expect(isStillRunning(identity)).toBe(false);
    expect(identifyProcess(identity.pid)).toBeNull();
  });

  it('leaves a process alone that has the number of another one', async () => {
    const stranger = await start(sleeper);
    const former = { pid: stranger.pid, startMark: `${stranger.startMark}0` };
    signalProcess(former, 'SIGKILL');
    killGroup(former);
    expect(await endProcesses([former], 100)).toBe(true);
    expect(isStillRunning(stranger)).toBe(true);
  });

  it('ends a stopped process, and one that does not want to', async () => {
    const stopped = await start(sleeper);
    const unwilling = await start(stubborn);
    process.kill(stopped.pid, 'SIGSTOP');
    expect(await endProcesses([stopped, unwilling], 200)).toBe(true);
    expect([stopped, unwilling].some(isStillRunning)).toBe(false);
  });

  it('kills a group whose leader has ended', async () => {
    const leader = spawn(
      process.execPath,
      [
        '-e',
        `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
         console.log(child.pid);
         child.unref();`,
      ],
      { stdio: ['ignore', 'pipe', 'ignore'], detached: true },
    );
    const identity = identifyProcess(leader.pid ?? 0);
    const ended = once(leader, 'exit');
    const [printed] = (await once(leader.stdout, 'data')) as [Buffer];
    const member = identifyProcess(Number(printed.toString()));
    await ended;
    if (identity === null || member === null) throw new Error('leader or member is missing');
    expect(isStillRunning(member)).toBe(true);
    killGroup(identity);
    await vi.waitFor(() => expect(isStillRunning(member)).toBe(false), 5_000);
  });
});
