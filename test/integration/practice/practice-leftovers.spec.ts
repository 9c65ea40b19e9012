// Whoever dies, and however: nothing of a practice run stays behind, the paused game least of all.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readHostLine, type GameStreamHostFacts } from '../../../electron/practice/gamestream/host-facts';
import { PracticeHost, type PracticeHostStart } from '../../../electron/practice/practice-owner';
import { isRunning, processTree, signalProcess, type ProcessIdentity } from '../../peers/process-tree';
import { buildPracticePrograms, launchGame, logIn, ownProcesses, startHost, type PracticePrograms } from './practice-peer';

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

  function pause(appPid: number): void {
    for (const { pid } of processTree(appPid)) process.kill(pid, 'SIGSTOP');
  }

  interface OwnedRun {
    readonly owner: PracticeHost;
    readonly facts: GameStreamHostFacts;
    readonly appPid: number;
    readonly processes: readonly ProcessIdentity[];
    readonly host: ProcessIdentity;
    readonly guard: ProcessIdentity;
  }

  async function startOwned(more: Partial<PracticeHostStart> = {}): Promise<OwnedRun> {
    const owner = new PracticeHost();
    const facts = await startHost(owner, programs, more);
    const appPid = await launchGame(owner, facts);
    await vi.waitFor(() => expect(owner.appProcesses).toHaveLength(2), endsWithinMs);
    const processes = suspect(ownProcesses());
    const host = processes.find(({ pid }) => processTree(pid).some((member) => member.pid === appPid));
    if (host === undefined) throw new Error('the practice host does not run');
    const games = processTree(appPid).map(({ pid }) => pid);
    const guard = processTree(host.pid).find(({ pid }) => pid !== host.pid && !games.includes(pid));
    if (guard === undefined) throw new Error('the guard does not run');
    return { owner, facts, appPid, processes, host, guard };
  }

  describe('that its owner ends', () => {
    it.each(['running', 'paused'])('nothing runs when the game was %s', async (state) => {
      const { owner, appPid, processes } = await startOwned();
      if (state === 'paused') pause(appPid);
      await owner.stop();
      expect(processes.length).toBeGreaterThanOrEqual(4);
      expect(processes.filter(isRunning)).toEqual([]);
    });

    it('nothing runs when the host itself was stopped', async () => {
      const { owner, processes, host } = await startOwned();
      signalProcess(host, 'SIGSTOP');
      await owner.stop();
      await expectAllGone(processes);
    });
  });

  describe('whose host was killed', () => {
    it.each(['running', 'paused'])('the owner tells it and nothing runs when the game was %s', async (state) => {
      const lost: string[] = [];
      const { owner, facts, appPid, processes, host } = await startOwned({ onLost: (why) => lost.push(why) });
      if (state === 'paused') pause(appPid);
      signalProcess(host, 'SIGKILL');
      await expectAllGone(processes);
      await vi.waitFor(() => expect(lost).toEqual(['The practice host ended by itself (SIGKILL)']), endsWithinMs);
      expect(owner.facts).toBeNull();
      expect(existsSync(join(facts.ssh.keyFile, '..'))).toBe(false);
    });

    it('the owner alone ends the paused game when the guard was killed first', async () => {
      const { owner, appPid, processes, host, guard } = await startOwned();
      pause(appPid);
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
        pause(run.appPid);
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
      process.stdin.pipe(host.stdin);
      setInterval(() => {}, 1000);`;

    it.each(['alone', 'together with the host'])('nothing runs when it was killed %s and the game was paused', async (how) => {
      const run = await startUnowned(programs, ['-e', athena, '--']);
      try {
        const processes = suspect(processTree(run.pid));
        const host = processes[1];
        pause(run.appPid);
        process.kill(run.pid, 'SIGKILL');
        if (host && how === 'together with the host') signalProcess(host, 'SIGKILL');
        await expectAllGone(processes);
      } finally {
        await run.forget();
      }
    });
  });

  describe('that does not begin', () => {
    const begin = (leadingArgs: readonly string[], readyWithinMs?: number): ReturnType<PracticeHost['start']> =>
      new PracticeHost().start({ file: process.execPath, leadingArgs, ...(readyWithinMs === undefined ? {} : { readyWithinMs }) });

    it('tells a program that is not there', async () => {
      const outcome = await new PracticeHost().start({ file: join(tmpdir(), 'no-such-node'), leadingArgs: [] });
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'io' } });
      if (!outcome.ok) expect(outcome.failure.message).toContain('ENOENT');
    });

    it('gives up on one that never gets ready', async () => {
      const before = ownProcesses();
      const outcome = await begin(['-e', 'process.stdin.resume(); process.stdin.on("end", () => process.exit())', '--'], 300);
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'timed-out' } });
      expect(ownProcesses()).toEqual(before);
    });

    it('tells the last words of one that ends at once', async () => {
      const outcome = await begin([programs.hostFile, '--nonsense']);
      if (outcome.ok) throw new Error('it started');
      expect(outcome.failure.message).toContain('usage: practice-gamestream-host --dir DIR');
    });
  });
});

interface UnownedRun {
  readonly pid: number;
  readonly appPid: number;
  readonly facts: GameStreamHostFacts;
  forget(): Promise<void>;
}

/** The host without PracticeHost around it, below another program if `leading` says so. */
async function startUnowned({ hostFile, appFile }: PracticePrograms, leading: readonly string[] = []): Promise<UnownedRun> {
  const directory = await mkdtemp(join(tmpdir(), 'athena-unowned-'));
  const args = [...leading, hostFile, '--app', appFile, '--dir', directory, '--json', '--owned', '--port', '0'];
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, args, { stdio: 'pipe' });
  const facts = await new Promise<GameStreamHostFacts>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the practice host ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = readHostLine(text);
      if (line?.kind === 'ready') resolve(line.facts);
    });
  });
  const exited = once(child, 'exit');
  const order = (given: unknown): void => void child.stdin.write(`${JSON.stringify(given)}\n`);
  return {
    pid: child.pid ?? 0,
    appPid: await launchGame({ order }, facts),
    facts,
    forget: async () => {
      child.kill('SIGKILL');
      await exited;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
