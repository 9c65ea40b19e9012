// The practice host's hold on its game: starts it, follows its state, and ends both of its processes.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { firstBlock, readGameLine, type GameState } from './practice-game';
import type { Guard } from './practice-guard';
import { endProcesses, identifyProcess, type ProcessIdentity } from './practice-processes';

export interface PracticeApp {
  readonly pid: number;
  /** The game and its child. */
  readonly processes: readonly ProcessIdentity[];
  /** As the game told it last. */
  readonly state: () => GameState;
  /** Resolves when the game has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** @returns false when one of its processes can't be killed */
  stop(): Promise<boolean>;
}

const graceMs = 500;

/** @throws when the game does not come up: its script is missing, say */
export async function startPracticeApp(file: string, guard: Guard): Promise<PracticeApp> {
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'], windowsHide: true });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let state: GameState = { gameTicks: 0, companionTicks: 0, blockXPx: firstBlock.xPx, blockYPx: firstBlock.yPx };

  const pids = await new Promise<readonly number[]>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`the practice game ended at once (${code ?? signal})`)));
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = readGameLine(text);
      if (line?.kind === 'processes') resolve([line.gamePid, line.companionPid]);
      if (line?.kind === 'tick') state = line.state;
    });
  });
  const processes = pids.map(identifyProcess).filter((identity) => identity !== null);
  for (const identity of processes) guard.keep(identity, 'process');
  return { pid: pids[0] ?? 0, processes, state: () => state, ended, stop: () => stopApp(child, processes) };
}

async function stopApp(child: ChildProcess, processes: readonly ProcessIdentity[]): Promise<boolean> {
  child.stdin?.end();
  return endProcesses(processes, graceMs);
}
