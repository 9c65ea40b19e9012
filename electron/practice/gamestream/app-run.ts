// An app that runs on the practice host: the real practice game, or a desktop, which is nothing but running.
import { rm, writeFile } from 'node:fs/promises';
import { startPracticeApp } from '../practice-app';
import { advanceBlock, firstBlock, tickMs, type GameState } from '../practice-game';
import type { Guard } from '../practice-guard';
import type { ProcessIdentity } from '../practice-processes';
import type { HostApp } from './host-apps';

export interface AppRun {
  /** Null: no process of its own. */
  readonly pid: number | null;
  /** All that it consists of. */
  readonly processes: readonly ProcessIdentity[];
  /** What the stream shows. */
  readonly state: () => GameState;
  /** Resolves when it has ended, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** @throws when the app can't be started: the launch fails with -1 then */
export type StartApp = (app: HostApp) => Promise<AppRun>;

/** Counts by itself, without a process. */
export async function runNothing(): Promise<AppRun> {
  const startedMs = performance.now();
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let block = firstBlock;
  return {
    pid: null,
    processes: [],
    state: () => {
      block = advanceBlock(block);
      const ticks = Math.floor((performance.now() - startedMs) / tickMs);
      return { gameTicks: ticks, companionTicks: ticks, blockXPx: block.xPx, blockYPx: block.yPx };
    },
    ended,
    stop: async () => end(),
  };
}

/** @param pidFile holds the game's pid while it runs, for who pauses it */
export function gameStarter(appFile: string, guard: Guard, pidFile: string): StartApp {
  return async (app) => {
    if (app.runs === 'nothing') return runNothing();
    const game = await startPracticeApp(appFile, guard);
    await writeFile(pidFile, `${game.pid}\n`);
    return {
      pid: game.pid,
      processes: game.processes,
      state: game.state,
      ended: game.ended,
      stop: async () => {
        const gone = await game.stop();
        await rm(pidFile, { force: true });
        if (!gone) throw new Error(`the practice game (process ${game.pid}) survives SIGKILL`);
      },
    };
  };
}
