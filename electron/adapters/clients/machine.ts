// What finding a stream client needs from the machine, as a small port of its own, so that a test can be any system.
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';

export interface ProgramOutput {
  /** Null when the program ended by a signal, ours for being too slow among them. */
  readonly exitCode: number | null;
  /** stdout and stderr, one after the other. */
  readonly text: string;
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  /** A regular file this user may execute. */
  isExecutable(file: string): Promise<boolean>;
  /** The text of a file, or null when it can't be read. */
  readText(file: string): Promise<string | null>;
  /** File names in a directory, in no order; none when it can't be read. */
  listDirectory(directory: string): Promise<readonly string[]>;
  /** Runs a program to its end, without a shell and without input. @returns null when it can't be started */
  run(file: string, args: readonly string[]): Promise<ProgramOutput | null>;
}

/** A program that was only asked for its version must not hold up a launch. */
const runLimitMs = 5_000;
const outputLimitBytes = 1024 * 1024;

/** The machine Athena runs on. The environment is read at each use, so that a later change counts. */
export function localMachine(): Machine {
  return {
    platform: process.platform,
    env: process.env,
    homeDirectory: homedir(),
    isExecutable,
    readText: async (file) => {
      try {
        return await readFile(file, 'utf8');
      } catch {
        return null; // absent on most systems, and then there is nothing to learn from it
      }
    },
    listDirectory: async (directory) => {
      try {
        return await readdir(directory);
      } catch {
        return []; // most places that are looked into aren't there
      }
    },
    run: runProgram,
  };
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false; // whatever the reason, it can't be started
  }
}

function runProgram(file: string, args: readonly string[]): Promise<ProgramOutput | null> {
  return new Promise((resolve) => {
    const options = { timeout: runLimitMs, killSignal: 'SIGKILL', maxBuffer: outputLimitBytes, windowsHide: true } as const;
    const child = execFile(file, [...args], options, (error, stdout, stderr) => {
      const text = `${stdout}\n${stderr}`;
      if (!error) resolve({ exitCode: 0, text });
      else if (typeof error.code === 'number') resolve({ exitCode: error.code, text });
      else if (error.signal) resolve({ exitCode: null, text });
      else resolve(null);
    });
    child.stdin?.end();
  });
}
