// Whoever dies, and however: nothing of a practice run stays behind, the paused game least of all.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readReadyLine, type PracticeHostFacts } from '../../../electron/practice/practice-facts';
import { PracticeHost } from '../../../electron/practice/practice-owner';
import { isRunning, processTree, signalProcess, type ProcessIdentity } from '../../peers/process-tree';
import {
  buildPracticePrograms,
  logIn,
  nextFrames,
  ownProcesses,
  type PracticePrograms,
  startHost,
  StreamView,
} from './practice-peer';

const endsWithinMs = 8_000;

describe('after a practice run', () => {
  let programs: PracticePrograms;
  /** Killed after each test, so that a failing one leaves nothing behind either. */
  const suspects: ProcessIdentity[] = [];

  beforeAll(async () => {
    programs = await buildPracticePrograms();
  });
  afterEach(() => {
    for (const suspect of suspects.splice(0)) signalProcess(suspect, 'SIGKILL');
  });

  function suspect(processes: readonly ProcessIdentity[]): readonly ProcessIdentity[] {
    suspects.push(...processes);
    return processes;
  }

  async function expectAllGone(processes: readonly ProcessIdentity[]): Promise<void> {
    expect(processes.length).toBeGreaterThanOrEqual(4); // host, guard, game, companion
    await vi.waitFor(() => expect(processes.filter(isRunning)).toEqual([]), endsWithinMs);
  }

  function pause({ appPid }: PracticeHostFacts): void {
    for (const { pid } of processTree(appPid)) process.kill(pid, 'SIGSTOP');
  }

  async function hostProcess(facts: PracticeHostFacts): Promise<{ host: ProcessIdentity; guard: ProcessIdentity }> {
    const members = ownProcesses();
    const host = members.find(({ pid }) => processTree(pid).some((member) => member.pid === facts.appPid));
    if (host === undefined) throw new Error('the practice host does not run');
    const games = processTree(facts.appPid).map(({ pid }) => pid);
    const guard = processTree(host.pid).find(({ pid }) => pid !== host.pid && !games.includes(pid));
    if (guard === undefined) throw new Error('the guard does not run');
    return { host, guard };
  }

  describe('that its owner ends', () => {
    it.each(['running', 'paused'])('nothing runs when the game was %s', async (state) => {
      const owner = new PracticeHost();
      const facts = await startHost(owner, programs);
      const processes = suspect(ownProcesses());
      if (state === 'paused') pause(facts);
      await owner.stop();
      expect(processes.length).toBeGreaterThanOrEqual(4);
      expect(processes.filter(isRunning)).toEqual([]);
    });

    it('nothing runs when the host itself was stopped', async () => {
      const owner = new PracticeHost();
      const facts = await startHost(owner, programs);
      const processes = suspect(ownProcesses());
      signalProcess((await hostProcess(facts)).host, 'SIGSTOP');
      await owner.stop();
      await expectAllGone(processes);
    });
  });

  describe('whose host was killed', () => {
    it.each(['running', 'paused'])('the owner tells it and nothing runs when the game was %s', async (state) => {
      const owner = new PracticeHost();
      const lost: string[] = [];
      const facts = await startHost(owner, programs, { onLost: (why) => lost.push(why) });
      const processes = suspect(ownProcesses());
      if (state === 'paused') pause(facts);
      signalProcess((await hostProcess(facts)).host, 'SIGKILL');
      await expectAllGone(processes);
      await vi.waitFor(() => expect(lost).toEqual(['The practice host ended by itself (SIGKILL)']), endsWithinMs);
      expect(owner.facts).toBeNull();
      expect(existsSync(join(facts.keyFile, '..'))).toBe(false);
    });

    it('the owner alone ends the paused game when the guard was killed first', async () => {
      const owner = new PracticeHost();
      const facts = await startHost(owner, programs);
      const processes = suspect(ownProcesses());
      pause(facts);
      const { host, guard } = await hostProcess(facts);
      signalProcess(guard, 'SIGKILL');
      signalProcess(host, 'SIGKILL');
      await expectAllGone(processes);
      await owner.stop();
    });

    it('the guard alone ends the paused game and the commands that came over SSH', async () => {
      const run = await startUnowned(programs);
      try {
        const client = await logIn(run.facts);
        client.exec('sleep 600 & sleep 600', () => undefined);
        await vi.waitFor(() => expect(processTree(run.pid).length).toBeGreaterThanOrEqual(7), endsWithinMs);
        const processes = suspect(processTree(run.pid));
        pause(run.facts);
        process.kill(run.pid, 'SIGKILL');
        await expectAllGone(processes);
        client.destroy();
      } finally {
        await run.forget();
      }
    });
  });

  describe('whose owner was killed', () => {
    // Stands for Athena: it starts the host the way PracticeHost does, and knows nothing of cleaning up.
    const athena = `
      const { spawn } = require('node:child_process');
      const host = spawn(process.execPath, process.argv.slice(1), { stdio: ['pipe', 'inherit', 'inherit'] });
      setInterval(() => {}, 1000);`;

    it.each(['alone', 'together with the host'])('nothing runs when it was killed %s and the game was paused', async (how) => {
      const run = await startUnowned(programs, ['-e', athena, '--']);
      try {
        const processes = suspect(processTree(run.pid));
        const { host } = await hostProcessBelow(run.pid);
        pause(run.facts);
        process.kill(run.pid, 'SIGKILL');
        if (how === 'together with the host') signalProcess(host, 'SIGKILL');
        await expectAllGone(processes);
      } finally {
        await run.forget();
      }
    });

    async function hostProcessBelow(pid: number): Promise<{ host: ProcessIdentity }> {
      const host = processTree(pid)[1];
      if (host === undefined) throw new Error('the practice host does not run');
      return { host };
    }
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'stdin'])('the host ends with 0 and without files at the end by %s', async (how) => {
    const run = await startUnowned(programs);
    try {
      const processes = suspect(processTree(run.pid));
      const ended = once(run.child, 'exit');
      pause(run.facts);
      if (how === 'stdin') run.child.stdin.end();
      else process.kill(run.pid, how);
      expect(await ended).toEqual([0, null]);
      await expectAllGone(processes);
      expect(existsSync(run.facts.keyFile)).toBe(false);
      expect(existsSync(run.facts.pidFile)).toBe(false);
    } finally {
      await run.forget();
    }
  });

  it.each([0, 1])('the host ends with its game, whichever of the two processes was killed (%i)', async (index) => {
    const owner = new PracticeHost();
    const lost: string[] = [];
    const facts = await startHost(owner, programs, { onLost: (why) => lost.push(why) });
    const processes = suspect(ownProcesses());
    const view = new StreamView(facts);
    await nextFrames(view, 3);
    process.kill(facts.appProcesses[index]?.pid ?? 0, 'SIGKILL');
    await expectAllGone(processes);
    expect(view.end()).toBe('host-ended');
    const why = 'The practice host ended by itself (exit code 1): practice host: the game ended by itself';
    await vi.waitFor(() => expect(lost).toEqual([why]), endsWithinMs);
  });

  describe('that does not begin', () => {
    const begin = (leadingArgs: readonly string[], readyWithinMs?: number): ReturnType<PracticeHost['start']> =>
      new PracticeHost().start({ file: process.execPath, leadingArgs, ...(readyWithinMs === undefined ? {} : { readyWithinMs }) });

    it('tells the last words of a host that ends at once', async () => {
      const outcome = await begin([programs.hostFile, '--app', join(tmpdir(), 'no-such-game.cjs')]);
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'io' } });
      if (!outcome.ok) expect(outcome.failure.message).toContain('the practice game ended at once');
      expect(ownProcesses()).toEqual([]);
    });

    it('tells a program that is not there', async () => {
      const outcome = await new PracticeHost().start({ file: join(tmpdir(), 'no-such-node'), leadingArgs: [] });
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'io' } });
      if (!outcome.ok) expect(outcome.failure.message).toContain('ENOENT');
    });

    it('gives up on one that never gets ready', async () => {
      const outcome = await begin(['-e', 'process.stdin.resume(); process.stdin.on("end", () => process.exit())', '--'], 300);
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'timed-out' } });
      expect(ownProcesses()).toEqual([]);
    });

    it('ends with 2 and its usage when it is told nonsense', async () => {
      const outcome = await begin([programs.hostFile, '--nonsense']);
      if (outcome.ok) throw new Error('it started');
      expect(outcome.failure.message).toContain('usage: practice-host --dir DIR');
    });
  });
});

interface UnownedRun {
  readonly pid: number;
  readonly child: ChildProcessWithoutNullStreams;
  readonly facts: PracticeHostFacts;
  forget(): Promise<void>;
}

/** The host without PracticeHost around it, below another program if `leading` says so. */
async function startUnowned({ hostFile, appFile }: PracticePrograms, leading: readonly string[] = []): Promise<UnownedRun> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-unowned-'));
  const child = spawn(process.execPath, [...leading, hostFile, '--app', appFile, '--dir', directory], { stdio: 'pipe' });
  const facts = await new Promise<PracticeHostFacts>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the practice host ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const read = readReadyLine(line);
      if (read !== null) resolve(read);
    });
  });
  return {
    pid: child.pid ?? 0,
    child,
    facts,
    forget: () => rm(directory, { recursive: true, force: true }),
  };
}
